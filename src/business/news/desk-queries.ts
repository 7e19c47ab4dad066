import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import { likePattern } from "#src/platform/database/like-pattern.ts";
import { findStaffNames } from "#src/platform/staff/staff-members.ts";
import type { ArticleState, Category, ShownState } from "./article-states.ts";

/** An article as the desk lists it: its latest version, whatever is published. */
export interface DeskLine {
  id: number;
  state: ArticleState;
  latest_version: number;
  published_version: number | null;
  visible_from: Date | null;
  shown_since: Date | null;
  changed_at: Date;
  reason: string;
  title: string;
  category: Category;
  author: string;
}

export interface DeskFilter {
  state: ShownState | null;
  words: readonly string[];
}

const COLUMNS = [
  "a.id",
  "a.state",
  "a.latest_version",
  "a.published_version",
  "a.visible_from",
  "a.shown_since",
  "a.changed_at",
  "a.reason",
  "v.title",
  "v.category",
  "v.author",
] as const;

function latest(db: Db) {
  return db
    .selectFrom("news_article as a")
    .innerJoin("news_version as v", (join) =>
      join.onRef("v.article_id", "=", "a.id").onRef("v.version", "=", "a.latest_version"),
    );
}

/** Which articles a filter shows at a moment. An article that is out and has a draft too stands under both. */
function isOfState(state: ShownState, now: Date) {
  switch (state) {
    case "published":
      return sql<boolean>`coalesce(a.visible_from <= ${now}, false)`;
    case "scheduled":
      return sql<boolean>`coalesce(a.visible_from > ${now}, false)`;
    default:
      return sql<boolean>`a.state = ${state}`;
  }
}

function filtered(db: Db, now: Date, { state, words }: DeskFilter) {
  let query = latest(db);
  if (state !== null) query = query.where(isOfState(state, now));
  for (const word of words) query = query.where("v.title", "ilike", likePattern(word));
  return query;
}

/** Lists articles for the desk, what changed last first. */
export async function listDesk(
  db: Db,
  now: Date,
  filter: DeskFilter,
  part: { limit: number; offset: number },
): Promise<DeskLine[]> {
  return await filtered(db, now, filter)
    .select(COLUMNS)
    .orderBy("a.changed_at", "desc")
    .orderBy("a.id", "desc")
    .limit(part.limit)
    .offset(part.offset)
    .execute();
}

/** How many articles there are, and how many each filter shows. */
export type DeskCounts = Readonly<Record<ShownState | "all", number>>;

/** Counts the articles of each filter. */
export async function countDesk(db: Db, now: Date, words: readonly string[]): Promise<DeskCounts> {
  const countOf = (state: ShownState) =>
    sql<number>`count(*) filter (where ${isOfState(state, now)})::integer`.as(state);
  return await filtered(db, now, { state: null, words })
    .select([
      sql<number>`count(*)::integer`.as("all"),
      countOf("draft"),
      countOf("submitted"),
      countOf("scheduled"),
      countOf("published"),
      countOf("withdrawn"),
    ])
    .executeTakeFirstOrThrow();
}

/** A version of an article, as it was saved. */
export interface ArticleVersion {
  version: number;
  title: string;
  category: Category;
  /** As it was typed: "" where nobody did. */
  summary: string;
  source: string;
  body: string;
  author: string;
  saved_at: Date;
}

const TYPED_SUMMARY = sql<string>`news_typed_summary(v.summary, v.words)`.as("summary");

/** An article with its latest version. */
export interface DeskArticle extends DeskLine, ArticleVersion {
  /** What lists show for a summary. */
  shown_summary: string;
}

/** Finds an article with its latest version, for the desk. */
export async function findDeskArticle(db: Db, id: number): Promise<DeskArticle | null> {
  const row = await latest(db)
    .select([...COLUMNS, "v.version", TYPED_SUMMARY, "v.source", "v.body", "v.saved_at"])
    .select(sql<string>`news_shown_summary(v.summary, v.words)`.as("shown_summary"))
    .where("a.id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Finds one version of an article. */
export async function findVersion(
  db: Db,
  id: number,
  version: number,
): Promise<ArticleVersion | null> {
  const row = await db
    .selectFrom("news_version as v")
    .select(["version", "title", "category", "source", "body", "author", "saved_at"])
    .select(TYPED_SUMMARY)
    .where("article_id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return row ?? null;
}

/** One step of an article's story. */
export interface ArticleEvent {
  state: string;
  version: number;
  actor: string;
  at: Date;
  reason: string;
  /** From when on a version was to be read, after the step; null for not at all, or where it was not kept. */
  visible_from: Date | null;
}

const EVENTS_MAX = 200;

/** Lists what happened to an article, the latest first. */
export async function listArticleEvents(db: Db, id: number): Promise<ArticleEvent[]> {
  return await db
    .selectFrom("news_event")
    .select(["state", "version", "actor", "at", "reason", "visible_from"])
    .where("article_id", "=", id)
    .orderBy("n", "desc")
    .limit(EVENTS_MAX)
    .execute();
}

/** Names those who act on articles, as a page shows them. */
export async function namesOf(
  db: Db,
  actors: readonly string[],
): Promise<(actor: string) => string> {
  const names = await findStaffNames(db, actors);
  return (actor) => names.get(actor) ?? "系统导入";
}
