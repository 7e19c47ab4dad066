import { createHash } from "node:crypto";
import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { type SheetCell, writeSheet } from "#src/platform/spreadsheets/write-sheet.ts";
import { textStream } from "#src/platform/text-stream.ts";
import type { DatasetPiece } from "./dataset-rows.ts";
import { DATA_FORMAT, DATASETS, type DatasetName } from "./datasets.ts";

/** Writes a dataset as CSV: amounts are figures, every word that begins like a formula is defused. */
export function datasetCsv(
  name: DatasetName,
  pieces: AsyncGenerator<DatasetPiece>,
): ReadableStream<Uint8Array> {
  const { title, heads } = DATASETS[name];
  return writeSheet("csv", {
    name: title,
    heads: heads.map(({ head }) => head),
    rows: cellsOf(name, pieces),
  });
}

async function* cellsOf(name: DatasetName, pieces: AsyncGenerator<DatasetPiece>) {
  const { heads } = DATASETS[name];
  for await (const { rows } of pieces) {
    for (const row of rows) {
      yield heads.map(({ key }) => cellOf(key, (row as Record<string, CellValue>)[key]));
    }
  }
}

type CellValue = string | number | null | undefined | readonly string[];

/** Columns with words of somebody's choosing: whatever stands there is text. */
const WORDS: ReadonlySet<string> = new Set(["name", "district", "project", "scope"]);
const FIGURE = /^-?[0-9]+\.[0-9]{1,2}$/;

function cellOf(key: string, value: CellValue): SheetCell {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return { figure: `${value}` };
  if (typeof value === "string") {
    return FIGURE.test(value) && !WORDS.has(key) ? { figure: value } : value;
  }
  return value.join("、");
}

/** Writes a dataset as JSON, row by row as it is read. */
export function datasetJson(
  name: DatasetName,
  pieces: AsyncGenerator<DatasetPiece>,
): ReadableStream<Uint8Array> {
  return textStream(jsonPieces(name, pieces));
}

async function* jsonPieces(
  dataset: DatasetName,
  pieces: AsyncGenerator<DatasetPiece>,
): AsyncGenerator<string> {
  let before = "";
  for await (const { book, rows } of pieces) {
    if (before === "") {
      yield jsonHead(dataset, book);
      before = "\n";
    }
    if (rows.length === 0) continue;
    yield before + rows.map((row) => JSON.stringify(row)).join(",\n");
    before = ",\n";
  }
  yield "\n]}\n";
}

function jsonHead(dataset: DatasetName, book: DatedCityBook): string {
  const head = JSON.stringify({
    format: DATA_FORMAT,
    dataset,
    refreshedAt: book.refreshedAt,
    bookedUntil: book.bookedUntil,
    reconciledUntil: book.reconciledUntil,
  });
  return `${head.slice(0, -1)},"rows":[`;
}

/** A mark of what a dataset says, figures and names (`named`): the same for a reader who has it already, whatever process answers him. */
export function datasetMark(
  name: string,
  book: DatedCityBook,
  policy: DisclosurePolicy,
  named: string,
): string {
  const said = JSON.stringify(
    [name, DATA_FORMAT, policy, book.mark, book.reconciledUntil, book.years, book.now, named],
    (_, value) => (typeof value === "bigint" ? `${value}` : value),
  );
  return `W/"${createHash("sha256").update(said).digest("base64url").slice(0, 22)}"`;
}
