import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeClamd, startFakeClamd, VIRUS_MARKER } from "#tests/support/fake-clamd.ts";
import { openVirusScanner } from "./virus-scanner.ts";

let clamd: FakeClamd;
const folder = mkdtempSync(join(tmpdir(), "clamd-"));
beforeAll(async () => {
  clamd = await startFakeClamd();
});
afterAll(async () => {
  await clamd.close();
  rmSync(folder, { recursive: true });
});

test("clamd's OK and FOUND are believed, over TCP and over a Unix socket", async () => {
  const local = await startFakeClamd(join(folder, "clamd.ctl"));
  for (const { address } of [clamd, local]) {
    const scanner = openVirusScanner(address);
    expect(await scanner.scan([Buffer.from("a harmless file")])).toBe("clean");
    expect(await scanner.scan([Buffer.from("x"), Buffer.from(VIRUS_MARKER)])).toBe("infected");
  }
  await local.close();
});

test("the whole file reaches it, in order and in chunks", async () => {
  const content = Buffer.alloc(300_000, "a");
  expect(await openVirusScanner(clamd.address).scan([content, content])).toBe("clean");
  expect(clamd.received.at(-1)).toBe(600_000);
});

test("an error, a closed port and a file that breaks off are no verdict", async () => {
  clamd.mood = "broken";
  expect(await openVirusScanner(clamd.address).scan([Buffer.from("x")])).toBe("unknown");
  clamd.mood = "working";
  expect(await openVirusScanner({ host: "127.0.0.1", port: 1 }).scan([])).toBe("unknown");
  expect(await openVirusScanner({ path: join(folder, "none") }).scan([])).toBe("unknown");
  const breaking = (async function* () {
    yield Buffer.from("x");
    throw new Error("the disk is gone");
  })();
  expect(await openVirusScanner(clamd.address).scan(breaking)).toBe("unknown");
});

test("a scanner that takes everything and says nothing is given up", async () => {
  clamd.mood = "silent";
  const scanner = openVirusScanner(clamd.address, { answerWithinMs: 200 });
  expect(await scanner.scan([Buffer.from("x")])).toBe("unknown");
  clamd.mood = "working";
});
