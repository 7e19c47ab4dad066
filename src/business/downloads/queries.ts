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

/** Finds a file by its name, without its content; null when there is none. */
export async function findDownload(
  db: Db,
  fileName: string,
): Promise<{ media_type: string; size_bytes: number; sha256: string } | null> {
  const row = await db
    .selectFrom("download_file")
    .select(["media_type", "size_bytes", "sha256"])
    .where("file_name", "=", fileName)
    .executeTakeFirst();
  return row ?? null;
}

/** Hands out the content that has this hash, counted where `counts`; null when the file has changed meanwhile. */
export async function takeDownload(
  db: Db,
  file: { name: string; sha256: string },
  counts: boolean,
): Promise<Buffer | null> {
  const row = await db
    .updateTable("download_file")
    .set((eb) => ({ download_count: eb("download_count", "+", counts ? 1 : 0) }))
    .where("file_name", "=", file.name)
    .where("sha256", "=", file.sha256)
    .returning("content")
    .executeTakeFirst();
  return row?.content ?? null;
}
