import { readFile } from "node:fs/promises";
import sharp from "sharp";

/** A PNG knows as many colours by number. */
const COLOURS_MAX = 256;
/** Whoever counts colours holds the whole picture in memory: four bytes a pixel. */
const PIXELS_MAX = 4_000_000;

/**
 * Writes a PNG of at most 256 colours, such as a chart or a screenshot, with a palette: the very same picture in fewer
 * bytes. Answers null where that is not so: for photographs, and where nothing is saved.
 */
export async function withPalette(path: string): Promise<Buffer | null> {
  const { width, height } = await sharp(path).metadata();
  if (width * height > PIXELS_MAX) return null;
  const png = await readFile(path);
  const pixels = await pixelsOf(png);
  if (!hasFewColours(pixels)) return null;
  const small = await sharp(png)
    .png({ palette: true, colours: COLOURS_MAX, compressionLevel: 9, effort: 10, dither: 0 })
    .toBuffer();
  return small.length < png.length && pixels.equals(await pixelsOf(small)) ? small : null;
}

async function pixelsOf(png: Buffer): Promise<Buffer> {
  return await sharp(png).toColourspace("srgb").ensureAlpha().raw({ depth: "uchar" }).toBuffer();
}

function hasFewColours(pixels: Buffer): boolean {
  const colours = new Set<number>();
  for (let at = 0; at < pixels.length; at += 4) {
    colours.add(pixels.readUInt32LE(at));
    if (colours.size > COLOURS_MAX) return false;
  }
  return true;
}
