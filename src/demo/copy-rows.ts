import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** A value of a row as COPY's text format takes it. */
export type CopyValue = string | number | bigint | boolean | Buffer | null;

const CHUNK_CHARACTERS = 65_536;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * Streams rows into a table by COPY, as the owner. Values stand in the order of the columns. Nothing is
 * kept back: memory stays at one chunk however many rows come.
 */
export async function copyRows(
  client: pg.ClientBase,
  target: { table: string; columns: readonly string[] },
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  const statement = `copy ${target.table} (${target.columns.join(", ")}) from stdin`;
  await pipeline(Readable.from(chunksOf(rows)), client.query(copyFrom(statement)));
}

function* chunksOf(rows: Iterable<readonly CopyValue[]>): Generator<Buffer> {
  let text = "";
  for (const row of rows) {
    text += `${row.map(copyText).join("\t")}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text !== "") yield Buffer.from(text);
}

function copyText(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "boolean") return value ? "t" : "f";
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString("hex")}`;
  if (typeof value !== "string") return value.toString();
  return value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found);
}
