import { PDFiumLibrary } from "@hyzyla/pdfium";
import {
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from "@zxing/library";
import sharp from "sharp";

const MM_PER_POINT = 25.4 / 72;
const DOTS_PER_POINT = 3;
const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

/** Where on the first page a code is looked for, in millimetres from the top left. */
export interface PaperArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Draws the first page of a PDF in grey at 216 dpi, as a printer and a phone would, and reads the QR code in an area. */
export async function readPrintedCode(pdf: Uint8Array, area: PaperArea): Promise<string> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const { data, width, height } = await document
      .getPage(0)
      .render({ scale: DOTS_PER_POINT, render: "bitmap" });
    const dots = (mm: number) => Math.round((mm / MM_PER_POINT) * DOTS_PER_POINT);
    const drawn = await sharp(Buffer.from(data), { raw: { width, height, channels: 4 } })
      .flatten({ background: "#ffffff" })
      .greyscale()
      .extract({
        left: dots(area.left),
        top: dots(area.top),
        width: dots(area.width),
        height: dots(area.height),
      })
      .raw()
      .toBuffer({ resolveWithObject: true });
    document.destroy();
    const { info } = drawn;
    const grey = new Uint8ClampedArray(drawn.data.subarray(0, info.width * info.height));
    const source = new RGBLuminanceSource(grey, info.width, info.height);
    return new QRCodeReader()
      .decode(new BinaryBitmap(new HybridBinarizer(source)), HINTS)
      .getText();
  } finally {
    library.destroy();
  }
}
