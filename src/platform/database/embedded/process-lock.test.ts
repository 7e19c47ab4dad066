import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tryLock, waitForLock } from "./process-lock.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fund-lock-"));
  file = join(folder, "use.lock");
});
afterAll(() => rm(folder, { recursive: true }));

describe("a lock on a file", () => {
  it("is one holder's when it is exclusive", () => {
    const held = tryLock(file, "exclusive");
    expect(held).toBeDefined();
    expect(tryLock(file, "exclusive")).toBeUndefined();
    expect(tryLock(file, "shared")).toBeUndefined();
    held?.release();
    const next = tryLock(file, "exclusive");
    expect(next).toBeDefined();
    next?.release();
  });

  it("is everybody's when it is shared, and keeps an exclusive one out until the last", () => {
    const holders = [tryLock(file, "shared"), tryLock(file, "shared")];
    expect(holders).not.toContain(undefined);
    holders[0]?.release();
    expect(tryLock(file, "exclusive")).toBeUndefined();
    holders[1]?.release();
    const alone = tryLock(file, "exclusive");
    expect(alone).toBeDefined();
    alone?.release();
  });

  it("is waited for as long as one says", async () => {
    const held = tryLock(file, "exclusive");
    expect(await waitForLock(file, "exclusive", 50)).toBeUndefined();
    setTimeout(() => held?.release(), 40);
    const got = await waitForLock(file, "exclusive", 5_000);
    expect(got).toBeDefined();
    got?.release();
  });

  it("is refused with a sentence where there is no folder for it", () => {
    expect(() => tryLock(join(folder, "missing", "use.lock"), "exclusive")).toThrow("无法加锁");
  });
});
