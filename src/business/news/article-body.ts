import { setImmediate } from "node:timers/promises";
import { htmlOfPlain, isHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { wordsOfHtml } from "#src/kernel/rich-text/words-of-html.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  cleanRichText,
  type KnownPicture,
  pictureIdsIn,
} from "#src/platform/rich-text/clean-rich-text.ts";
import { hasLostLinks, hasLostPictures, hasLostWords } from "#src/platform/rich-text/lost-words.ts";

/** Where the public gets pictures and files of news, and where editors do before anything is published. */
export const FILE_PATH = "/news/files/";
export const DESK_FILE_PATH = "/review/news/files/";

/** What of what was typed is not in it: words that a reader would have seen, or else pictures, or else links. */
export type Lost = "words" | "pictures" | "links" | null;

/** An article's text as it is kept. */
export interface ArticleBody {
  html: string;
  words: string;
  pictureIds: readonly string[];
  lost: Lost;
}

/** Makes of what was typed, by the convention or as HTML, the clean text that is kept. */
export async function makeBody(db: Db, typed: string): Promise<ArticleBody> {
  const raw = isHtml(typed) ? typed : htmlOfPlain(typed);
  const html = await cleanBody(db, raw);
  // The longest text takes a second; whoever waits comes between.
  await setImmediate();
  return {
    html,
    words: wordsOfHtml(html),
    pictureIds: pictureIdsIn(html, [FILE_PATH]),
    lost: lostOf(raw, html),
  };
}

function lostOf(raw: string, html: string): Lost {
  if (hasLostWords(raw, html)) return "words";
  if (hasLostPictures(raw, html)) return "pictures";
  return hasLostLinks(raw) ? "links" : null;
}

/**
 * Cleans a text whatever it is: when it is kept, and again before it is shown, so that what stands in the
 * database is never trusted.
 */
export async function cleanBody(db: Db, html: string): Promise<string> {
  const pictures = await findPictures(db, pictureIdsIn(html, [DESK_FILE_PATH, FILE_PATH]));
  return cleanRichText(html, {
    picturePath: FILE_PATH,
    deskPicturePath: DESK_FILE_PATH,
    pictures,
  });
}

async function findPictures(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownPicture>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("news_file")
    .select(["id", "alt", "width", "height"])
    .where("kind", "=", "picture")
    .where("id", "in", ids.slice(0, 200))
    .execute();
  return new Map(
    rows.map(({ id, alt, width, height }) => [
      id,
      { id, alt, width: width ?? 0, height: height ?? 0 },
    ]),
  );
}

/** The same text, in either way of writing, with the pictures where an editor gets them, published or not. */
export function atDesk(body: string): string {
  return body
    .replaceAll(`<img src="${FILE_PATH}`, `<img src="${DESK_FILE_PATH}`)
    .replaceAll(`](${FILE_PATH}`, `](${DESK_FILE_PATH}`);
}

/** The same text with a frame around each table, which scrolls by itself on a small screen. */
export function withTableFrames(html: string): string {
  let count = 0;
  return html
    .replace(/<table>/g, () => {
      count += 1;
      return `<div class="table-frame" role="region" aria-label="表格 ${count}" tabindex="0"><table>`;
    })
    .replace(/<\/table>/g, "</table></div>");
}

/** The same text with pictures that wait for their reader: they say their size, so that nothing moves when they come. */
export function withLatePictures(html: string): string {
  return html.replaceAll("<img ", '<img loading="lazy" decoding="async" ');
}
