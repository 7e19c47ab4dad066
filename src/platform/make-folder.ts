import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder for this user alone, with the folders above it that are missing. Throws what the system says
 * about the first one that cannot be made.
 */
export async function makeFolder(path: string): Promise<void> {
  // One by one: Node's own recursive mkdir tries for ever where a folder vanishes as it is made (/proc).
  const missing: string[] = [];
  for (let at = path; !(await exists(at)); at = dirname(at)) {
    missing.unshift(at);
    if (dirname(at) === at) break; // a drive that is not there
  }
  for (const folder of missing) {
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // made by another process meanwhile
    });
  }
  if (!(await stat(path)).isDirectory()) throw new Error(`${path} is not a directory`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
