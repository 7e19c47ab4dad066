import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../../make-folder.ts";
import { DatabaseStartError } from "../start-error.ts";
import { type HeldLock, tryLock } from "./process-lock.ts";
import type { ServerUser } from "./server-user.ts";

/** What lies in a data folder, by absolute path. */
export interface DataFolder {
  readonly root: string;
  readonly pgdata: string;
  readonly logFile: string;
  /** Held by the one web process. */
  readonly serveLock: string;
  /** Its process number, for the sentence that a second one says. */
  readonly serveNote: string;
  /** Held for the moments of starting, joining and stopping the server. */
  readonly startLock: string;
  /** Shared by every process that uses the server. */
  readonly userLock: string;
  /** Where the server's socket is, so that a restarted server answers where its users look. */
  readonly socketNote: string;
}

/** Makes the folder when it is missing. Throws DatabaseStartError when it cannot be ours. */
export async function openDataFolder(root: string): Promise<DataFolder> {
  try {
    await makeFolder(root);
  } catch (error) {
    throw new DatabaseStartError(
      `数据目录 ${root} 无法建立（${(error as Error).message}）：请检查 DATA_DIR 和文件夹权限`,
      { cause: error },
    );
  }
  return {
    root,
    pgdata: join(root, "pgdata"),
    logFile: join(root, "postgresql.log"),
    serveLock: join(root, "serve.lock"),
    serveNote: join(root, "serve.pid"),
    startLock: join(root, "start.lock"),
    userLock: join(root, "user.lock"),
    socketNote: join(root, "socket-folder"),
  };
}

/**
 * Makes this process the one web process of the folder, until it ends. Throws DatabaseStartError naming
 * the process that already is.
 */
export async function claimServing(folder: DataFolder): Promise<HeldLock> {
  const lock = tryLock(folder.serveLock, "exclusive");
  if (lock === undefined) {
    const holder = await readServeNote(folder);
    throw new DatabaseStartError(
      `数据目录 ${folder.root} 正由另一个正在运行的进程${holder}使用：请先停止它，或用 DATA_DIR 另指定一个文件夹`,
    );
  }
  await writeFile(folder.serveNote, `${process.pid}\n`, { mode: 0o600 });
  return lock;
}

async function readServeNote(folder: DataFolder): Promise<string> {
  // The other one may have taken the lock a moment ago and not have written its number yet.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const text = (await readFile(folder.serveNote, "utf8").catch(() => "")).trim();
    if (/^\d+$/.test(text)) return `（进程号 ${text}）`;
    await sleep(25);
  }
  return "";
}

/**
 * Who owns the cluster, or would: the owner of the data, or of the folder that will hold it. Throws
 * DatabaseStartError when an ordinary user meets another user's data.
 */
export async function dataOwner(folder: DataFolder): Promise<ServerUser | undefined> {
  const found = await stat(folder.pgdata).catch(() => undefined);
  const { uid, gid } = found ?? (await stat(folder.root));
  const me = process.getuid?.();
  if (me !== undefined && me !== 0 && uid !== me) {
    throw new DatabaseStartError(
      `数据目录 ${folder.root} 属于另一个用户（uid ${uid}）：请用那个用户启动，或用 DATA_DIR 另指定一个文件夹`,
    );
  }
  return { uid, gid };
}
