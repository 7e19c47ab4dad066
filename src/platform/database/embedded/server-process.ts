import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseStartError } from "../start-error.ts";
import { type Binaries, serverEnvironment } from "./binaries.ts";
import { dataArgument } from "./cluster.ts";
import { asUser, type ServerUser } from "./server-user.ts";

/** What postmaster.pid says of the server that runs, or ran, on a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly isReady: boolean;
}

export interface StartOptions {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly pgdata: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string | number>>;
}

const isLinux = process.platform === "linux";
const RECOVERY_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 60_000;
const ORPHAN_LIMIT_MS = 10_000;

/** Reads postmaster.pid; undefined when there is none, or when it is still being written. */
export function readPostmaster(pgdata: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(pgdata, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const [pid = "", , , port = "", socketFolder = "", , , status = ""] = lines;
  if (!/^\d+$/.test(pid)) return undefined;
  return {
    pid: Number(pid),
    port: Number(port),
    socketFolder,
    isReady: status.trim() === "ready",
  };
}

/**
 * Tells whether a process is the live server of this data folder. A killed process can stay a zombie,
 * and its number can be given to a stranger: where /proc exists its state and working folder decide.
 */
export function isServerAlive(pid: number, pgdata: string): boolean {
  if (!isLinux) return isSignallable(pid);
  try {
    const [, name, state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const isRunning = name === "postgres" && state !== "Z" && state !== "X";
    return isRunning && worksIn(pid, realpathSync(pgdata)) !== false;
  } catch {
    return false;
  }
}

function isSignallable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function worksIn(pid: number, folder: string): boolean | "unknown" {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "unknown" : false;
  }
}

/**
 * Starts the server in a session of its own (Ctrl-C at the terminal must not reach it) and waits until
 * it accepts connections, crash recovery included. Throws DatabaseStartError with the end of its log.
 */
export async function startServer(options: StartOptions): Promise<Postmaster> {
  const { binaries, user, pgdata, socketFolder, logFile } = options;
  const log = openSync(logFile, "a", 0o600);
  const settings = { ...options.settings, unix_socket_directories: socketFolder };
  const child = spawn(
    binaries.postgres,
    [
      "-D",
      dataArgument(pgdata, user),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      ...asUser(user),
      cwd: pgdata,
      env: serverEnvironment,
      detached: true,
      stdio: ["ignore", log, log],
    },
  );
  closeSync(log);
  let ending: string | undefined;
  child.on("error", (error) => {
    ending = error.message;
  });
  child.on("exit", (code, signal) => {
    ending ??= `${signal ?? code}`;
  });
  child.unref();
  const deadline = Date.now() + RECOVERY_LIMIT_MS;
  while (ending === undefined && Date.now() < deadline) {
    const postmaster = readPostmaster(pgdata);
    if (postmaster?.pid === child.pid && postmaster?.isReady) return postmaster;
    await sleep(5);
  }
  const tail = (await readFile(logFile, "utf8").catch(() => "")).trim().split("\n").slice(-5);
  throw new DatabaseStartError(
    `内置数据库没有启动（${ending ?? "超时"}），日志 ${logFile} 的末尾是：\n${tail.join("\n")}`,
  );
}

/**
 * Waits until a server that is starting or recovering accepts connections; false when it ends first.
 * Throws DatabaseStartError after ten minutes: it works still, and is not to be disturbed.
 */
export async function waitUntilReady(pgdata: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + RECOVERY_LIMIT_MS;
  while (isServerAlive(pid, pgdata)) {
    const postmaster = readPostmaster(pgdata);
    if (postmaster?.pid === pid && postmaster.isReady) return true;
    if (Date.now() > deadline) {
      throw new DatabaseStartError(
        `内置数据库（进程号 ${pid}）正在恢复数据，已超过 10 分钟：请稍后再启动`,
      );
    }
    await sleep(10);
  }
  return false;
}

/**
 * Stops the server: open transactions are rolled back, a checkpoint is written. Returns when
 * postmaster.pid has vanished, which comes after the last write; the process may outlive it as a zombie.
 */
export async function stopServer(pgdata: string, pid: number): Promise<void> {
  const signals: [NodeJS.Signals, number][] = [
    ["SIGINT", STOP_LIMIT_MS],
    ["SIGQUIT", STOP_LIMIT_MS],
  ];
  for (const [signal, limit] of signals) {
    try {
      process.kill(pid, signal);
    } catch {}
    const deadline = Date.now() + limit;
    while (Date.now() < deadline) {
      if (readPostmaster(pgdata)?.pid !== pid || !isServerAlive(pid, pgdata)) return;
      await sleep(5);
    }
  }
  throw new DatabaseStartError(`内置数据库（进程号 ${pid}）没有在 2 分钟内停止`);
}

/**
 * After a postmaster died, waits until none of its children works in the data folder any more; a new
 * server beside them would damage it. Busy ones are told to quit. Throws DatabaseStartError.
 */
export async function waitForOrphans(pgdata: string): Promise<void> {
  if (!isLinux) return;
  const folder = realpathSync(pgdata);
  const start = Date.now();
  let wereTold = false;
  for (;;) {
    const orphans = (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => worksIn(pid, folder) === true && isServerAlive(pid, pgdata));
    if (orphans.length === 0) return;
    if (Date.now() - start > ORPHAN_LIMIT_MS) {
      throw new DatabaseStartError(
        `上次的数据库还有进程没有结束（进程号 ${orphans.join("、")}，数据目录 ${folder}）：请结束它们后再启动`,
      );
    }
    if (!wereTold && Date.now() - start > 2_000) {
      wereTold = true;
      for (const pid of orphans) {
        try {
          process.kill(pid, "SIGQUIT");
        } catch {}
      }
    }
    await sleep(20);
  }
}
