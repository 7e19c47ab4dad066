import type { Db } from "#src/platform/database/client.ts";
import { listDownloadFiles } from "./download-files.ts";
import { ARTICLES } from "./news.ts";

/** Fills news and downloads where they are empty: what editors wrote or removed is not touched. */
export async function seedPortalContent(owner: Db): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    const article = await tx.selectFrom("news_article").select("id").limit(1).executeTakeFirst();
    if (article !== undefined) return;
    const articles = [...ARTICLES].reverse().map(({ publishedOn, ...rest }) => ({
      ...rest,
      published_on: publishedOn,
    }));
    await tx.insertInto("news_article").values(articles).execute();
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
  });
}
