import {
  BinaryBitmap,
  Code128Reader,
  HybridBinarizer,
  QRCodeReader,
  type Reader,
  RGBLuminanceSource,
} from "@zxing/library";
import sharp from "sharp";

const READERS: Record<"qr" | "code128", () => Reader> = {
  qr: () => new QRCodeReader(),
  code128: () => new Code128Reader(),
};

/** Rasterises an SVG picture of a code, as a printer or screen does, and reads it back with a scanner's code. */
export async function readBarcode(
  kind: keyof typeof READERS,
  svg: string,
  width: number,
): Promise<string> {
  const { data, info } = await sharp(Buffer.from(svg))
    .resize({ width, kernel: "nearest" })
    .flatten({ background: "#ffffff" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luminance = new Uint8ClampedArray(data.subarray(0, info.width * info.height));
  const source = new RGBLuminanceSource(luminance, info.width, info.height);
  return READERS[kind]()
    .decode(new BinaryBitmap(new HybridBinarizer(source)))
    .getText();
}
