import { mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOM_BYTES = 2_000_000_000;

/** Where tests keep their databases: in memory where there is room for them, else on the disk. */
async function fastParent(): Promise<string> {
  const memory = await statfs("/dev/shm").catch(() => undefined);
  const hasRoom = memory !== undefined && memory.bavail * memory.bsize > ROOM_BYTES;
  return hasRoom ? "/dev/shm" : tmpdir();
}

/** Makes a new folder there; whoever asks removes it. */
export async function makeFastFolder(prefix: string): Promise<string> {
  const parent = await fastParent();
  return mkdtemp(join(parent, prefix)).catch(() => mkdtemp(join(tmpdir(), prefix)));
}
