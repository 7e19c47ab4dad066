import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeS3, startFakeS3 } from "#tests/support/fake-s3.ts";
import { openDiskStore } from "./disk-store.ts";
import { FileMissing, type FileStore } from "./file-store.ts";
import { openS3Store } from "./s3-store.ts";
import type { Bytes } from "./sealed-file.ts";

const DAY = "2026-11-23";
const KEY = `${DAY}/6ccb660e-434a-469c-8520-5577962e4599`;
const folder = mkdtempSync(join(tmpdir(), "disk-store-"));
let s3: FakeS3;
const stores: { name: string; open: () => FileStore }[] = [
  { name: "on disk", open: () => openDiskStore(folder) },
  { name: "in a bucket", open: () => openS3Store(s3.settings) },
];
beforeAll(async () => {
  s3 = await startFakeS3();
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

async function all(content: Bytes): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function* breakingOff() {
  yield Buffer.from("the first half");
  throw new Error("the line is cut");
}

describe.each(stores)("a store $name", ({ open }) => {
  test("gives back what it keeps, and lists it under its day", async () => {
    const store = open();
    await store.keep(KEY, [Buffer.from("one "), Buffer.from("whole")]);
    expect(await all(await store.read(KEY))).toBe("one whole");
    expect((await store.list(DAY)).map(({ key }) => key)).toEqual([KEY]);
    expect(await store.list("2026-11-22")).toEqual([]);
  });

  test("keeps nothing of a file that breaks off", async () => {
    const store = open();
    await expect(store.keep(`${DAY}/half`, breakingOff())).rejects.toThrow("the line is cut");
    await expect(store.read(`${DAY}/half`)).rejects.toThrow(FileMissing);
    expect((await store.list(DAY)).map(({ key }) => key)).toEqual([KEY]);
  });

  test("removes a file, and one that is not there too", async () => {
    const store = open();
    await store.remove(KEY);
    await store.remove(KEY);
    await expect(store.read(KEY)).rejects.toThrow(FileMissing);
    expect(await store.list(DAY)).toEqual([]);
  });
});

test("files on disk are the service's alone, and the store knows their age", async () => {
  const store = openDiskStore(folder);
  await store.keep(KEY, [Buffer.from("x")]);
  const path = join(folder, KEY);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
  utimesSync(path, 1_000, 1_000);
  writeFileSync(`${path}.0a1b2c3d.part`, "what a killed process left");
  const listed = await store.list(DAY);
  expect(listed).toHaveLength(2);
  expect(listed.find(({ key }) => key === KEY)?.storedAt).toEqual(new Date(1_000_000));
  expect(readdirSync(join(folder, DAY))).toHaveLength(2);
});

test("a bucket with more files than one answer holds is listed whole", async () => {
  const store = openS3Store(s3.settings);
  s3.pageSize = 2;
  for (let n = 0; n < 5; n += 1) await store.keep(`2026-11-20/f${n}`, [Buffer.from("x")]);
  const listed = await store.list("2026-11-20");
  expect(listed.map(({ key }) => key)).toEqual([0, 1, 2, 3, 4].map((n) => `2026-11-20/f${n}`));
  expect(listed[0]?.storedAt).toEqual(new Date("2026-11-23T02:42:00Z"));
});

test("a wrong key is refused by the bucket and never taken for an empty one", async () => {
  const store = openS3Store({ ...s3.settings, secretKey: "wrong" });
  await expect(store.keep(KEY, [Buffer.from("x")])).rejects.toThrow("403");
  await expect(store.read(KEY)).rejects.toThrow("403");
  await expect(store.list(DAY)).rejects.toThrow("403");
  const elsewhere = openS3Store({ ...s3.settings, bucket: "none" });
  await expect(elsewhere.keep(KEY, [Buffer.from("x")])).rejects.toThrow("no such bucket");
});
