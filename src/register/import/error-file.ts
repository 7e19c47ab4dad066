import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { BadRow } from "./row.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/** The file that lists the bad rows of an import. It comes into being with the first of them. */
export interface ErrorFile {
  write(bad: BadRow): Promise<void>;
  /** Answers with the path, or null when there was nothing to write. */
  close(): Promise<string | null>;
}

/** Opens an error file: CSV in UTF-8 with a mark, so that spreadsheets show it as it is. */
export function openErrorFile(path: string): ErrorFile {
  let stream: WriteStream | null = null;
  return {
    async write(bad) {
      if (stream === null) {
        stream = createWriteStream(path, { mode: 0o600 });
        await once(stream, "open");
        stream.write(`${BYTE_ORDER_MARK}行号,列名,原因\r\n`);
      }
      if (!stream.write(errorLines(bad))) await once(stream, "drain");
    },
    async close() {
      if (stream === null) return null;
      stream.end();
      await finished(stream);
      return path;
    },
  };
}

/** The lines of one bad row: one for each problem. */
export function errorLines(bad: BadRow): string {
  return bad.problems
    .map(
      ({ column, reason }) => `${[String(bad.line), column, reason].map(safeCell).join(",")}\r\n`,
    )
    .join("");
}

/** Quotes what needs it, and keeps a spreadsheet from reading a text as a formula. */
function safeCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
