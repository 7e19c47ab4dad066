import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FileMissing, type FileStore, type StoredFile } from "./file-store.ts";
import type { Bytes } from "./sealed-file.ts";

/** A file that is still being written; only whole ones have no such ending. */
const PART = ".part";

/** Keeps files in a folder of this machine: written beside its place, flushed, then renamed into it. */
export function openDiskStore(folder: string): FileStore {
  const pathOf = (key: string) => join(folder, key);
  return {
    async keep(key, content) {
      const path = pathOf(key);
      // The first file of a day makes its folder, whose name must last as well as the file's.
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if (made !== undefined) await flushFolder(dirname(made));
      const part = `${path}.${randomBytes(4).toString("hex")}${PART}`;
      try {
        await writeFlushed(part, content);
        await rename(part, path);
        await flushFolder(dirname(path));
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
    async read(key) {
      const path = pathOf(key);
      const isThere = await stat(path).then(
        () => true,
        () => false,
      );
      if (!isThere) throw new FileMissing(key);
      return createReadStream(path);
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: (day) => listFolder(folder, day),
  };
}

async function writeFlushed(path: string, content: Bytes): Promise<void> {
  const file: FileHandle = await open(path, "wx", 0o600);
  try {
    for await (const piece of content) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name itself durable. Windows knows no such thing. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function listFolder(folder: string, day: string): Promise<StoredFile[]> {
  const names = await readdir(join(folder, day)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const files: StoredFile[] = [];
  for (const name of names) {
    const found = await stat(join(folder, day, name)).catch(() => null);
    if (found !== null) files.push({ key: `${day}/${name}`, storedAt: found.mtime });
  }
  return files;
}
