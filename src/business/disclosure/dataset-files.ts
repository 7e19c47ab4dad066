import { createHash } from "node:crypto";
import type { CityBook } from "#src/ledger/city-book/read-city-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { type SheetCell, writeSheet } from "#src/platform/spreadsheets/write-sheet.ts";
import { textStream } from "#src/platform/text-stream.ts";
import { DATA_FORMAT, DATASETS, type DatasetName, type DatasetRow } from "./datasets.ts";

/** Writes a dataset as CSV: amounts are figures, every word that begins like a formula is defused. */
export function datasetCsv(
  name: DatasetName,
  rows: AsyncGenerator<DatasetRow[]>,
): ReadableStream<Uint8Array> {
  const { title, heads } = DATASETS[name];
  return writeSheet("csv", {
    name: title,
    heads: heads.map(({ head }) => head),
    rows: cellsOf(name, rows),
  });
}

async function* cellsOf(name: DatasetName, rows: AsyncGenerator<DatasetRow[]>) {
  const { heads } = DATASETS[name];
  for await (const some of rows) {
    for (const row of some) {
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
  book: CityBook,
  rows: AsyncGenerator<DatasetRow[]>,
): ReadableStream<Uint8Array> {
  return textStream(jsonPieces(name, book, rows));
}

async function* jsonPieces(
  dataset: DatasetName,
  book: CityBook,
  rows: AsyncGenerator<DatasetRow[]>,
): AsyncGenerator<string> {
  const head = JSON.stringify({
    format: DATA_FORMAT,
    dataset,
    refreshedAt: book.refreshedAt,
    bookedUntil: book.bookedUntil,
    reconciledUntil: null,
  });
  yield `${head.slice(0, -1)},"rows":[`;
  let comma = "\n";
  for await (const some of rows) {
    if (some.length === 0) continue;
    yield comma + some.map((row) => JSON.stringify(row)).join(",\n");
    comma = ",\n";
  }
  yield "\n]}\n";
}

/** A mark of what a dataset says, figures and names (`named`): the same for a reader who has it already, whatever process answers him. */
export function datasetMark(
  name: string,
  book: CityBook,
  policy: DisclosurePolicy,
  named: string,
): string {
  const said = JSON.stringify(
    [name, DATA_FORMAT, policy, book.mark, book.years, book.now, named],
    (_, value) => (typeof value === "bigint" ? `${value}` : value),
  );
  return `W/"${createHash("sha256").update(said).digest("base64url").slice(0, 22)}"`;
}
