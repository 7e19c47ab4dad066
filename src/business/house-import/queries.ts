import { sql } from "kysely";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { HouseImportTable } from "#src/platform/database/tables/workbench.ts";
import type { ImportReport } from "#src/register/import/import-report.ts";
import type { BadRow } from "#src/register/import/row.ts";

export type ImportState = "waiting" | "running" | "done" | "failed";

/** An import as its pages show it. */
export interface HouseImport {
  id: string;
  institutionId: number;
  fileName: string;
  state: ImportState;
  createdAt: Date;
  finishedAt: Date | null;
  /** How much of the file was read, in thousandths. */
  readThousandths: number;
  rowCount: number;
  badRowCount: number;
  housesAdded: number;
  housesUnchanged: number;
  warnings: readonly string[];
  /** Why the file could not be read, or not to its end. */
  stopped: string | null;
}

const COLUMNS = [
  "id",
  "institution_id as institutionId",
  "file_name as fileName",
  "state",
  "created_at as createdAt",
  "finished_at as finishedAt",
  "read_thousandths as readThousandths",
  "row_count as rowCount",
  "bad_row_count as badRowCount",
  "houses_added as housesAdded",
  "houses_unchanged as housesUnchanged",
  "warnings",
  "stopped",
] as const;

const IMPORTS_SHOWN = 20;

/** Lists the newest imports of an institution. */
export async function listImports(db: Db, institutionId: number): Promise<HouseImport[]> {
  return await db
    .selectFrom("house_import")
    .select(COLUMNS)
    .where("institution_id", "=", institutionId)
    .orderBy("created_at", "desc")
    .limit(IMPORTS_SHOWN)
    .execute();
}

/** Finds an import of an institution; another's is as unknown as one that never was. */
export async function findImport(
  db: Db,
  query: { id: string; institutionId: number },
): Promise<HouseImport | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(query.id)) return null;
  const row = await db
    .selectFrom("house_import")
    .select(COLUMNS)
    .where("id", "=", query.id)
    .where("institution_id", "=", query.institutionId)
    .executeTakeFirst();
  return row ?? null;
}

/** Records a file that waits to be imported. */
export async function addImport(
  tx: Tx,
  one: Pick<
    HouseImportTable,
    "id" | "institution_id" | "created_by" | "file_name" | "size_bytes" | "file_key" | "created_at"
  >,
): Promise<void> {
  await tx.insertInto("house_import").values(one).execute();
}

/** Counts the files of an institution that are not done yet. */
export async function countOpenImports(db: Db, institutionId: number): Promise<number> {
  const { count } = await db
    .selectFrom("house_import")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("institution_id", "=", institutionId)
    .where("state", "in", ["waiting", "running"])
    .executeTakeFirstOrThrow();
  return Number.parseInt(`${count}`, 10);
}

/** A file that a worker has taken up. */
export interface TakenImport {
  id: string;
  institutionId: number;
  fileKey: string;
  attempts: number;
}

/**
 * Takes up the oldest file that waits, or that a process which is gone left behind; null when there is none. Two
 * workers never take the same one.
 */
export async function takeImport(
  db: Db,
  at: { now: Date; heartbeatBefore: Date },
): Promise<TakenImport | null> {
  const { rows } = await sql<TakenImport>`
    update house_import set state = 'running', attempts = attempts + 1, heartbeat_at = ${at.now},
        read_thousandths = 0, row_count = 0, bad_row_count = 0, houses_added = 0, houses_unchanged = 0
      where id = (select id from house_import
        where state = 'waiting' or state = 'running' and heartbeat_at < ${at.heartbeatBefore}
        order by created_at limit 1 for update skip locked)
      returning id, institution_id as "institutionId", file_key as "fileKey", attempts`.execute(db);
  const [taken] = rows;
  if (taken === undefined) return null;
  // What an earlier try found is found again.
  await db.deleteFrom("house_import_problem").where("import_id", "=", taken.id).execute();
  return taken;
}

/** Writes down how far an import is, and that its worker lives. */
export async function noteProgress(
  db: Db,
  id: string,
  progress: { now: Date; part: number; rows: number; badRows: number },
): Promise<void> {
  await db
    .updateTable("house_import")
    .set({
      heartbeat_at: progress.now,
      read_thousandths: Math.min(1_000, Math.round(progress.part * 1_000)),
      row_count: progress.rows,
      bad_row_count: progress.badRows,
    })
    .where("id", "=", id)
    .where("state", "=", "running")
    .execute();
}

/** Ends an import with what it did; its file is wanted no more. */
export async function endImport(
  db: Db,
  id: string,
  end: { now: Date; report: Omit<ImportReport, "firstBadRows"> },
): Promise<void> {
  const { now, report } = end;
  await db
    .updateTable("house_import")
    .set({
      state: report.stopped === null ? "done" : "failed",
      finished_at: now,
      file_key: null,
      read_thousandths: report.stopped === null ? 1_000 : 0,
      row_count: report.rows,
      bad_row_count: report.badRows,
      houses_added: report.housesAdded,
      houses_unchanged: report.housesUnchanged,
      warnings: [...report.warnings],
      stopped: report.stopped,
    })
    .where("id", "=", id)
    .execute();
}

/** Ends an import that could not be done, with a sentence for whoever handed it in. */
export async function failImport(
  db: Db,
  id: string,
  end: { now: Date; stopped: string },
): Promise<void> {
  await db
    .updateTable("house_import")
    .set({ state: "failed", finished_at: end.now, file_key: null, stopped: end.stopped })
    .where("id", "=", id)
    .execute();
}

/** Gives an import back, to be started again: its process is being stopped. */
export async function giveImportBack(db: Db, id: string): Promise<void> {
  await db
    .updateTable("house_import")
    .set({ state: "waiting", heartbeat_at: null })
    .where("id", "=", id)
    .where("state", "=", "running")
    .execute();
}

/** Adds rows that did not go in, each problem a line. */
export async function addProblems(
  db: Db,
  importId: string,
  first: number,
  bad: readonly BadRow[],
): Promise<number> {
  const rows = bad.flatMap(({ line, problems }) =>
    problems.map(({ column, reason }) => ({ line, column_name: column, reason })),
  );
  if (rows.length === 0) return 0;
  const values = rows.map((row, at) => ({ import_id: importId, n: first + at, ...row }));
  await sql`
    insert into house_import_problem (import_id, n, line, column_name, reason)
      select import_id, n, line, column_name, reason
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
          as r(import_id uuid, n integer, line integer, column_name text, reason text)`.execute(db);
  return rows.length;
}

/** What is wrong with a row, in the file's order. */
export interface ImportProblem {
  n: number;
  line: number;
  column: string;
  reason: string;
}

export const PROBLEMS_ON_PAGE = 50;

/** Lists what was wrong with rows of an import, one page of it, and how much there is. */
export async function listProblems(
  db: Db,
  importId: string,
  page: number,
): Promise<{ rows: ImportProblem[]; totalCount: number }> {
  const { count } = await db
    .selectFrom("house_import_problem")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("import_id", "=", importId)
    .executeTakeFirstOrThrow();
  const rows = await readProblems(db, importId, (page - 1) * PROBLEMS_ON_PAGE, PROBLEMS_ON_PAGE);
  return { rows, totalCount: Number.parseInt(`${count}`, 10) };
}

const PROBLEMS_AT_ONCE = 1_000;

/** Reads everything that was wrong, for a file, never more than some at once. */
export async function* streamProblems(db: Db, importId: string): AsyncGenerator<ImportProblem> {
  for (let after = 0; ; ) {
    const rows = await readProblems(db, importId, 0, PROBLEMS_AT_ONCE, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield* rows;
    after = last.n;
  }
}

async function readProblems(
  db: Db,
  importId: string,
  offset: number,
  limit: number,
  after = 0,
): Promise<ImportProblem[]> {
  return await db
    .selectFrom("house_import_problem")
    .select(["n", "line", "column_name as column", "reason"])
    .where("import_id", "=", importId)
    .where("n", ">", after)
    .orderBy("n")
    .offset(offset)
    .limit(limit)
    .execute();
}
