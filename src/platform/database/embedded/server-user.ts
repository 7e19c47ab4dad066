import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { DatabaseStartError } from "../start-error.ts";

const run = promisify(execFile);

/** Another operating-system user that the server runs as, since PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** What to put into a spawn's options so that the child is this user. */
export function asUser(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/**
 * Decides who runs the server. An ordinary user runs it himself (undefined). Root hands it to the owner
 * of existing data, else to `postgres`, else `nobody`, else the first user that the system lets us
 * become. Throws DatabaseStartError when there is none.
 */
export async function chooseServerUser(
  dataOwner: ServerUser | undefined,
): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (dataOwner !== undefined && dataOwner.uid !== 0) return dataOwner;
  for (const candidate of await listCandidates()) {
    if (await canBecome(candidate)) return candidate;
  }
  throw new DatabaseStartError(
    "内置数据库不能以 root 身份运行，而系统里没有可切换的普通用户：请改用普通用户启动，或设置 DATABASE_URL",
  );
}

async function listCandidates(): Promise<ServerUser[]> {
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  const rank = (name: string) => ["postgres", "nobody"].indexOf(name) + 1 || 3;
  return passwd
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.uid > 0 && user.gid > 0)
    .sort((a, b) => rank(a.name) - rank(b.name))
    .slice(0, 50);
}

async function canBecome(user: ServerUser): Promise<boolean> {
  try {
    await run("/bin/sh", ["-c", ":"], { ...asUser(user), cwd: "/", env: {} });
    return true;
  } catch {
    return false;
  }
}
