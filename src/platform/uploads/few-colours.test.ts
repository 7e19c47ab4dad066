import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createInspector, type Inspector } from "./inspector.ts";

let folder: string;
let inspector: Inspector;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "few-colours-"));
  inspector = createInspector();
});
afterAll(async () => {
  await inspector?.close();
  await rm(folder, { recursive: true, force: true });
});

const SIZE = { width: 400, height: 300 };

/** A picture whose every pixel is given by its place: red, green, blue, opacity. */
function picture(colourAt: (x: number, y: number) => readonly number[]): Buffer {
  const { width, height } = SIZE;
  return Buffer.from(
    Array.from({ length: width * height }, (_, at) => [
      ...colourAt(at % width, Math.floor(at / width)),
    ]).flat(),
  );
}

async function keep(pixels: Buffer) {
  const raw = { ...SIZE, channels: 4 } as const;
  const path = join(folder, "sent.png");
  await writeFile(path, await sharp(pixels, { raw }).png().toBuffer());
  const plain = await sharp(path).png().toBuffer();
  const found = await inspector.rewritePicture(path, `${path}.kept`, { lengthMax: 1_600 });
  expect(found.kind).toBe("picture");
  const kept = await readFile(`${path}.kept`);
  const same = (await sharp(kept).ensureAlpha().raw().toBuffer()).equals(pixels);
  // The tenth byte of a PNG's head says how its colours are written.
  const hasPalette = kept[25] === 3;
  return { plain: plain.length, kept: kept.length, same, hasPalette };
}

test("a picture of few colours is kept with a palette, pixel by pixel the same", async () => {
  const chart = picture((x, y) => [(x * y) % 3 === 0 ? 20 : 240, (x >> 5) * 8, 90, 255]);
  const { plain, kept, same, hasPalette } = await keep(chart);
  expect([same, hasPalette]).toEqual([true, true]);
  expect(kept).toBeLessThan(plain * 0.8);
});

test("a picture of many colours, and one that shines through, lose nothing", async () => {
  const photograph = await keep(picture((x, y) => [x % 256, y % 256, (x * 7 + y * 13) % 256, 255]));
  expect([photograph.same, photograph.hasPalette]).toEqual([true, false]);
  expect((await keep(picture((x) => [200, 10, 10, (x >> 4) * 10]))).same).toBe(true);
});
