import type { Bytes } from "./sealed-file.ts";

/** A file as the store knows it. */
export interface StoredFile {
  key: string;
  storedAt: Date;
}

/**
 * Where files are kept. A key is `2026-11-26/` (the day, so that a sweep need not read everything) and a
 * name of ours; nothing a visitor typed is ever part of it.
 */
export interface FileStore {
  /** Keeps the content whole and for good, or not at all. */
  keep(key: string, content: Bytes): Promise<void>;
  /** Throws a FileMissing when there is no such file. */
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Removes a file; one that is not there counts as removed. */
  remove(key: string): Promise<void>;
  /** Everything that was kept under one day. */
  list(day: string): Promise<StoredFile[]>;
}

/** The store has no file of this name. */
export class FileMissing extends Error {
  override readonly name = "FileMissing";
}
