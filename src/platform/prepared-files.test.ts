import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { streamSnapshot } from "./database/snapshot.ts";
import { keepPreparedFiles } from "./prepared-files.ts";
import { textStream } from "./text-stream.ts";

let database: TestDatabase;
let city: TestCity;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "prepared-"));
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true });
});

const PIECES = 40;
const LIMITS = { filesMax: 20, bytesMax: 100_000_000 };
const pieceOf = (word: string) => word.repeat(5000);

/** A file out of one snapshot, too long for what streams hold in memory. */
function fromSnapshot(word: string) {
  return textStream(
    streamSnapshot(
      city.db,
      async function* () {
        for (let n = 0; n < PIECES; n += 1) yield pieceOf(word);
      },
      "public",
    ),
  );
}

const read = async (stream: ReadableStream<Uint8Array>) => await new Response(stream).text();

describe("a prepared file", () => {
  test("comes at once, however many others took a piece of theirs and read no further", async () => {
    const send = keepPreparedFiles({ ...LIMITS, folder });
    const idle = Array.from({ length: 10 }, (_, n) =>
      send(`file-${n}`, "a", () => fromSnapshot("字")).getReader(),
    );
    for (const reader of idle) await reader.read();
    expect(await read(send("next", "a", () => fromSnapshot("文")))).toBe(
      pieceOf("文").repeat(PIECES),
    );
  });

  test("is made once for a mark and anew for the next, and whoever began with the former ends with it", async () => {
    const send = keepPreparedFiles({ ...LIMITS, folder });
    let made = 0;
    const make = (word: string) => () => {
      made += 1;
      return fromSnapshot(word);
    };
    const slow = send("file", "a", make("字")).getReader();
    const first = (await slow.read()).value ?? new Uint8Array();
    await Promise.all([1, 2, 3].map(() => read(send("file", "a", make("字")))));
    expect(made).toBe(1);
    expect(await read(send("file", "b", make("文")))).toBe(pieceOf("文").repeat(PIECES));
    expect(made).toBe(2);
    let bytes = first.length;
    for (let rest = await slow.read(); !rest.done; rest = await slow.read()) {
      bytes += rest.value.length;
    }
    expect(bytes).toBe(pieceOf("字").length * 3 * PIECES);
  });

  test("has no name on disk, whoever breaks off, and is not begun for who takes nothing", async () => {
    const send = keepPreparedFiles({ ...LIMITS, folder });
    let made = 0;
    send("head", "a", () => {
      made += 1;
      return fromSnapshot("字");
    });
    const broken = send("file", "a", () => fromSnapshot("字")).getReader();
    await broken.read();
    expect(await readdir(folder)).toEqual([]);
    await broken.cancel();
    expect(await readdir(folder)).toEqual([]);
    expect(made).toBe(0);
  });

  test("that failed is told as failed and is not kept", async () => {
    const send = keepPreparedFiles({ ...LIMITS, folder });
    const failing = () =>
      textStream(
        (async function* () {
          yield "half";
          throw new Error("the source broke");
        })(),
      );
    await expect(read(send("file", "a", failing))).rejects.toThrow("the source broke");
    expect(await read(send("file", "a", () => fromSnapshot("字")))).toHaveLength(
      pieceOf("字").length * PIECES,
    );
  });

  test.each([
    ["files", { filesMax: 2, bytesMax: 100_000_000 }],
    ["bytes", { filesMax: 20, bytesMax: pieceOf("字").length * 3 * PIECES * 2 }],
  ])("goes when there are too many %s: the oldest first, with its reader", async (_, limits) => {
    const send = keepPreparedFiles({ ...limits, folder });
    const first = send("file-1", "a", () => fromSnapshot("字")).getReader();
    await first.read();
    const second = send("file-2", "a", () => fromSnapshot("字")).getReader();
    await second.read();
    await read(send("file-3", "a", () => fromSnapshot("字")));
    await expect(first.read()).rejects.toThrow();
    expect((await second.read()).done).toBe(false);
  });
});
