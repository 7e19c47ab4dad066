import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { htmlOfPlain, isHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { wordsOfHtml } from "#src/kernel/rich-text/words-of-html.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { type Article, PICTURE_PLACE } from "./article.ts";
import { listDownloadFiles } from "./download-files.ts";
import { listArticles, UNPUBLISHED } from "./news.ts";
import { type NewsFigures, readNewsFigures } from "./news-figures.ts";
import { printUses, USES_TITLE } from "./print-uses.ts";

const AUTHOR = "staff:editor-demo";
const PUBLISHER = "staff:editor2-demo";

const PICTURE = {
  alt: "示意图：一个项目的费用，乘本户建筑面积，除以相关房屋的建筑面积合计，就是本户分摊；先用利息，不够再用本金",
  width: 960,
  height: 512,
};
const PICTURE_FILE = "费用怎样分摊.png";
const ENCLOSED_FILE = `${USES_TITLE.replaceAll(" ", "")}.pdf`;

/**
 * Fills news and downloads where they are empty: what editors wrote or removed is not touched. The news tell of the
 * city's money what its ledger and book say, so both have to be there.
 */
export async function seedPortalContent(owner: Db): Promise<void> {
  const article = await owner.selectFrom("news_article").select("id").limit(1).executeTakeFirst();
  if (article !== undefined) return;
  const figures = await readNewsFigures(owner);
  const table = await printUses(figures.uses);
  await owner.transaction().execute((tx) => fillPortal(tx, figures, table));
}

async function fillPortal(tx: Tx, figures: NewsFigures, table: Buffer): Promise<void> {
  const picture = readFileSync(new URL("./files/news-picture.png", import.meta.url));
  const pictureId = await keepFile(tx, "picture", picture, PICTURE_FILE);
  const fileId = await keepFile(tx, "file", table, ENCLOSED_FILE);
  for (const one of [...listArticles(figures)].reverse()) {
    const html = bodyOf(one, pictureId);
    const files = html.includes(pictureId) ? { picture: pictureId, file: fileId } : {};
    await publish(tx, await write(tx, one, html, files), one);
  }
  for (const one of UNPUBLISHED) {
    const id = await write(tx, one, bodyOf(one, pictureId), {});
    if (one.state === "submitted") await submit(tx, id, one);
  }
  await seedDownloads(tx);
}

async function seedDownloads(tx: Tx): Promise<void> {
  await tx
    .insertInto("download_file")
    .values(
      listDownloadFiles().map((file) => ({
        title: file.title,
        category: file.category,
        file_name: file.fileName,
        media_type: file.mediaType,
        content: file.content,
        published_on: file.publishedOn,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Paragraphs by the convention, a table among them as it is, and the picture in its place. */
function bodyOf({ body }: Article, pictureId: string): string {
  const { alt, width, height } = PICTURE;
  const picture = `<img src="/news/files/${pictureId}" alt="${alt}" width="${width}" height="${height}" />`;
  return body
    .split("\n\n")
    .map((block) =>
      block === PICTURE_PLACE ? picture : isHtml(block) ? block : htmlOfPlain(block),
    )
    .join("");
}

async function keepFile(
  tx: Tx,
  kind: "picture" | "file",
  content: Buffer,
  name: string,
): Promise<string> {
  const id = randomUUID();
  const isPicture = kind === "picture";
  await tx
    .insertInto("news_file")
    .values({
      id,
      kind,
      name,
      alt: isPicture ? PICTURE.alt : "",
      media_type: isPicture ? "image/png" : "application/pdf",
      width: isPicture ? PICTURE.width : null,
      height: isPicture ? PICTURE.height : null,
      content,
      uploaded_by: AUTHOR,
      uploaded_at: new Date("2026-11-20T00:00:00+08:00"),
    })
    .execute();
  return id;
}

const timeOf = ({ publishedOn }: Article, time: string) =>
  new Date(`${publishedOn}T${time}:00+08:00`);

/** Writes an article as its author did in the morning of its day. */
async function write(
  tx: Tx,
  article: Article,
  html: string,
  files: { picture?: string; file?: string },
): Promise<number> {
  const { category, title, summary, source } = article;
  const saved_at = timeOf(article, "08:30");
  const { id } = await tx
    .insertInto("news_article")
    .values({ state: "draft", latest_version: 1, changed_by: AUTHOR, changed_at: saved_at })
    .returning("id")
    .executeTakeFirstOrThrow();
  const words = wordsOfHtml(html);
  const text = { category, title, summary, source, body: html, words };
  const key = { article_id: id, version: 1 };
  await tx
    .insertInto("news_version")
    .values({ ...key, ...text, author: AUTHOR, saved_at })
    .execute();
  for (const kind of ["picture", "file"] as const) {
    const file_id = files[kind];
    if (file_id === undefined) continue;
    await tx
      .insertInto("news_version_file")
      .values({ ...key, file_id, kind, place: 0 })
      .execute();
  }
  return id;
}

async function submit(tx: Tx, id: number, article: Article): Promise<void> {
  await tx
    .updateTable("news_article")
    .set({ state: "submitted", changed_by: AUTHOR, changed_at: timeOf(article, "08:40") })
    .where("id", "=", id)
    .execute();
}

/** A second person publishes at nine. */
async function publish(tx: Tx, id: number, article: Article): Promise<void> {
  await submit(tx, id, article);
  const at = timeOf(article, "09:00");
  const step = { changed_by: PUBLISHER, changed_at: at, visible_from: at };
  await tx
    .updateTable("news_article")
    .set({ state: "published", published_version: 1, ...step })
    .where("id", "=", id)
    .execute();
}
