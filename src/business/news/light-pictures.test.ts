import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createInspector, type Inspector } from "#src/platform/uploads/inspector.ts";
import { lightenPictures } from "./light-pictures.ts";
import type { SentFile } from "./news-files.ts";

let incoming: string;
let inspector: Inspector;
let heavy: SentFile;
beforeAll(async () => {
  incoming = await mkdtemp(join(tmpdir(), "light-pictures-"));
  inspector = createInspector();
  heavy = asPicture(await sharp(noise(1_600, 1_000), RAW).jpeg({ quality: 95 }).toBuffer());
});
afterAll(async () => {
  await inspector?.close();
  await rm(incoming, { recursive: true, force: true });
});

const RAW = { raw: { width: 1_600, height: 1_000, channels: 3 } } as const;
const asPicture = (content: Buffer): SentFile => ({
  kind: "picture",
  name: "图.jpg",
  media_type: "image/jpeg",
  content,
});

/** Pixels that no compression likes. */
function noise(width: number, height: number): Buffer {
  let seed = 20_261_127;
  return Buffer.from(
    Array.from({ length: width * height * 3 }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed >>> 24;
    }),
  );
}

test("a picture of before goes out light, made once for all who ask, and nothing is left behind", async () => {
  const rewritePicture = vi.fn(inspector.rewritePicture);
  const lighten = lightenPictures({ incoming, inspector: { ...inspector, rewritePicture } });
  expect(heavy.content.length).toBeGreaterThan(500_000);
  const sent = await Promise.all([lighten("a", heavy), lighten("a", heavy), lighten("a", heavy)]);
  for (const { content, name } of sent) {
    expect(content.length).toBeLessThan(heavy.content.length / 3);
    expect(name).toBe("图.jpg");
    const { width, height, format } = await sharp(content).metadata();
    expect(format).toBe("jpeg");
    expect((width ?? 0) / (height ?? 1)).toBeCloseTo(1.6, 1);
  }
  await lighten("a", heavy);
  expect(rewritePicture).toHaveBeenCalledTimes(1);
  expect(await readdir(incoming)).toEqual([]);
});

test("one picture is made light at a time: meanwhile another goes out as it is", async () => {
  const lighten = lightenPictures({ incoming, inspector });
  const first = lighten("a", heavy);
  expect(await lighten("b", heavy)).toBe(heavy);
  expect((await first).content.length).toBeLessThan(heavy.content.length / 3);
  expect((await lighten("b", heavy)).content.length).toBeLessThan(heavy.content.length / 3);
});

test("what is light already, and a file to save, are left alone", async () => {
  const rewritePicture = vi.fn(inspector.rewritePicture);
  const lighten = lightenPictures({ incoming, inspector: { ...inspector, rewritePicture } });
  const light = asPicture(Buffer.alloc(120_000));
  const file: SentFile = { ...heavy, kind: "file" };
  expect(await lighten("a", light)).toBe(light);
  expect(await lighten("b", file)).toBe(file);
  expect(rewritePicture).not.toHaveBeenCalled();
});

test("what cannot be read goes out as it is, and what was too much is tried again", async () => {
  const lighten = lightenPictures({ incoming, inspector });
  const broken = asPicture(Buffer.alloc(200_000, 7));
  expect(await lighten("a", broken)).toEqual(broken);
  const rewritePicture = vi.fn(inspector.rewritePicture);
  rewritePicture.mockRejectedValueOnce(new Error("busy"));
  const later = lightenPictures({ incoming, inspector: { ...inspector, rewritePicture } });
  expect(await later("b", heavy)).toBe(heavy);
  expect((await later("b", heavy)).content.length).toBeLessThan(heavy.content.length);
});
