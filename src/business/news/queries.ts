import type { Selectable } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import type { NewsArticleTable } from "#src/platform/database/tables.ts";

export type NewsArticle = Selectable<NewsArticleTable>;

/** Lists articles, newest first, one page of them. */
export async function listNews(
  db: Db,
  part: { limit: number; offset: number },
): Promise<NewsArticle[]> {
  return await db
    .selectFrom("news_article")
    .selectAll()
    .orderBy("published_on", "desc")
    .orderBy("id", "desc")
    .limit(part.limit)
    .offset(part.offset)
    .execute();
}

/** Counts all articles. */
export async function countNews(db: Db): Promise<number> {
  const row = await db
    .selectFrom("news_article")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .executeTakeFirstOrThrow();
  return Number.parseInt(row.count.toString(), 10);
}

/** Finds one article. */
export async function findNews(db: Db, id: number): Promise<NewsArticle | null> {
  const row = await db
    .selectFrom("news_article")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}
