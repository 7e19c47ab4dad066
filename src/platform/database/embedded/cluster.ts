import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { DatabaseStartError } from "../start-error.ts";
import { type Binaries, serverEnvironment } from "./binaries.ts";
import { giveTo, makeSocketFolder } from "./folders.ts";
import { asUser, type ServerUser } from "./server-user.ts";

const run = promisify(execFile);

/** The login that owns the embedded server and its database. */
export const OWNER = "fund_owner";

const PASSWORD_FILE = "owner-password";

/**
 * How the server is told where its data is. Root may keep data where the server's user cannot walk to
 * (below /root): the child starts inside the folder and names it by its own working directory.
 */
export function dataArgument(pgdata: string, user: ServerUser | undefined): string {
  return user !== undefined && existsSync("/proc/self/cwd") ? "/proc/self/cwd" : pgdata;
}

/** Reads the owner's password, which lies beside the data that it opens. */
export async function readOwnerPassword(pgdata: string): Promise<string> {
  return (await readFile(join(pgdata, PASSWORD_FILE), "utf8")).trim();
}

/**
 * Makes a new cluster (UTF-8, C.UTF-8, checksums, scram) at `pgdata`, whole or not at all: initdb works
 * in a folder beside it, which is renamed at the end. The caller sees to it that nobody else does the
 * same. `isLasting` false leaves out the syncing, for tests.
 */
export async function makeCluster(
  binaries: Binaries,
  user: ServerUser | undefined,
  pgdata: string,
  isLasting = true,
): Promise<void> {
  await removeDrafts(pgdata);
  const draft = `${pgdata}.${process.pid}`;
  const secret = await makeSocketFolder(user);
  try {
    await mkdir(draft);
    await giveTo(user, draft, 0o700);
    const password = randomBytes(24).toString("base64url");
    const passwordFile = join(secret, "password");
    await writeFile(passwordFile, password, { mode: 0o600 });
    await giveTo(user, passwordFile, 0o600);
    await initialise(binaries, user, draft, passwordFile, isLasting);
    await writeFile(join(draft, PASSWORD_FILE), password, { mode: 0o600, flush: isLasting });
    await giveTo(user, join(draft, PASSWORD_FILE), 0o600);
    await renameInto(draft, pgdata);
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(secret, { recursive: true, force: true });
  }
}

async function initialise(
  binaries: Binaries,
  user: ServerUser | undefined,
  draft: string,
  passwordFile: string,
  isLasting: boolean,
): Promise<void> {
  const settings = [
    `--pgdata=${dataArgument(draft, user)}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    ...(isLasting ? [] : ["--no-sync"]),
  ];
  try {
    await run(binaries.initdb, settings, { ...asUser(user), cwd: draft, env: serverEnvironment });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new DatabaseStartError(
      `内置数据库初始化失败（${dirname(draft)}）：${output.split("\n").at(-1) || String(error)}。请检查磁盘空间和文件夹权限`,
      { cause: error },
    );
  }
}

async function renameInto(draft: string, pgdata: string): Promise<void> {
  try {
    await rename(draft, pgdata);
  } catch (error) {
    throw new DatabaseStartError(
      `${pgdata} 里有别的文件，不能在那里建立数据库：请移走它们，或另指定 DATA_DIR`,
      { cause: error },
    );
  }
  const parent = await open(dirname(pgdata));
  await parent.sync().finally(() => parent.close());
}

/** Drafts of processes that were killed during their initdb: only one process at a time works here. */
async function removeDrafts(pgdata: string): Promise<void> {
  const prefix = `${basename(pgdata)}.`;
  for (const name of await readdir(dirname(pgdata))) {
    if (!name.startsWith(prefix)) continue;
    await rm(join(dirname(pgdata), name), { recursive: true, force: true });
  }
}
