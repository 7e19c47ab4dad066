import { constants, inflateSync } from "node:zlib";

/** Objects that one compressed stream may unpack to: a hundred times what contracts need. */
const UNPACKED_BYTES_MAX = 32 * 1_048_576;

/** What of a PDF's outside speaks against it. */
export type PdfFinding = "incomplete" | "encrypted" | "active-content";

/**
 * Reads a PDF's bytes without interpreting it: it begins as one, ends as one, is not encrypted (nobody could
 * look into it, no scanner either), and carries no script and no command to start a program, also not in
 * compressed objects or under a name written in code. Embedded files are let through: electronic invoices
 * have them, and nothing here unpacks them.
 */
export function scanPdf(bytes: Buffer): PdfFinding | null {
  const raw = bytes.toString("latin1");
  const isWhole =
    raw.startsWith("%PDF-") && raw.includes("startxref") && raw.slice(-1024).includes("%%EOF");
  if (!isWhole) return "incomplete";
  const unpacked = unpackObjects(bytes, raw);
  if (unpacked === null) return "active-content";
  const texts = [raw, unpacked].map(withPlainNames);
  if (texts.some((text) => /\/Encrypt[\s\d<]/.test(text))) return "encrypted";
  if (texts.some((text) => /\/(JavaScript|Launch)\b/.test(text))) return "active-content";
  return null;
}

/** Names may be spelt with codes: /J#61vaScript. */
function withPlainNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/**
 * The objects that stand in compressed streams; null where one is written or packed so that it cannot be
 * read, which no program does that has nothing to hide.
 */
function unpackObjects(bytes: Buffer, raw: string): string | null {
  const streams = [...raw.matchAll(/\/ObjStm\b[\s\S]{0,3000}?stream\r?\n/g)];
  const named = withPlainNames(raw).match(/\/ObjStm\b/g)?.length ?? 0;
  if (streams.length !== named) return null;
  const texts: string[] = [];
  let room = UNPACKED_BYTES_MAX;
  for (const { index, 0: found } of streams) {
    try {
      const unpacked = inflateSync(bytes.subarray(index + found.length), {
        maxOutputLength: room,
        finishFlush: constants.Z_SYNC_FLUSH,
      });
      room -= unpacked.length;
      texts.push(unpacked.toString("latin1"));
    } catch {
      return null;
    }
  }
  return texts.join("\n");
}
