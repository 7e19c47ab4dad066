import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createInspector, type Inspector } from "./inspector.ts";

const PAGE = { lengthMax: 1_280, bytesMax: 120_000 };

let folder: string;
let inspector: Inspector;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "light-jpeg-"));
  inspector = createInspector();
});
afterAll(async () => {
  await inspector?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every pixel another colour, by a count that is always the same: the worst that can be sent. */
function noise(width: number, height: number) {
  let state = 1;
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function keep(sent: Buffer, limits: { lengthMax: number; bytesMax?: number }) {
  const path = join(folder, "sent");
  await writeFile(path, sent);
  const found = await inspector.rewritePicture(path, `${path}.kept`, limits);
  const content = await readFile(`${path}.kept`);
  const { width, height, format } = await sharp(content).metadata();
  expect(found).toMatchObject({ kind: "picture", width, height, mediaType: `image/${format}` });
  return { content, width, height, format };
}

test("a photograph of a phone is light on a page, and the same each time", async () => {
  const photograph = await noise(800, 600).blur(4).resize(2_000).jpeg({ quality: 95 }).toBuffer();
  const kept = await keep(photograph, PAGE);
  expect([kept.width, kept.height, kept.format]).toEqual([1_280, 960, "jpeg"]);
  expect(kept.content.length).toBeLessThanOrEqual(PAGE.bytesMax);
  expect((await keep(photograph, PAGE)).content.equals(kept.content)).toBe(true);
}, 60_000);

test("a PNG that nothing compresses becomes a smaller JPEG in the same proportions", async () => {
  const kept = await keep(await noise(1_500, 1_000).png().toBuffer(), PAGE);
  expect(kept.format).toBe("jpeg");
  // Below this the print of a scanned page could not be read, so that it may weigh more.
  expect(kept.width).toBe(1_000);
  expect(kept.width / kept.height).toBeCloseTo(1.5, 1);
}, 60_000);

test("a chart stays a PNG, and a paper keeps every pixel", async () => {
  const create = { width: 900, height: 600, channels: 3, background: "#2457a6" } as const;
  expect((await keep(await sharp({ create }).png().toBuffer(), PAGE)).format).toBe("png");
  const paper = await keep(await noise(1_500, 1_000).png().toBuffer(), { lengthMax: 5_000 });
  expect([paper.width, paper.format]).toEqual([1_500, "png"]);
}, 60_000);
