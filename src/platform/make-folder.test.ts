import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeFolder } from "./make-folder.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "fund-folder-"));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it("makes a folder and those above it, for this user alone, and leaves one that is there", async () => {
  const path = join(root, "a", "b", "c");
  await makeFolder(path);
  await makeFolder(path);
  for (const folder of [path, join(root, "a")]) expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it("lets ten make the same folder at once", async () => {
  const path = join(root, "many", "at", "once");
  await Promise.all(Array.from({ length: 10 }, () => makeFolder(path)));
  expect(statSync(path).isDirectory()).toBe(true);
});

it("refuses what is a file, lies below one, or leads nowhere", async () => {
  const file = join(root, "file");
  writeFileSync(file, "");
  const link = join(root, "link");
  symlinkSync(join(root, "nowhere", "at all"), link);
  for (const path of [file, join(file, "below"), link]) {
    await expect(makeFolder(path)).rejects.toThrow(/directory|ENOENT/);
  }
});

it.runIf(process.platform === "linux")("gives up where no folder can be made", async () => {
  await expect(makeFolder("/proc/nobody/data")).rejects.toThrow("ENOENT");
});
