import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Bytes, openSealedFile, sealFile } from "./sealed-file.ts";

const KEY = Buffer.alloc(32, 7);
const CHUNK = 65_536;
const SEALED_CHUNK = CHUNK + 16;
const HEADER = 17;

async function all(pieces: Bytes): Promise<Buffer> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) list.push(piece);
  return Buffer.concat(list);
}
const seal = (content: Buffer, name = "a") => all(sealFile(KEY, name, [content]));
const open = (sealed: Buffer, name = "a", key = KEY) => all(openSealedFile(key, name, [sealed]));

/** Hands bytes over in pieces of odd sizes, as a network or a disk does. */
function* inPieces(content: Buffer, size: number) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

describe("a sealed file", () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])(
    "of %i bytes comes back as it was, however it arrives",
    async (size) => {
      const content = randomBytes(size);
      const sealed = await all(sealFile(KEY, "a", inPieces(content, 10_007)));
      expect(await all(openSealedFile(KEY, "a", inPieces(sealed, 4_099)))).toEqual(content);
    },
  );

  test("shows nothing of its content and never looks the same twice", async () => {
    const content = Buffer.from("王示范的身份证".repeat(10));
    const [one, two] = [await seal(content), await seal(content)];
    expect(one.includes("身份证")).toBe(false);
    expect(one.equals(two)).toBe(false);
  });

  test("does not open when a byte was changed anywhere", async () => {
    const sealed = await seal(randomBytes(CHUNK + 100));
    for (const at of [0, 5, HEADER, HEADER + CHUNK, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(open(changed), `byte ${at}`).rejects.toThrow();
    }
  });

  test("does not open when it was cut, also at the end of a chunk", async () => {
    const sealed = await seal(randomBytes(2 * CHUNK));
    for (const length of [0, 3, HEADER, HEADER + 4, HEADER + SEALED_CHUNK, sealed.length - 1]) {
      await expect(open(sealed.subarray(0, length)), `${length} bytes`).rejects.toThrow();
    }
  });

  test("does not open when its chunks changed places or something was added", async () => {
    const sealed = await seal(randomBytes(3 * CHUNK));
    const chunk = (n: number) =>
      sealed.subarray(HEADER + n * SEALED_CHUNK, HEADER + (n + 1) * SEALED_CHUNK);
    const swapped = Buffer.concat([sealed.subarray(0, HEADER), chunk(1), chunk(0), chunk(2)]);
    await expect(open(swapped)).rejects.toThrow();
    await expect(open(Buffer.concat([sealed, chunk(0)]))).rejects.toThrow();
  });

  test("does not open in another file's place or under another key", async () => {
    const sealed = await seal(Buffer.from("content"));
    expect((await open(sealed)).toString()).toBe("content");
    await expect(open(sealed, "b")).rejects.toThrow();
    await expect(open(sealed, "a", Buffer.alloc(32, 8))).rejects.toThrow();
  });
});
