import { type CellValue, writeXlsxStream } from "hucre/xlsx";
import { textStream } from "../text-stream.ts";
import { textCell } from "./csv-text.ts";

/** The kinds of file that rows are written as. */
export type SheetFormat = "csv" | "xlsx";

/**
 * A cell: words of whoever wrote them, or a figure that the caller vouches for. Only a figure may begin with a minus
 * sign and is counted with by a spreadsheet; in words whatever begins like a formula is defused.
 */
export type SheetCell = string | { figure: string };

/** A file of rows as a column of heads and what stands below it. */
export interface SheetFile {
  /** The tab's name in a workbook, at most 31 characters. */
  name: string;
  heads: readonly string[];
  /** Pulled one after another while the file is sent: what was sent is not kept. */
  rows: AsyncIterable<readonly SheetCell[]>;
}

export const SHEET_MEDIA_TYPES: Readonly<Record<SheetFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/**
 * Writes rows as CSV (UTF-8 with its mark, every cell quoted) or as a workbook with the heads frozen, piece by piece
 * as the reader takes them: memory does not grow with the rows. A source that fails fails the stream.
 */
export function writeSheet(format: SheetFormat, file: SheetFile): ReadableStream<Uint8Array> {
  return format === "csv" ? textStream(csvPieces(file)) : workbookStream(file);
}

/** One piece holds about this many characters: a row at a time would be a packet at a time. */
const PIECE_LENGTH = 32_768;

async function* csvPieces({ heads, rows }: SheetFile): AsyncGenerator<string> {
  let piece = `\uFEFF${csvLine(heads)}`;
  for await (const row of rows) {
    piece += csvLine(row);
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function csvLine(cells: readonly SheetCell[]): string {
  return `${cells.map((cell) => `"${textOf(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

function textOf(cell: SheetCell): string {
  return typeof cell === "string" ? textCell(cell) : cell.figure;
}

const COLUMN_WIDTH = 16;

function workbookStream({ name, heads, rows }: SheetFile): ReadableStream<Uint8Array> {
  return writeXlsxStream(workbookRows(rows), {
    name,
    columns: heads.map((header) => ({ header, width: COLUMN_WIDTH })),
    freezePane: { rows: 1 },
  });
}

async function* workbookRows(rows: SheetFile["rows"]): AsyncGenerator<CellValue[]> {
  for await (const row of rows) yield row.map(cellValue);
}

/** More digits than a spreadsheet's numbers hold stay text, so that no fen is lost. */
const EXACT_FIGURE = /^-?[0-9]{1,13}(\.[0-9]{1,2})?$/;

function cellValue(cell: SheetCell): CellValue {
  if (typeof cell === "string") return withoutControls(textCell(cell));
  return EXACT_FIGURE.test(cell.figure) ? Number.parseFloat(cell.figure) : cell.figure;
}

/** XML has no sign for most control characters: a workbook that held one would not open. */
function withoutControls(text: string): string {
  return text.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, "");
}
