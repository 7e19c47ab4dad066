import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { openDiskStore } from "./disk-store.ts";
import type { FileStore } from "./file-store.ts";
import { createInspector, type Inspector } from "./inspector.ts";
import { openS3Store } from "./s3-store.ts";
import { type Bytes, openSealedFile, sealFile } from "./sealed-file.ts";
import { openVirusScanner, type VirusScanner } from "./virus-scanner.ts";

/** Everything that files which visitors send need: where they wait, who looks at them, where they are kept. */
export interface Uploads {
  /** Files wait here, readable by us alone, while they are received and looked at. */
  incoming: string;
  inspector: Inspector;
  /** Null where the deployment has none. */
  scanner: VirusScanner | null;
  /** Keeps files encrypted with the deployment's key. */
  store: FileStore;
  close(): Promise<void>;
}

/** Opens the uploads of a deployment with its key, from which each file's own is derived. */
export async function openUploads(
  config: Pick<Config, "dataDir" | "documentStore" | "clamd">,
  key: Buffer,
): Promise<Uploads> {
  const folder = join(config.dataDir, "documents");
  const incoming = join(folder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const inspector = createInspector();
  const { documentStore } = config;
  const store = documentStore === "disk" ? openDiskStore(folder) : openS3Store(documentStore);
  return {
    incoming,
    inspector,
    scanner: config.clamd === undefined ? null : openVirusScanner(config.clamd),
    store: sealedStore(store, key),
    close: () => inspector.close(),
  };
}

/** Lays encryption over a store, so that whoever reads the disk or the bucket reads nothing. */
function sealedStore(store: FileStore, key: Buffer): FileStore {
  return {
    ...store,
    keep: (name: string, content: Bytes) => store.keep(name, sealFile(key, name, content)),
    read: async (name) => openSealedFile(key, name, await store.read(name)),
  };
}

/** Removes what a killed process left of files that were on their way. */
export async function sweepIncoming(incoming: string, olderThan: Date): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtime < olderThan) await rm(path, { force: true });
  }
}
