import type { Clock } from "#src/kernel/clock.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { type Lost, makeBody } from "./article-body.ts";
import { isScheduled } from "./article-states.ts";
import type { TypedArticle } from "./schema.ts";

/** A form that is ready to be kept. */
export interface ArticleToSave {
  typed: TypedArticle;
  /** Files to save with the article, in their order. */
  fileIds: readonly string[];
  /** `staff:username` */
  author: string;
  /** Asked when it is kept: a form with files may take minutes to arrive. */
  clock: Clock;
}

/**
 * What came of saving. `lost`: what cleaning left out of what was typed. `stale`: somebody saved that version after the form was opened.
 */
export type SaveOutcome =
  | { kind: "saved"; id: number; version: number; lost: Lost }
  | { kind: "empty" }
  | { kind: "stale"; version: number; author: string }
  | { kind: "missing" };

/** Keeps a new article as a draft, with its audit row. */
export async function createArticle(
  db: Db,
  article: ArticleToSave,
  audit: AuditContext,
): Promise<SaveOutcome> {
  return await db.transaction().execute(async (tx) => {
    const body = await makeBody(tx, article.typed.body);
    if (isEmpty(body)) return { kind: "empty" };
    const now = article.clock();
    const { id } = await tx
      .insertInto("news_article")
      .values({
        state: "draft",
        latest_version: 1,
        changed_by: article.author,
        changed_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await keepVersion(tx, { id, version: 1, now }, article, body);
    await recordAudit(tx, audit, `news/${id}`, "1");
    return { kind: "saved", id, version: 1, lost: body.lost };
  });
}

/**
 * Keeps what was typed as the next version of an article, which is a draft by it. What the public reads stays as it
 * was until a second person publishes; what was to be read from a later time on is published by the clock no more.
 * Refuses where another version was saved since `basedOn`.
 */
export async function saveArticle(
  db: Db,
  at: { id: number; basedOn: number },
  article: ArticleToSave,
  audit: AuditContext,
): Promise<SaveOutcome> {
  return await db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom("news_article")
      .select(["latest_version", "visible_from"])
      .where("id", "=", at.id)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) return { kind: "missing" };
    if (found.latest_version !== at.basedOn) return await stale(tx, at.id, found.latest_version);
    const body = await makeBody(tx, article.typed.body);
    if (isEmpty(body)) return { kind: "empty" };
    const version = found.latest_version + 1;
    const now = article.clock();
    await keepVersion(tx, { id: at.id, version, now }, article, body);
    await tx
      .updateTable("news_article")
      .set({
        state: "draft",
        latest_version: version,
        changed_by: article.author,
        changed_at: now,
        reason: "",
        ...(isScheduled(found, now) && { published_version: null, visible_from: null }),
      })
      .where("id", "=", at.id)
      .execute();
    await recordAudit(tx, audit, `news/${at.id}`, String(version));
    return { kind: "saved", id: at.id, version, lost: body.lost };
  });
}

type Body = Awaited<ReturnType<typeof makeBody>>;

/** Nothing was left of what was typed. */
function isEmpty({ words, pictureIds }: Body): boolean {
  return words === "" && pictureIds.length === 0;
}

async function stale(tx: Tx, id: number, version: number): Promise<SaveOutcome> {
  const { author } = await tx
    .selectFrom("news_version")
    .select("author")
    .where("article_id", "=", id)
    .where("version", "=", version)
    .executeTakeFirstOrThrow();
  return { kind: "stale", version, author };
}

async function keepVersion(
  tx: Tx,
  { id, version, now }: { id: number; version: number; now: Date },
  { typed, fileIds, author }: ArticleToSave,
  body: Body,
): Promise<void> {
  const { headline: title, category, source, summary } = typed;
  await tx
    .insertInto("news_version")
    .values({
      article_id: id,
      version,
      category,
      title,
      summary,
      source,
      body: body.html,
      words: body.words,
      author,
      saved_at: now,
    })
    .execute();
  const files = [
    ...body.pictureIds.map((file_id, place) => ({ file_id, place, kind: "picture" as const })),
    ...fileIds.map((file_id, place) => ({ file_id, place, kind: "file" as const })),
  ].map((file) => ({ article_id: id, version, ...file }));
  if (files.length > 0) await tx.insertInto("news_version_file").values(files).execute();
}
