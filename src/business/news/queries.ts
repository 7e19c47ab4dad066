import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { likePattern } from "#src/platform/database/like-pattern.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import type { Category } from "./article-states.ts";

/** What a list of news is of; all where nothing is said. */
export interface NewsFilter {
  category: Category | null;
  /** All of them stand in the title or in the text. */
  words: readonly string[];
}

/** A published article as lists show it. */
export interface PublishedLine {
  id: number;
  version: number;
  category: Category;
  title: string;
  summary: string;
  /** "" where nobody looked for words: a list of long articles is not read whole. */
  words: string;
  /** When the article was published first, by which lists are ordered. */
  visible_from: Date;
  /** When the version that is shown was published: later where it corrects another. */
  shown_since: Date;
}

/** What the public may read at a moment: the version that was published, once its time has come. */
function visible(db: Db, now: Date) {
  return db
    .selectFrom("news_article as a")
    .innerJoin("news_version as v", (join) =>
      join.onRef("v.article_id", "=", "a.id").onRef("v.version", "=", "a.published_version"),
    )
    .where("a.visible_from", "<=", now);
}

/** When what may be read was published, first and as it is shown. */
const TIMES = [
  sql<Date>`a.visible_from`.as("visible_from"),
  sql<Date>`a.shown_since`.as("shown_since"),
] as const;

/** The typed summary, or the first words where nobody typed one. */
const SUMMARY = sql<string>`news_shown_summary(v.summary, v.words)`.as("summary");

function filtered(db: Db, now: Date, { category, words }: NewsFilter) {
  let query = visible(db, now);
  if (category !== null) query = query.where("v.category", "=", category);
  for (const word of words) {
    const pattern = likePattern(word);
    query = query.where((eb) =>
      eb.or([eb("v.title", "ilike", pattern), eb("v.words", "ilike", pattern)]),
    );
  }
  return query;
}

/** Lists articles one page at a time: those with all the words in their title first, then the newest. */
export async function listNews(
  db: Db,
  now: Date,
  filter: NewsFilter,
  part: { limit: number; offset: number },
): Promise<PublishedLine[]> {
  let query = filtered(db, now, filter).select([
    "a.id",
    "v.version",
    "v.category",
    "v.title",
    SUMMARY,
    filter.words.length > 0 ? "v.words" : sql<string>`''`.as("words"),
    ...TIMES,
  ]);
  if (filter.words.length > 0) {
    const patterns = filter.words.map(likePattern);
    const isInTitle = sql`${sql.join(
      patterns.map((pattern) => sql`v.title ilike ${pattern}`),
      sql` and `,
    )}`;
    query = query.orderBy(sql`case when ${isInTitle} then 0 else 1 end`);
  }
  return await query
    .orderBy("a.visible_from", "desc")
    .orderBy("a.id", "desc")
    .limit(part.limit)
    .offset(part.offset)
    .execute();
}

/** Counts the articles that a list is of. */
export async function countNews(db: Db, now: Date, filter: NewsFilter): Promise<number> {
  const row = await filtered(db, now, filter)
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .executeTakeFirstOrThrow();
  return Number.parseInt(row.count.toString(), 10);
}

export interface PublishedArticle extends PublishedLine {
  source: string;
  body: string;
}

/** Finds one article that may be read. */
export async function findNews(db: Db, now: Date, id: number): Promise<PublishedArticle | null> {
  const row = await visible(db, now)
    .select([
      "a.id",
      "v.version",
      "v.category",
      "v.title",
      SUMMARY,
      "v.words",
      "v.source",
      "v.body",
      ...TIMES,
    ])
    .where("a.id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Finds a file that an article shows which may be read now. */
export async function findPublicFile(db: Db, now: Date, id: string) {
  const row = await visible(db, now)
    .innerJoin("news_version_file as f", (join) =>
      join.onRef("f.article_id", "=", "v.article_id").onRef("f.version", "=", "v.version"),
    )
    .innerJoin("news_file as n", "n.id", "f.file_id")
    .select(["n.kind", "n.name", "n.media_type", "n.content"])
    .where("f.file_id", "=", id)
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Tells whether an article that may not be read now could be read once: then it was taken down, and its address may
 * say so. Of drafts and of what was taken down before its time nobody hears.
 */
export async function wasPublic(db: Db, id: number): Promise<boolean> {
  const row = await db
    .selectFrom("news_article")
    .select("was_public")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.was_public ?? false;
}

const TEXTS_MAX = 5_000;
/** A search looks no further into a text. */
const TEXT_LENGTH_MAX = 20_000;

/** Lists what may be read at a moment as plain text, the newest first: for a search over the whole site. */
export async function listNewsTexts(
  db: Db,
  now: Date,
): Promise<(SiteText & { date: CalendarDate })[]> {
  const lines = await visible(db, now)
    .select(["a.id", "v.title", sql<Date>`a.visible_from`.as("visible_from")])
    .select(sql<string>`left(v.words, ${TEXT_LENGTH_MAX})`.as("words"))
    .orderBy("a.visible_from", "desc")
    .orderBy("a.id", "desc")
    .limit(TEXTS_MAX)
    .execute();
  return lines.map(({ id, title, words, visible_from }) => ({
    href: `/news/${id}`,
    kind: "新闻",
    title,
    text: words,
    date: shanghaiDate(visible_from),
  }));
}

/** Lists the addresses of all articles that may be read at a moment, with the day of the text shown, for search engines. */
export async function listNewsAddresses(
  db: Db,
  now: Date,
): Promise<{ href: string; date: CalendarDate }[]> {
  const rows = await visible(db, now)
    .select(["a.id", ...TIMES])
    .orderBy("a.visible_from", "desc")
    .orderBy("a.id", "desc")
    .limit(TEXTS_MAX)
    .execute();
  return rows.map(({ id, shown_since }) => ({
    href: `/news/${id}`,
    date: shanghaiDate(shown_since),
  }));
}
