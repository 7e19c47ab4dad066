import type { Db } from "#src/platform/database/client.ts";
import { readYearContent, type YearContent } from "./content.ts";

/** A locked year, without what it says. Who acted is for the fund centre's own pages. */
export interface LockedYearHead {
  preparedYearId: bigint;
  year: number;
  version: number;
  hash: string;
  preparedBy: string;
  preparedAt: Date;
  lockedBy: string;
  lockedAt: Date;
}

/** A preparation that waits for somebody to lock it. */
export type PreparedYearHead = Omit<LockedYearHead, "version" | "lockedBy" | "lockedAt"> & {
  staffId: number;
};

/** Lists every locked version, the newest year and version first. */
export async function listLockedYears(db: Db): Promise<LockedYearHead[]> {
  const rows = await selectLocked(db)
    .orderBy("locked.year", "desc")
    .orderBy("locked.version", "desc")
    .execute();
  return rows.map(toHead);
}

/** A locked year as it is kept: the text, and what it says. */
export interface LockedYear extends LockedYearHead {
  text: string;
  content: YearContent;
}

/** Finds a locked year; without a version its newest. Null for none. */
export async function findLockedYear(
  db: Db,
  year: number,
  version: number | null,
): Promise<LockedYear | null> {
  let query = selectLocked(db).select("prepared.content").where("locked.year", "=", year);
  if (version !== null) query = query.where("locked.version", "=", version);
  const row = await query.orderBy("locked.version", "desc").limit(1).executeTakeFirst();
  if (row === undefined) return null;
  return { ...toHead(row), text: row.content, content: readYearContent(row.content) };
}

/** Lists the newest preparation of each year that nobody has locked yet, the newest year first. */
export async function listPreparedYears(db: Db): Promise<PreparedYearHead[]> {
  const rows = await db
    .selectFrom("prepared_year as prepared")
    .innerJoin("staff_member as staff", "staff.id", "prepared.prepared_by")
    .leftJoin("locked_year as locked", "locked.prepared_year_id", "prepared.id")
    .where("locked.prepared_year_id", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("prepared_year as later")
            .whereRef("later.year", "=", "prepared.year")
            .whereRef("later.id", ">", "prepared.id")
            .select("later.id"),
        ),
      ),
    )
    .select(["prepared.id", "prepared.year", "prepared.content_hash", "prepared.prepared_at"])
    .select(["staff.id as staff_id", "staff.display_name"])
    .orderBy("prepared.year", "desc")
    .execute();
  return rows.map((row) => ({
    preparedYearId: row.id,
    year: row.year,
    hash: row.content_hash.toString("hex"),
    preparedBy: row.display_name,
    preparedAt: row.prepared_at,
    staffId: row.staff_id,
  }));
}

/** Reads what a preparation says; null for none of that number. */
export async function findPreparedContent(db: Db, id: bigint): Promise<YearContent | null> {
  const row = await db
    .selectFrom("prepared_year")
    .select("content")
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : readYearContent(row.content);
}

function selectLocked(db: Db) {
  return db
    .selectFrom("locked_year as locked")
    .innerJoin("prepared_year as prepared", "prepared.id", "locked.prepared_year_id")
    .innerJoin("staff_member as preparer", "preparer.id", "prepared.prepared_by")
    .innerJoin("staff_member as locker", "locker.id", "locked.locked_by")
    .select(["prepared.id", "locked.year", "locked.version", "prepared.content_hash"])
    .select(["preparer.display_name as prepared_by", "prepared.prepared_at"])
    .select(["locker.display_name as locked_by", "locked.locked_at"]);
}

function toHead(row: {
  id: bigint;
  year: number;
  version: number;
  content_hash: Buffer;
  prepared_by: string;
  prepared_at: Date;
  locked_by: string;
  locked_at: Date;
}): LockedYearHead {
  return {
    preparedYearId: row.id,
    year: row.year,
    version: row.version,
    hash: row.content_hash.toString("hex"),
    preparedBy: row.prepared_by,
    preparedAt: row.prepared_at,
    lockedBy: row.locked_by,
    lockedAt: row.locked_at,
  };
}
