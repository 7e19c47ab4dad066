import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadDataKey, openPersonalData } from "./personal-data.ts";

const key = Buffer.from("0123456789abcdef".repeat(4), "hex");
const otherKey = Buffer.from("fedcba9876543210".repeat(4), "hex");
const data = openPersonalData(key);

describe("personal data at rest", () => {
  it.each(["张三", "𠮷田·买买提", "", "11010119900307461X", "长".repeat(10_000)])(
    "is read again as it was written: %.12s",
    (text) => {
      expect(data.decrypt(data.encrypt(text))).toBe(text);
    },
  );

  it("never looks the same twice, nor like its text", () => {
    const [first, second] = [data.encrypt("13800138000"), data.encrypt("13800138000")];
    expect(first.equals(second)).toBe(false);
    expect(first.includes("13800138000")).toBe(false);
  });

  it("refuses every changed byte", () => {
    const cipher = data.encrypt("张三");
    for (let at = 0; at < cipher.length; at += 1) {
      const changed = Buffer.from(cipher);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => data.decrypt(changed), `byte ${at}`).toThrow();
    }
  });

  it("refuses a shortened text, an empty one, and another deployment's", () => {
    const cipher = data.encrypt("张三");
    expect(() => data.decrypt(cipher.subarray(0, -1))).toThrow();
    expect(() => data.decrypt(Buffer.alloc(0))).toThrow("not an encrypted text");
    expect(() => openPersonalData(otherKey).decrypt(cipher)).toThrow();
  });

  it("is found again by a keyed hash, apart for each kind and each deployment", () => {
    const hash = data.hash("phone", "13800138000");
    expect(hash).toHaveLength(32);
    expect(openPersonalData(key).hash("phone", "13800138000").equals(hash)).toBe(true);
    expect(data.hash("document", "13800138000").equals(hash)).toBe(false);
    expect(openPersonalData(otherKey).hash("phone", "13800138000").equals(hash)).toBe(false);
  });

  it("wants a key of 32 bytes", () => {
    expect(() => openPersonalData(Buffer.alloc(16))).toThrow(RangeError);
  });
});

describe("the key of the data folder", () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "fund-key-"));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it("is the deployment's own when it names one", async () => {
    expect(await loadDataKey({ dataKey: key, dataDir })).toBe(key);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it("is made once, for the owner's eyes only, and stays", async () => {
    const found = await Promise.all([1, 2, 3, 4].map(() => loadDataKey({ dataDir })));
    const again = await loadDataKey({ dataDir });
    expect(found.every((one) => one.equals(again))).toBe(true);
    expect((await stat(join(dataDir, "data-key"))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(["data-key"]);
  });

  it("is refused when it is damaged or others may read it", async () => {
    const file = join(dataDir, "data-key");
    await writeFile(file, "", { mode: 0o600 });
    await expect(loadDataKey({ dataDir })).rejects.toThrow("已损坏");
    await writeFile(file, key.toString("hex"));
    await chmod(file, 0o644);
    await expect(loadDataKey({ dataDir })).rejects.toThrow("权限改为 600");
  });
});
