import { rm } from "node:fs/promises";
import type { Log } from "../log.ts";
import { type Connection, clientConfig } from "./client.ts";
import { OWNER, readOwnerPassword } from "./embedded/cluster.ts";
import { claimServing, type DataFolder, openDataFolder } from "./embedded/data-folder.ts";
import { ensureRunning, type Running } from "./embedded/ensure-running.ts";
import { type HeldLock, tryLock, waitForLock } from "./embedded/process-lock.ts";
import { isServerAlive, readPostmaster, stopServer } from "./embedded/server-process.ts";
import { DatabaseStartError } from "./start-error.ts";
import { withClient } from "./with-client.ts";

export interface EmbeddedOptions {
  /** Absolute folder of the data. Made when it is missing. */
  readonly dataDir: string;
  readonly log: Pick<Log, "info" | "warn" | "error">;
  /** `serve`: the one web process of this folder. `tool`: a command that works beside it or alone. */
  readonly mode: "serve" | "tool";
}

export interface EmbeddedPostgres {
  /** The owner's way in. It stays the same when the server is restarted. */
  readonly ownerConnection: Connection;
  /** A running server was joined: another process's, or one that a killed process left behind. */
  readonly wasAdopted: boolean;
  /** Leaves the server; the last process that uses it stops it and waits until its data is whole. */
  stop(): Promise<void>;
}

const DATABASE = "fund";
const LOCK_LIMIT_MS = 620_000;
const WATCH_EVERY_MS = 200;
const RETRY_AFTER_MS = 2_000;

/**
 * Starts PostgreSQL on a data folder, or joins the one that runs there. The first time it makes the
 * cluster and the database. A server that dies is started again as long as this process lives; what was
 * under way on it fails, the next query waits or fails, and its pool connects again. Throws
 * DatabaseStartError: for a second `serve` on the folder (it names the first), for data of another user
 * or another PostgreSQL, for a server that will not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = await openDataFolder(options.dataDir);
  const serving = options.mode === "serve" ? await claimServing(folder) : undefined;
  try {
    return await use(folder, options.log, serving);
  } catch (error) {
    serving?.release();
    throw error;
  }
}

async function use(
  folder: DataFolder,
  log: EmbeddedOptions["log"],
  serving: HeldLock | undefined,
): Promise<EmbeddedPostgres> {
  const [using, running] = await whileStarting(folder, async () => {
    const lock = tryLock(folder.userLock, "shared");
    if (lock === undefined) throw busy(folder);
    try {
      return [lock, await ensureRunning(folder)] as const;
    } catch (error) {
      lock.release();
      throw error;
    }
  });
  const watch = keepRunning(folder, log, running);
  const leave = async () => {
    await watch.end();
    await leaveServer(folder, using);
    serving?.release();
  };
  try {
    const ownerConnection = await openingOf(folder, running);
    await makeDatabase(ownerConnection);
    let leaving: Promise<void> | undefined;
    return {
      ownerConnection,
      wasAdopted: running.wasAdopted,
      stop() {
        leaving ??= leave();
        return leaving;
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

function busy(folder: DataFolder): DatabaseStartError {
  return new DatabaseStartError(
    `数据目录 ${folder.root} 正由另一个进程启动或停止，等待超时：请稍后再试`,
  );
}

/** Only one process at a time starts, joins, restarts or stops the server of a folder. */
async function whileStarting<T>(folder: DataFolder, work: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(folder.startLock, "exclusive", LOCK_LIMIT_MS);
  if (lock === undefined) throw busy(folder);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function openingOf(folder: DataFolder, running: Running): Promise<Connection> {
  const password = await readOwnerPassword(folder.pgdata);
  const { socketFolder: host, port } = running.postmaster;
  return { host, port, database: DATABASE, user: OWNER, password };
}

async function makeDatabase(owner: Connection): Promise<void> {
  if (await exists(owner)) return;
  try {
    await withClient(clientConfig({ ...owner, database: "postgres" }), (client) =>
      client.query(`create database ${DATABASE}`),
    );
  } catch (error) {
    if (!(await exists(owner))) throw error;
  }
}

async function exists(database: Connection): Promise<boolean> {
  try {
    return await withClient(clientConfig(database), async () => true);
  } catch (error) {
    if ((error as { code?: string }).code === "3D000") return false;
    throw error;
  }
}

async function leaveServer(folder: DataFolder, using: HeldLock): Promise<void> {
  await whileStarting(folder, async () => {
    using.release();
    const last = tryLock(folder.userLock, "exclusive");
    if (last === undefined) return; // others go on using it
    try {
      const postmaster = readPostmaster(folder.pgdata);
      if (postmaster === undefined || !isServerAlive(postmaster.pid, folder.pgdata)) return;
      await stopServer(folder.pgdata, postmaster.pid);
      await rm(postmaster.socketFolder, { recursive: true, force: true });
      await rm(folder.socketNote, { force: true });
    } finally {
      last.release();
    }
  });
}

/**
 * Looks after the server several times a second. The number of a dead one can be given to another
 * process, so it is asked for by its working folder too. Whoever of several users comes first restarts it.
 */
function keepRunning(folder: DataFolder, log: EmbeddedOptions["log"], running: Running) {
  let { pid } = running.postmaster;
  let restarting: Promise<void> | undefined;
  let notBefore = 0;
  const restart = async () => {
    log.warn({ pid }, "the database server died; starting it again");
    try {
      const again = await whileStarting(folder, () => ensureRunning(folder));
      pid = again.postmaster.pid;
      log.info({ pid }, "the database server is back");
    } catch (error) {
      notBefore = Date.now() + RETRY_AFTER_MS;
      log.error({ err: error }, "the database server could not be started again");
    }
    restarting = undefined;
  };
  const timer = setInterval(() => {
    if (restarting !== undefined || Date.now() < notBefore) return;
    if (!isServerAlive(pid, folder.pgdata)) restarting = restart();
  }, WATCH_EVERY_MS);
  timer.unref();
  return {
    async end() {
      clearInterval(timer);
      await restarting;
    },
  };
}
