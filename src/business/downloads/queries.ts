import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";

/** A file for download, without its content. */
export interface DownloadLine {
  title: string;
  category: string;
  file_name: string;
  size_bytes: number;
  sha256: string;
  download_count: number;
  published_on: CalendarDate;
  updated_on: CalendarDate | null;
}

/** Lists the files, by category and then newest first. */
export async function listDownloads(db: Db, limit: number): Promise<DownloadLine[]> {
  return await db
    .selectFrom("download_file")
    .select([
      "title",
      "category",
      "file_name",
      "size_bytes",
      "sha256",
      "download_count",
      "published_on",
      "updated_on",
    ])
    .orderBy("category")
    .orderBy("published_on", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Hands out a file's content and counts it where `counts`; null when there is no such file. */
export async function takeDownload(
  db: Db,
  fileName: string,
  counts: boolean,
): Promise<{ content: Buffer; media_type: string } | null> {
  const row = await db
    .updateTable("download_file")
    .set((eb) => ({ download_count: eb("download_count", "+", counts ? 1 : 0) }))
    .where("file_name", "=", fileName)
    .returning(["content", "media_type"])
    .executeTakeFirst();
  return row ?? null;
}
