import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** A file as a browser would choose it. */
export interface ChosenFile {
  name: string;
  content: Buffer;
}

/** A small photograph-like JPEG; `seed` makes it another one. */
export async function jpegBytes(seed = 1, size = { width: 64, height: 48 }): Promise<Buffer> {
  return await picture(seed, size).jpeg().toBuffer();
}

/** The same as a PNG. */
export async function pngBytes(seed = 1, size = { width: 64, height: 48 }): Promise<Buffer> {
  return await picture(seed, size).png().toBuffer();
}

/** The same as a WebP. */
export async function webpBytes(seed = 1): Promise<Buffer> {
  return await picture(seed, { width: 64, height: 48 }).webp().toBuffer();
}

function picture(seed: number, { width, height }: { width: number; height: number }) {
  const background = { r: (seed * 37) % 256, g: (seed * 91) % 256, b: (seed * 151) % 256 };
  return sharp({ create: { width, height, channels: 3, background } });
}

/** What stands in a PDF's catalog and among its objects besides one empty page. */
export interface PdfExtras {
  catalog?: string;
  trailer?: string;
  /** Whole objects, numbered from 10 on. */
  objects?: readonly string[];
  pages?: number;
}

/** A small PDF, written by hand with a right cross-reference table. */
export function pdfBytes(extras: PdfExtras = {}): Buffer {
  const count = extras.pages ?? 1;
  const pageNumbers = Array.from({ length: count }, (_, index) => 100 + index);
  const objects = [
    `1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${extras.catalog ?? ""} >>\nendobj\n`,
    `2 0 obj\n<< /Type /Pages /Count ${count} /Kids [${pageNumbers.map((n) => `${n} 0 R`).join(" ")}] >>\nendobj\n`,
    "3 0 obj\n<< /Length 44 >>\nstream\n0.2 0.4 0.6 rg 20 20 60 100 re f           \nendstream\nendobj\n",
    ...pageNumbers.map(
      (n) =>
        `${n} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 210 297] /Contents 3 0 R >>\nendobj\n`,
    ),
    ...(extras.objects ?? []),
  ];
  return assemblePdf(objects, extras.trailer ?? "");
}

function assemblePdf(objects: readonly string[], trailer: string): Buffer {
  let text = "%PDF-1.7\n";
  const places = new Map<number, number>();
  for (const object of objects) {
    places.set(Number.parseInt(object, 10), Buffer.byteLength(text, "latin1"));
    text += object;
  }
  const size = Math.max(...places.keys()) + 1;
  const start = Buffer.byteLength(text, "latin1");
  text += `xref\n0 ${size}\n`;
  for (let n = 0; n < size; n += 1) {
    const place = places.get(n);
    text +=
      place === undefined ? "0000000000 65535 f \n" : `${`${place}`.padStart(10, "0")} 00000 n \n`;
  }
  text += `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** A PNG that says it is that large and holds next to nothing: small to send, huge to decode. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(Math.ceil(width / 8) + 1);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(8 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body), 0);
  return Buffer.concat([chunk, check]);
}
