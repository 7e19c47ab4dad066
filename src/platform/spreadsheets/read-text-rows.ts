import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import { type SheetRow, type SheetSource, UnreadableFile } from "./sheet.ts";
import { decodeFile, detectEncoding, type TextEncoding } from "./text-encoding.ts";

const ROWS_AT_ONCE = 500;
const LINES_LOOKED_AT = 10;
/** A row of text; a quotation mark without its partner would otherwise swallow the file. */
const MAX_ROW_BYTES = 1 << 16;

/**
 * Opens a text file of rows: UTF-8 or GB18030, separated by commas, tabs or semicolons (told from its first
 * lines), fields in double quotes where they need it. Blank lines are left out, lines keep their numbers.
 */
export async function openTextRows(path: string): Promise<SheetSource> {
  const { size } = await stat(path);
  const encoding = await detectEncoding(path);
  const delimiter = await detectDelimiter(path, encoding);
  let bytesRead = 0;
  const text = decodeFile(path, encoding, (count) => {
    bytesRead += count;
  });
  return {
    rows: parseRows(text, delimiter),
    progress: () => (size === 0 ? 1 : Math.min(1, bytesRead / size)),
  };
}

async function* parseRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<SheetRow[]> {
  const source = Readable.from(text, { objectMode: true, highWaterMark: 2 });
  const parser = parse({
    delimiter,
    info: true,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let rows: SheetRow[] = [];
  let lastLine = 0;
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as { record: string[]; info: Info };
      rows.push({ line: info.lines - lineBreaksWithin(record), cells: record });
      lastLine = info.lines;
      if (rows.length < ROWS_AT_ONCE) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (rows.length > 0) yield rows;
    throw new UnreadableFile(
      `第 ${lastLine + 1} 行起读不下去：引号没有成对，或一行太长。请改好这一行再导入`,
    );
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (rows.length > 0) yield rows;
}

function lineBreaksWithin(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes("\n")) count += cell.split("\n").length - 1;
  }
  return count;
}

/** The sign that stands most often on one of the first lines, where the header is. */
async function detectDelimiter(path: string, encoding: TextEncoding): Promise<string> {
  let head = "";
  for await (const text of decodeFile(path, encoding, () => {})) {
    head += text;
    if (head.length > MAX_ROW_BYTES) break;
  }
  const lines = head.split(/\r\n|\n|\r/, LINES_LOOKED_AT);
  const counts = [",", "\t", ";"].map((sign) => ({
    sign,
    count: Math.max(...lines.map((line) => line.split(sign).length)),
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}
