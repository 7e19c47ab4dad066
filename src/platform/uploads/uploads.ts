import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openDiskStore } from "./disk-store.ts";
import type { FileStore } from "./file-store.ts";
import { type Bytes, openSealedFile, sealFile } from "./sealed-file.ts";

/** Everything that files which visitors send need: where they wait, and where they are kept. */
export interface Uploads {
  /** Files wait here, readable by us alone, while they are received and looked at. */
  incoming: string;
  /** Keeps files encrypted with the deployment's key. */
  store: FileStore;
}

/** Opens the uploads of a deployment. */
export async function openUploads(config: { dataDir: string }, key: Buffer): Promise<Uploads> {
  const folder = join(config.dataDir, "documents");
  const incoming = join(folder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  return { incoming, store: sealedStore(openDiskStore(folder), key) };
}

/** Lays encryption over a store, so that whoever reads the disk or the bucket reads nothing. */
function sealedStore(store: FileStore, key: Buffer): FileStore {
  return {
    ...store,
    keep: (name: string, content: Bytes) => store.keep(name, sealFile(key, name, content)),
    read: async (name) => openSealedFile(key, name, await store.read(name)),
  };
}
