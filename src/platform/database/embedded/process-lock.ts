import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseStartError } from "../start-error.ts";

/** A lock that this process holds until it releases it or ends, however it ends. */
export interface HeldLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Tries to take a lock on a file, alone or shared with others who share; undefined when somebody is in
 * the way. Node has no file locks of its own, SQLite has: the empty file is only the peg for the
 * operating system's lock, which a killed process loses by itself and no leftover can fake.
 */
export function tryLock(file: string, kind: "exclusive" | "shared"): HeldLock | undefined {
  let peg: DatabaseSync | undefined;
  try {
    peg = new DatabaseSync(file, { timeout: 0 });
    chmodSync(file, 0o600);
    peg.exec(
      kind === "exclusive" ? "begin exclusive" : "begin; select count(*) from sqlite_master",
    );
  } catch (error) {
    peg?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseStartError(
      `数据目录里的 ${file} 无法加锁（${reason}）：请检查 DATA_DIR 的文件夹是否属于当前用户、是否可写，且不在网络盘上`,
      { cause: error },
    );
  }
  return { release: () => peg.close() };
}

/** Waits for a lock up to `limitMs`; undefined when it is still taken then. */
export async function waitForLock(
  file: string,
  kind: "exclusive" | "shared",
  limitMs: number,
): Promise<HeldLock | undefined> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const lock = tryLock(file, kind);
    if (lock !== undefined || Date.now() > deadline) return lock;
    await sleep(15);
  }
}
