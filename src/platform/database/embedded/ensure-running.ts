import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { DatabaseStartError } from "../start-error.ts";
import { prepareBinaries } from "./binaries.ts";
import { makeCluster } from "./cluster.ts";
import { type DataFolder, dataOwner } from "./data-folder.ts";
import { giveTo, makeSocketFolder } from "./folders.ts";
import {
  isServerAlive,
  type Postmaster,
  readPostmaster,
  startServer,
  stopServer,
  waitForOrphans,
  waitUntilReady,
} from "./server-process.ts";
import { chooseServerUser, type ServerUser } from "./server-user.ts";

const LOG_BYTES_MAX = 10_000_000;

/** A server that accepts connections. */
export interface Running {
  readonly postmaster: Postmaster;
  /** It ran already, started by another process or left behind by a killed one. */
  readonly wasAdopted: boolean;
}

/** Statements and rows stay out of the server's log: they may hold what belongs to a person. */
function serverSettings(): Record<string, string | number> {
  const shareOfMemory = Math.floor(totalmem() / 16 / 1_048_576);
  return {
    listen_addresses: "",
    port: 5432,
    unix_socket_permissions: "0700",
    max_connections: 100,
    shared_buffers: `${Math.max(64, Math.min(1024, shareOfMemory))}MB`,
    jit: "off",
    log_timezone: "Asia/Shanghai",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
}

/**
 * Makes sure that a server runs on the data folder: adopts the one that does, else clears up after a
 * dead one and starts another, making the cluster the first time. The caller holds the start lock.
 */
export async function ensureRunning(folder: DataFolder): Promise<Running> {
  const owner = await dataOwner(folder);
  const adopted = await adopt(folder);
  if (adopted !== undefined) return { postmaster: adopted, wasAdopted: true };
  await clearUpAfterDead(folder);
  const user = await chooseServerUser(owner);
  try {
    return { postmaster: await startNew(folder, user), wasAdopted: false };
  } catch (error) {
    // A process killed a moment ago may have left a server that was only now writing its pid.
    const late = await adopt(folder);
    if (late === undefined) throw error;
    return { postmaster: late, wasAdopted: true };
  }
}

async function adopt(folder: DataFolder): Promise<Postmaster | undefined> {
  const found = readPostmaster(folder.pgdata);
  if (found === undefined || !isServerAlive(found.pid, folder.pgdata)) return undefined;
  if (!(await waitUntilReady(folder.pgdata, found.pid))) return undefined;
  const ready = readPostmaster(folder.pgdata);
  if (ready === undefined) return undefined;
  if (existsSync(join(ready.socketFolder, `.s.PGSQL.${ready.port}`))) return ready;
  // A cleaner of temporary folders took its socket: nobody can reach it, so it makes way.
  await stopServer(folder.pgdata, ready.pid);
  return undefined;
}

/**
 * A killed server leaves its pid file, which PostgreSQL would trust when the number belongs to a zombie
 * or a stranger; and no server may start while the dead one's children still write.
 */
async function clearUpAfterDead(folder: DataFolder): Promise<void> {
  if (!existsSync(folder.pgdata)) return;
  await waitForOrphans(folder.pgdata);
  await rm(join(folder.pgdata, "postmaster.pid"), { force: true });
}

async function startNew(folder: DataFolder, user: ServerUser | undefined): Promise<Postmaster> {
  const binaries = await prepareBinaries(user, folder.root);
  if (!existsSync(join(folder.pgdata, "PG_VERSION"))) {
    await makeCluster(binaries, user, folder.pgdata);
  }
  const version = (await readFile(join(folder.pgdata, "PG_VERSION"), "utf8")).trim();
  if (version !== binaries.majorVersion) {
    throw new DatabaseStartError(
      `数据目录 ${folder.root} 由 PostgreSQL ${version} 建立，内置的是 ${binaries.majorVersion}：请先用 pg_upgrade 升级数据，或另指定 DATA_DIR`,
    );
  }
  await turnLogOver(folder.logFile);
  return startServer({
    binaries,
    user,
    pgdata: folder.pgdata,
    socketFolder: await socketFolderOf(folder, user),
    logFile: folder.logFile,
    settings: serverSettings(),
  });
}

async function turnLogOver(logFile: string): Promise<void> {
  const found = await stat(logFile).catch(() => undefined);
  if (found !== undefined && found.size > LOG_BYTES_MAX) await rename(logFile, `${logFile}.1`);
}

/**
 * The folder of the socket, the same as before where possible, since others may be waiting there. A
 * name under a temporary folder is only trusted when nobody else can have put something there. A dead
 * server's socket and its lock are cleared away, which PostgreSQL would trust as it does a pid file.
 */
async function socketFolderOf(folder: DataFolder, user: ServerUser | undefined): Promise<string> {
  const noted = (await readFile(folder.socketNote, "utf8").catch(() => "")).trim();
  if (noted !== "" && (await isPrivate(noted, user))) {
    for (const name of await readdir(noted)) await rm(join(noted, name), { force: true });
    return noted;
  }
  const made = await makeSocketFolder(user);
  await writeFile(folder.socketNote, `${made}\n`, { mode: 0o600 });
  return made;
}

async function isPrivate(path: string, user: ServerUser | undefined): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    await giveTo(user, path, 0o700);
    return true;
  } catch {
    const found = await lstat(path).catch(() => undefined);
    const owner = user?.uid ?? process.getuid?.();
    return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0;
  }
}
