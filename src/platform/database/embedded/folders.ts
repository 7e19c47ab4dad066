import { chmod, chown, mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseStartError } from "../start-error.ts";
import type { ServerUser } from "./server-user.ts";

/** A socket's whole path holds 107 characters; "/fund-abcdef/.s.PGSQL.5432.lock" takes some 31. */
const PARENT_LENGTH_MAX = 70;

/**
 * Makes a short folder that only the server's user may enter (root may too), for its socket. Throws
 * DatabaseStartError when no temporary folder will do.
 */
export async function makeSocketFolder(user: ServerUser | undefined): Promise<string> {
  for (const parent of [tmpdir(), "/tmp", "/var/tmp", "/dev/shm"]) {
    if (parent.length > PARENT_LENGTH_MAX || !(await isReachable(parent, user))) continue;
    try {
      const folder = await mkdtemp(join(parent, "fund-"));
      await giveTo(user, folder, 0o700);
      return folder;
    } catch {}
  }
  throw new DatabaseStartError(
    "没有可用的临时文件夹存放数据库的本机套接字：请把环境变量 TMPDIR 设为一个可写、路径不超过 70 个字符的文件夹",
  );
}

/** Hands a file or folder to the server's user with the given mode. */
export async function giveTo(
  user: ServerUser | undefined,
  path: string,
  mode: number,
): Promise<void> {
  await chmod(path, mode);
  if (user !== undefined) await chown(path, user.uid, user.gid);
}

async function isReachable(path: string, user: ServerUser | undefined): Promise<boolean> {
  if (user === undefined) return true;
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (found.mode & 0o001) === 0) return false;
  return path === dirname(path) || isReachable(dirname(path), user);
}
