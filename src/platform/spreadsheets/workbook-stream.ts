import type { Entry } from "yauzl";
import type { GuardedWorkbook } from "./workbook-guard.ts";

const LOCAL_FILE_SIGNATURE = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const VERSION_NEEDED = 20;
const UTF8_NAME = 0x0800;

/**
 * Writes a guarded workbook anew as an archive that can be read from front to back: first the small tables
 * (shared strings among them), then the worksheets, still compressed, and nothing else. Spreadsheet
 * programs put the shared strings last, which would make a reader hold the whole sheet. `gate` is awaited
 * before each piece, so that a slow reader of rows stops the file.
 */
export function streamableWorkbook(
  workbook: GuardedWorkbook,
  gate: () => Promise<void>,
): ReadableStream<Uint8Array> {
  const pieces = archivePieces(workbook);
  return new ReadableStream({
    async pull(controller) {
      await gate();
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

async function* archivePieces(workbook: GuardedWorkbook): AsyncGenerator<Uint8Array> {
  for (const entry of workbook.tables) {
    const chunks: Buffer[] = [];
    for await (const chunk of await openPacked(workbook, entry)) chunks.push(chunk as Buffer);
    // In one piece: the reader joins what it needs whole, again for every piece that arrives.
    yield Buffer.concat([localHeader(entry), ...chunks]);
  }
  for (const entry of workbook.worksheets) {
    yield localHeader(entry);
    for await (const chunk of await openPacked(workbook, entry)) yield chunk as Buffer;
  }
}

function openPacked({ zip }: GuardedWorkbook, entry: Entry) {
  return zip.openReadStreamPromise(entry, { decodeFileData: false });
}

function localHeader(entry: Entry): Buffer {
  const name = Buffer.from(entry.fileName, "utf8");
  const header = Buffer.alloc(LOCAL_HEADER_BYTES);
  header.writeUInt32LE(LOCAL_FILE_SIGNATURE, 0);
  header.writeUInt16LE(VERSION_NEEDED, 4);
  header.writeUInt16LE(UTF8_NAME, 6);
  header.writeUInt16LE(entry.compressionMethod, 8);
  header.writeUInt32LE(entry.crc32, 14);
  header.writeUInt32LE(entry.compressedSize, 18);
  header.writeUInt32LE(entry.uncompressedSize, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}
