import { randomBytes } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Bytes = ReadableStream<Uint8Array>;

/** Gives a file of the key: the one that was made under the same mark, or else a new one. */
export type SendPreparedFile = (key: string, mark: string, make: () => Bytes) => Bytes;

interface Prepared {
  key: string;
  mark: string;
  /** Null until it is made. */
  size: number | null;
  file: Promise<FileHandle>;
}

const PIECE_BYTES = 65_536;

/**
 * Sends what many readers get alike out of files on disk, so that however slowly somebody reads, nothing but a file
 * waits for him: `make` is read at full speed, once for each key and mark, when the first reader takes his first piece
 * (a HEAD request makes nothing); one that failed is not kept. At most `filesMax` files and `bytesMax` bytes that are
 * made stay; beyond them the oldest goes, and whoever still reads it is broken off. A file loses its name before
 * anything is written to it, so that the system frees it when it is closed or the process ends in whatever way.
 */
export function keepPreparedFiles(limits: {
  filesMax: number;
  bytesMax: number;
  folder?: string;
}): SendPreparedFile {
  const { filesMax, bytesMax, folder = tmpdir() } = limits;
  /** Oldest first. */
  const all: Prepared[] = [];

  function drop(prepared: Prepared): void {
    const at = all.indexOf(prepared);
    if (at < 0) return;
    all.splice(at, 1);
    prepared.file.then((file) => file.close()).catch(() => {});
  }

  function trim(): void {
    const bytes = () => all.reduce((sum, { size }) => sum + (size ?? 0), 0);
    while (all.length > 1 && (all.length > filesMax || bytes() > bytesMax)) {
      const oldest = all.find(({ size }) => size !== null);
      if (oldest === undefined) return;
      drop(oldest);
    }
  }

  function begin(key: string, mark: string, make: () => Bytes): Prepared {
    const prepared: Prepared = { key, mark, size: null, file: openNameless(folder) };
    prepared.file = prepared.file.then(async (file) => {
      try {
        prepared.size = await write(make(), file);
      } catch (error) {
        await file.close();
        throw error;
      }
      return file;
    });
    all.push(prepared);
    prepared.file.then(trim, () => drop(prepared));
    return prepared;
  }

  return (key, mark, make) => {
    let reading: Prepared | null = null;
    let at = 0;
    return new ReadableStream(
      {
        async pull(controller) {
          reading ??=
            all.find((one) => one.key === key && one.mark === mark) ?? begin(key, mark, make);
          const file = await reading.file;
          const { bytesRead, buffer } = await file.read(
            Buffer.allocUnsafeSlow(PIECE_BYTES),
            0,
            PIECE_BYTES,
            at,
          );
          at += bytesRead;
          if (bytesRead === 0) controller.close();
          else controller.enqueue(new Uint8Array(buffer.buffer, 0, bytesRead));
        },
      },
      { highWaterMark: 0 },
    );
  };
}

/** Opens a file that nobody else can find. */
async function openNameless(folder: string): Promise<FileHandle> {
  const path = join(folder, `fund-file-${randomBytes(16).toString("hex")}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await rm(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

/** Writes all of it and answers how many bytes that were; a disk that is full ends the reading of the source. */
async function write(bytes: Bytes, file: FileHandle): Promise<number> {
  let size = 0;
  for await (const piece of bytes) {
    await file.writeFile(piece);
    size += piece.length;
  }
  return size;
}
