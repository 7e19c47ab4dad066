import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";
import type { SheetRow } from "#src/platform/spreadsheets/sheet.ts";
import { COLUMNS, type ColumnKey, type Header, headerOf } from "./columns.ts";
import type { Problem } from "./row.ts";

/** One row under its columns, and what was found wrong with it so far. */
export interface RowCells {
  /** The cleaned text of a cell; "" when it is blank, unreadable, or the file has no such column. */
  text(key: ColumnKey): string;
  /** The same with full-width letters and digits as ASCII, for everything that is no name. */
  plain(key: ColumnKey): string;
  /** Records what is wrong with a cell: the first finding of each column counts. */
  refuse(key: ColumnKey, reason: string): void;
  readonly problems: readonly Problem[];
}

interface CleanedCell {
  raw: string;
  text: string;
  plain: string;
  fault: string | null;
}

const BLANK: CleanedCell = { raw: "", text: "", plain: "", fault: null };
const maxLengths = new Map(COLUMNS.map(({ key, maxLength }) => [key, maxLength]));

/** Where each column stands in the rows of a file. */
export function columnPlaces(header: Header): ReadonlyMap<ColumnKey, number> {
  return new Map(header.columns.flatMap((key, at) => (key === null ? [] : [[key, at] as const])));
}

/**
 * Makes what opens the rows of a file for reading. A cell that is too long or holds control characters is
 * refused when it is first asked for, and reads as blank.
 */
export function createRowOpener(
  places: ReadonlyMap<ColumnKey, number>,
): (raw: SheetRow) => RowCells {
  // A cell mostly repeats the one above it: what was cleaned once need not be cleaned again.
  const above = new Map<ColumnKey, CleanedCell>();

  const clean = (key: ColumnKey, raw: string): CleanedCell => {
    const known = above.get(key);
    if (known?.raw === raw) return known;
    const fault = faultOf(raw, maxLengths.get(key) as number);
    const text = fault === null ? cleanText(raw) : "";
    const cell = { raw, text, plain: toHalfWidth(text), fault };
    above.set(key, cell);
    return cell;
  };

  return (row) => {
    const problems: Problem[] = [];
    const refuse = (key: ColumnKey, reason: string) => {
      const column = headerOf(key);
      if (!problems.some((problem) => problem.column === column)) problems.push({ column, reason });
    };
    const cellOf = (key: ColumnKey): CleanedCell => {
      const place = places.get(key);
      const raw = place === undefined ? "" : (row.cells[place] ?? "");
      if (raw === "") return BLANK;
      const cell = clean(key, raw);
      if (cell.fault !== null) refuse(key, cell.fault);
      return cell;
    };
    return {
      text: (key) => cellOf(key).text,
      plain: (key) => cellOf(key).plain,
      refuse,
      problems,
    };
  };
}

/**
 * Says that a cell stands where the header names no column, most often because a comma within a cell before it
 * was not put in quotes: then every cell behind that comma is under the wrong name. Null when none does.
 */
export function strayCell(row: SheetRow, header: Header): Problem | null {
  const isFilled = (at: number) => (row.cells[at] ?? "").trim() !== "";
  let at = header.nameless.find(isFilled);
  for (
    let beyond = header.columns.length;
    at === undefined && beyond < row.cells.length;
    beyond += 1
  ) {
    if (isFilled(beyond)) at = beyond;
  }
  if (at === undefined) return null;
  return {
    column: `第 ${at + 1} 列`,
    reason:
      "这一格上面没有列名，不知道是什么。请核对这一行有没有错位（格里有逗号的要用双引号括起来），或给这一列写上列名，不要的请清空",
  };
}

/** Tells whether a row holds nothing but blanks. */
export function isBlankRow(row: SheetRow): boolean {
  return row.cells.every((cell) => cell.trim() === "");
}

function faultOf(raw: string, maxLength: number): string | null {
  const trimmed = raw.trim();
  if (trimmed.length > maxLength) {
    return `内容太长（${trimmed.length} 个字），最多 ${maxLength} 个字，请缩短`;
  }
  if (hasForbiddenCharacters(trimmed)) return "含有换行或看不见的控制字符，请删除后重新填写";
  return null;
}
