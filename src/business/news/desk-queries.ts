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

/** An article's state at a moment, as SQL: see `shownState`. */
const stateAt = (now: Date) =>
  sql<ShownState>`case when a.state = 'published' and a.visible_from > ${now} then 'scheduled' else a.state end`;

function filtered(db: Db, now: Date, { state, words }: DeskFilter) {
  let query = latest(db);
  if (state !== null) query = query.where(stateAt(now), "=", state);
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

/** Counts the articles of each state. */
export async function countDesk(
  db: Db,
  now: Date,
  words: readonly string[],
): Promise<ReadonlyMap<ShownState, number>> {
  const rows = await filtered(db, now, { state: null, words })
    .select([stateAt(now).as("state"), sql<string>`count(*)::text`.as("count")])
    .groupBy(sql`1`)
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number.parseInt(count, 10)]));
}

/** A version of an article, as it was saved. */
export interface ArticleVersion {
  version: number;
  title: string;
  category: Category;
  summary: string;
  source: string;
  body: string;
  author: string;
  saved_at: Date;
}

/** Finds an article with its latest version, for the desk. */
export async function findDeskArticle(
  db: Db,
  id: number,
): Promise<(DeskLine & ArticleVersion) | null> {
  const row = await latest(db)
    .select([...COLUMNS, "v.version", "v.summary", "v.source", "v.body", "v.saved_at"])
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
    .selectFrom("news_version")
    .select(["version", "title", "category", "summary", "source", "body", "author", "saved_at"])
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
}

const EVENTS_MAX = 200;

/** Lists what happened to an article, the latest first. */
export async function listArticleEvents(db: Db, id: number): Promise<ArticleEvent[]> {
  return await db
    .selectFrom("news_event")
    .select(["state", "version", "actor", "at", "reason"])
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
