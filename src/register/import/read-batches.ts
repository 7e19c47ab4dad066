import { setImmediate } from "node:timers/promises";
import {
  type SheetRow,
  type SheetSource,
  UnreadableFile,
} from "#src/platform/spreadsheets/sheet.ts";
import { type Header, isHeaderRow, readHeader } from "./columns.ts";
import type { ReportBuilder } from "./import-report.ts";
import { createRowReader, type RowReading } from "./read-row.ts";
import type { BadRow, ReadRow } from "./row.ts";
import { isBlankRow } from "./row-cells.ts";
import { type SealedOwner, sealOwners } from "./seal-owners.ts";
import type { BatchRow, ImportState } from "./store-batch.ts";

/** Rows that are stored together. */
export interface Batch {
  rowCount: number;
  rows: BatchRow[];
  bad: BadRow[];
}

const BATCH_ROWS = 5_000;
/** The database's answers wait for us: between a few rows they are let in, so that both keep busy. */
const ROWS_WITHOUT_PAUSE = 50;
const HEADER_WITHIN_ROWS = 20;
const NO_HEADER =
  "没有找到表头。第一行应是列名，至少有 物业区域名称 和 区划代码；列名见 docs/import.md 的示例";

/**
 * Reads a file's rows in batches. The header may stand under a title; it is looked for in the first twenty
 * rows. Throws UnreadableFile when there is none, when it lacks a column that no row can do without, or
 * names one twice.
 */
export async function* readBatches(
  sheet: SheetSource,
  state: ImportState,
  report: ReportBuilder,
  isMostlyNew: () => boolean,
): AsyncGenerator<Batch> {
  const readers = new HeaderSearch(state, report);
  let batch = emptyBatch();
  try {
    for await (const rows of sheet.rows) {
      for (const raw of rows) {
        const reading = isBlankRow(raw) ? null : readers.read(raw);
        if (reading === null) continue;
        batch.rowCount += 1;
        if (batch.rowCount % ROWS_WITHOUT_PAUSE === 0) await setImmediate();
        if (reading.ok) batch.rows.push(withOwners(reading.row, state, isMostlyNew()));
        else batch.bad.push(reading.bad);
        if (batch.rowCount < BATCH_ROWS) continue;
        yield batch;
        batch = emptyBatch();
      }
    }
    readers.requireHeader();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    // What was read before the file broke off is good: it goes in before the import stops.
    if (batch.rowCount > 0) yield batch;
    throw error;
  }
  if (batch.rowCount > 0) yield batch;
}

/** Passes over what stands above the header, and reads the rows below it. */
class HeaderSearch {
  private readRow: ((raw: SheetRow) => RowReading) | null = null;
  private rowsAbove = 0;
  private readonly state: ImportState;
  private readonly report: ReportBuilder;

  constructor(state: ImportState, report: ReportBuilder) {
    this.state = state;
    this.report = report;
  }

  read(raw: SheetRow): RowReading | null {
    if (this.readRow !== null) return this.readRow(raw);
    if (isHeaderRow(raw.cells)) {
      this.readRow = createRowReader(acceptHeader(raw.cells, this.report), this.state.reference);
    } else {
      this.rowsAbove += 1;
      if (this.rowsAbove >= HEADER_WITHIN_ROWS) this.requireHeader();
    }
    return null;
  }

  requireHeader(): void {
    if (this.readRow === null) throw new UnreadableFile(NO_HEADER);
  }
}

function acceptHeader(cells: readonly string[], report: ReportBuilder): Header {
  const header = readHeader(cells);
  if (header.missing.length > 0) {
    throw new UnreadableFile(`表头里缺少 ${header.missing.join("、")}，请补上这一列再导入`);
  }
  if (header.doubled.length > 0) {
    throw new UnreadableFile(`表头里 ${header.doubled.join("、")} 出现了两次，请只留一列`);
  }
  if (header.unknown.length > 0) {
    const shown = header.unknown.slice(0, 10).map((name) => name.slice(0, 20));
    const more = header.unknown.length > shown.length ? ` 等 ${header.unknown.length} 列` : "";
    report.warn(`没有导入的列：${shown.join("、")}${more}`);
  }
  return header;
}

function emptyBatch(): Batch {
  return { rowCount: 0, rows: [], bad: [] };
}

function withOwners(row: ReadRow, state: ImportState, isSealedNow: boolean): BatchRow {
  let sealed: SealedOwner[] | null = null;
  const sealedOwners = () => {
    sealed ??= sealOwners(row.house?.owners ?? [], state.personalData);
    return sealed;
  };
  if (isSealedNow) sealedOwners();
  return { ...row, sealedOwners };
}
