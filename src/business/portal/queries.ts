import type { Db } from "#src/platform/database/client.ts";
import type { HomePageProps } from "./pages.tsx";

const NEWS_SHOWN = 5;
const DOWNLOADS_SHOWN = 6;

/** Lists the newest articles for the home. */
export async function listHomeNews(db: Db): Promise<HomePageProps["news"]> {
  const rows = await db
    .selectFrom("news_article")
    .select(["id", "category", "title", "summary", "published_on"])
    .orderBy("published_on", "desc")
    .orderBy("id", "desc")
    .limit(NEWS_SHOWN)
    .execute();
  return rows.map((row) => ({
    href: `/news/${row.id}`,
    category: row.category,
    title: row.title,
    summary: row.summary,
    publishedOn: row.published_on,
  }));
}

/** Lists the newest files for the home. */
export async function listHomeDownloads(db: Db): Promise<HomePageProps["downloads"]> {
  const rows = await db
    .selectFrom("download_file")
    .select(["title", "file_name", "size_bytes"])
    .orderBy("published_on", "desc")
    .orderBy("id")
    .limit(DOWNLOADS_SHOWN)
    .execute();
  return rows.map((row) => ({
    href: `/downloads/${encodeURIComponent(row.file_name)}`,
    title: row.title,
    fileName: row.file_name,
    sizeBytes: row.size_bytes,
  }));
}
