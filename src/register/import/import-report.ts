import type { BadRow } from "./row.ts";
import type { BatchResult } from "./store-batch.ts";

/** What an import did. */
export interface ImportReport {
  /** Rows under the header, blank ones left out. */
  rows: number;
  estatesAdded: number;
  buildingsAdded: number;
  housesAdded: number;
  /** Houses that were on record with the same data (未变). */
  housesUnchanged: number;
  /** Rows that name an estate and no house. */
  estateRows: number;
  badRows: number;
  /** The first of the bad rows; all of them went to `onBadRow`. */
  firstBadRows: readonly BadRow[];
  /** What was noticed besides: columns that were not read, differing data of estates. */
  warnings: readonly string[];
  warningCount: number;
  /** Why the file could not be read, or not to its end; null: it was read whole. */
  stopped: string | null;
  milliseconds: number;
}

export interface ImportProgress {
  rows: number;
  badRows: number;
  /** How much of the file was read, from 0 to 1. */
  part: number;
  rowsPerSecond: number;
}

const BAD_ROWS_KEPT = 20;
const WARNINGS_KEPT = 100;

/** Adds up an import. It keeps the first findings only, so that it stays small whatever a file holds. */
export class ReportBuilder {
  stopped: string | null = null;
  private readonly started = performance.now();
  private readonly counts = {
    rows: 0,
    estatesAdded: 0,
    buildingsAdded: 0,
    housesAdded: 0,
    housesUnchanged: 0,
    estateRows: 0,
    badRows: 0,
    warningCount: 0,
  };
  private readonly firstBadRows: BadRow[] = [];
  private readonly warnings = new Set<string>();

  add(rowCount: number, result: BatchResult, bad: readonly BadRow[]): void {
    this.counts.rows += rowCount;
    this.counts.estatesAdded += result.estatesAdded;
    this.counts.buildingsAdded += result.buildingsAdded;
    this.counts.housesAdded += result.housesAdded;
    this.counts.housesUnchanged += result.housesUnchanged;
    this.counts.estateRows += result.estateRows;
    this.counts.badRows += bad.length;
    this.firstBadRows.push(...bad.slice(0, BAD_ROWS_KEPT - this.firstBadRows.length));
    for (const warning of result.warnings) this.warn(warning);
  }

  warn(warning: string): void {
    if (this.warnings.has(warning)) return;
    this.counts.warningCount += 1;
    if (this.warnings.size < WARNINGS_KEPT) this.warnings.add(warning);
  }

  progress(part: number): ImportProgress {
    const seconds = (performance.now() - this.started) / 1_000;
    return {
      rows: this.counts.rows,
      badRows: this.counts.badRows,
      part,
      rowsPerSecond: seconds === 0 ? 0 : this.counts.rows / seconds,
    };
  }

  finish(): ImportReport {
    return {
      ...this.counts,
      firstBadRows: this.firstBadRows,
      warnings: [...this.warnings],
      stopped: this.stopped,
      milliseconds: performance.now() - this.started,
    };
  }
}
