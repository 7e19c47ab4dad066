import {
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  GlobalHistogramBinarizer,
  QRCodeReader,
  type Reader,
  RGBLuminanceSource,
} from "@zxing/library";
import sharp from "sharp";

/** The picture holds the code and nothing else: nothing has to be searched for. */
const HINTS = new Map([[DecodeHintType.PURE_BARCODE, true]]);

const READERS: Record<"qr" | "code128", () => Reader> = {
  qr: () => new QRCodeReader(),
  code128: () => new Code128Reader(),
};

/**
 * Rasterises an SVG picture of a code and reads it back with a scanner's code. About as wide as asked: a
 * whole number of pixels for each of the drawing's units, since modules of uneven width defeat the reader
 * for some texts and not for others.
 */
export async function readBarcode(
  kind: keyof typeof READERS,
  svg: string,
  width: number,
): Promise<string> {
  const drawing = sharp(Buffer.from(svg));
  const natural = (await drawing.metadata()).width;
  const whole = natural * Math.max(1, Math.round(width / natural));
  const { data, info } = await drawing
    .resize({ width: whole, kernel: "nearest" })
    .flatten({ background: "#ffffff" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luminance = new Uint8ClampedArray(data.subarray(0, info.width * info.height));
  const source = new RGBLuminanceSource(luminance, info.width, info.height);
  return READERS[kind]()
    .decode(new BinaryBitmap(new GlobalHistogramBinarizer(source)), HINTS)
    .getText();
}
