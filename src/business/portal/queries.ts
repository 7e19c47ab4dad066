import { sql } from "kysely";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { HomePageProps } from "./pages.tsx";

const NEWS_SHOWN = 5;

/** Lists the newest articles that may be read now, for the home. */
export async function listHomeNews(db: Db, now: Date): Promise<HomePageProps["news"]> {
  const rows = await db
    .selectFrom("news_article as a")
    .innerJoin("news_version as v", (join) =>
      join.onRef("v.article_id", "=", "a.id").onRef("v.version", "=", "a.published_version"),
    )
    .select(["a.id", "a.visible_from", "v.category", "v.title"])
    .select(sql<string>`news_shown_summary(v.summary, v.words)`.as("summary"))
    .where("a.visible_from", "<=", now)
    .orderBy("a.visible_from", "desc")
    .orderBy("a.id", "desc")
    .limit(NEWS_SHOWN)
    .execute();
  return rows.map((row) => ({
    href: `/news/${row.id}`,
    category: row.category,
    title: row.title,
    summary: row.summary,
    publishedOn: shanghaiDate(row.visible_from ?? now),
  }));
}
