import sharp, { type Sharp } from "sharp";

/** From what nobody can tell from the original to what still looks like a photograph. */
const QUALITIES = [82, 74, 66, 58, 50];
/** Each next size has about half the pixels of the one before. */
const SHRINK = 0.7;
/** Smaller, the print of a scanned page could not be read. */
const LENGTH_MIN = 1_000;

/**
 * Writes a picture as a JPEG of at most so many bytes: with the best quality that fits, and smaller where none does. The
 * same picture gives the same bytes. At `LENGTH_MIN` pixels it is taken as it comes: then being read weighs more.
 */
export async function lightJpeg(
  picture: Sharp,
  lengthMax: number,
  bytesMax: number,
): Promise<{ content: Buffer; width: number; height: number }> {
  const { data, info } = await picture
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  let length = Math.min(lengthMax, Math.max(width, height));
  for (;;) {
    const sized = sharp(data, { raw: { width, height, channels } }).resize({
      width: length,
      height: length,
      fit: "inside",
      withoutEnlargement: true,
    });
    const isLast = length <= LENGTH_MIN;
    const found = await bestQuality(sized, bytesMax, isLast);
    if (found !== null) return found;
    length = Math.max(LENGTH_MIN, Math.round(length * SHRINK));
  }
}

async function bestQuality(sized: Sharp, bytesMax: number, takesAny: boolean) {
  const encode = async (quality: number) => {
    const jpeg = sized.clone().jpeg({ quality, progressive: true });
    const { data, info } = await jpeg.toBuffer({ resolveWithObject: true });
    return { content: data, width: info.width, height: info.height };
  };
  // Where the lowest quality does not fit, none does: then four tries are saved.
  const lowest = await encode(QUALITIES.at(-1) ?? 50);
  if (lowest.content.length > bytesMax) return takesAny ? lowest : null;
  for (const quality of QUALITIES.slice(0, -1)) {
    const tried = await encode(quality);
    if (tried.content.length <= bytesMax) return tried;
  }
  return lowest;
}
