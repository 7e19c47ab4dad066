import { stat } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import { type SheetRow, type SheetSource, UnreadableFile } from "./sheet.ts";
import { decodeFile, detectEncoding, type TextEncoding } from "./text-encoding.ts";

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
  let rows: SheetRow[] = [];
  let lastLine = 0;
  const parser = parse({
    delimiter,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // Taken here and not from the stream, which drops the rows before a fault.
    on_record: (cells: string[], { lines }) => {
      rows.push({ line: lines - lineBreaksWithin(cells), cells });
      lastLine = lines;
      return null;
    },
  });
  parser.resume();
  parser.on("error", () => {}); // told by the write that failed
  const takeRows = () => {
    const taken = rows;
    rows = [];
    return taken;
  };
  try {
    for await (const piece of text) {
      await written((done) => parser.write(piece, done));
      yield takeRows();
    }
    await written((done) => parser.end(done));
    yield takeRows();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield takeRows();
    throw new UnreadableFile(
      `第 ${lastLine + 1} 行起读不下去：引号没有成对，或一行太长。请改好这一行再导入`,
    );
  } finally {
    parser.destroy();
  }
}

function written(write: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    write((error) => (error ? reject(error) : resolve()));
  });
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
