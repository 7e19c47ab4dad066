import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { openSheet } from "#src/platform/spreadsheets/open-sheet.ts";
import { type SheetSource, UnreadableFile } from "#src/platform/spreadsheets/sheet.ts";
import { type ImportProgress, type ImportReport, ReportBuilder } from "./import-report.ts";
import { readBatches } from "./read-batches.ts";
import { type RegisterReference, readReference } from "./reference.ts";
import type { BadRow } from "./row.ts";
import { type ImportState, storeBatch } from "./store-batch.ts";
import { openLineTable } from "./store-houses.ts";

/** A file on disk, or what a browser is sending: it is put on disk first, for it is read twice. */
export type ImportSource = { readonly path: string } | { readonly stream: Readable };

export interface ImportOptions {
  /** The application's own role is enough. */
  readonly db: Db;
  readonly source: ImportSource;
  readonly personalData: PersonalData;
  readonly clock: Clock;
  /** Told after every few thousand rows. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told of every row that did not go in, in the file's order; awaited. */
  readonly onBadRow?: (bad: BadRow) => void | Promise<void>;
  /** The estates that rows may name, for whoever may record houses of these alone; absent: all, and new ones. */
  readonly onlyEstates?: ReadonlySet<number>;
  /** Ends the import after the rows that are just being stored. */
  readonly signal?: AbortSignal;
}

/** The file is fine, but the import cannot go on. The message says why, and what to do. */
class ImportStopped extends Error {
  override readonly name = "ImportStopped";
}

/**
 * Imports estates, buildings, houses and owners from a register file (CSV or xlsx; docs/import.md). Good
 * rows go in, a few thousand in one transaction; bad rows are reported with line, column and reason. What
 * is on record is never overwritten, so the same file a second time changes nothing. Memory does not grow
 * with the file. A file that cannot be read (on) is told by `stopped` in the report; a fault of the database
 * throws, and the rows stored before it stay: the same file can be imported again.
 */
export async function importRegister(options: ImportOptions): Promise<ImportReport> {
  const report = new ReportBuilder();
  try {
    await withFile(options.source, (path) => importFile(path, options, report));
  } catch (error) {
    if (!(error instanceof UnreadableFile || error instanceof ImportStopped)) throw error;
    report.stopped = error.message;
  }
  return report.finish();
}

async function withFile(source: ImportSource, use: (path: string) => Promise<void>): Promise<void> {
  if ("path" in source) return use(source.path);
  const folder = await mkdtemp(join(tmpdir(), "register-import-"));
  try {
    const path = join(folder, "file");
    await pipeline(source.stream, createWriteStream(path, { mode: 0o600, flags: "wx" }));
    await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importFile(
  path: string,
  options: ImportOptions,
  report: ReportBuilder,
): Promise<void> {
  const sheet = await openSheet(path);
  const reference = await readReference(options.db, shanghaiDate(options.clock()));
  const { firstCustodyAccountId } = reference;
  if (firstCustodyAccountId === null) {
    throw new ImportStopped("系统里还没有专户，不能登记物业区域。请先登记专户银行和专户账号");
  }
  await options.db.connection().execute(async (connection) => {
    const closeLineTable = await openLineTable(connection);
    try {
      const state = openState(reference, firstCustodyAccountId, options);
      await storeAll(connection, sheet, state, options, report);
    } finally {
      await closeLineTable();
    }
  });
}

function openState(
  reference: RegisterReference,
  firstCustodyAccountId: number,
  {
    personalData,
    onlyEstates = null,
  }: Pick<ImportOptions, "personalData"> & { onlyEstates?: ReadonlySet<number> | null },
): ImportState {
  return {
    reference,
    firstCustodyAccountId,
    onlyEstates,
    personalData,
    estates: new Map(),
    buildings: new Map(),
  };
}

/** While the database stores one batch, the next is read, checked and encrypted. */
async function storeAll(
  connection: Db,
  sheet: SheetSource,
  state: ImportState,
  options: ImportOptions,
  report: ReportBuilder,
): Promise<void> {
  let storing: Promise<void> = Promise.resolve();
  // Encrypting ahead pays while rows are new; a file that is imported again needs none of it.
  let isMostlyNew = true;
  const batches = readBatches(sheet, state, report, () => isMostlyNew);
  try {
    for await (const batch of batches) {
      await storing;
      storing = storeBatch(connection, batch.rows, state).then(async (result) => {
        isMostlyNew = result.housesAdded >= result.housesUnchanged;
        const bad = [...batch.bad, ...result.bad].sort((a, b) => a.line - b.line);
        report.add(batch.rowCount, result, bad);
        for (const row of bad) await options.onBadRow?.(row);
        options.onProgress?.(report.progress(sheet.progress()));
      });
      // Awaited in the next turn: until then a failure must not count as unhandled.
      storing.catch(() => {});
      if (options.signal?.aborted)
        throw new ImportStopped("导入被中止，已登记的行都在，可以重新导入");
    }
  } finally {
    await storing;
  }
}
