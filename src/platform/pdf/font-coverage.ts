import { readFileSync } from "node:fs";

/** Characters that draw nothing or turn the reading direction: none belongs on a slip. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
const CONTROL = /[^\P{Cc}\n\t]/gu;
const PRIVATE_USE = /\p{Co}/u;

/** Tells whether a font has a glyph for a code point. */
export type FontCoverage = (codePoint: number) => boolean;

/**
 * Reads the character map (OpenType `cmap`) of a TrueType file: format 12, or format 4 of a face that has
 * nothing beyond the basic plane. Throws when the file has neither: then it is not one of the fonts we ship.
 */
export function readFontCoverage(file: string): FontCoverage {
  const font = readFileSync(file);
  const map = findTable(font, "cmap");
  const subtables = Array.from(
    { length: font.readUInt16BE(map + 2) },
    (_, index) => map + font.readUInt32BE(map + 4 + 8 * index + 4),
  );
  const ofFormat = (format: number) => subtables.find((at) => font.readUInt16BE(at) === format);
  const [full, basic] = [ofFormat(12), ofFormat(4)];
  if (full !== undefined) return coverageOf(font, full);
  if (basic !== undefined) return basicCoverageOf(font, basic);
  throw new Error(`no character map in ${file}`);
}

function findTable(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + 16 * index;
    if (font.toString("latin1", entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`the font has no ${tag} table`);
}

function coverageOf(font: Buffer, subtable: number): FontCoverage {
  const groups: [number, number][] = [];
  for (let index = 0; index < font.readUInt32BE(subtable + 12); index += 1) {
    const group = subtable + 16 + 12 * index;
    groups.push([font.readUInt32BE(group), font.readUInt32BE(group + 4)]);
  }
  return (codePoint) => groups.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** Format 4: segments in four parallel lists; a code is covered when its segment leads to a glyph. */
function basicCoverageOf(font: Buffer, subtable: number): FontCoverage {
  const segments = font.readUInt16BE(subtable + 6) / 2;
  const list = (which: number) => subtable + 14 + which * 2 * segments + (which > 0 ? 2 : 0);
  const [ends, starts, deltas, offsets] = [0, 1, 2, 3].map(list) as [
    number,
    number,
    number,
    number,
  ];
  return (codePoint) => {
    for (let index = 0; index < segments; index += 1) {
      const at = 2 * index;
      if (codePoint > font.readUInt16BE(ends + at)) continue;
      const start = font.readUInt16BE(starts + at);
      if (codePoint < start) return false;
      const offset = font.readUInt16BE(offsets + at);
      const glyph =
        offset === 0
          ? codePoint
          : font.readUInt16BE(offsets + at + offset + 2 * (codePoint - start));
      const isMapped = offset === 0 || glyph !== 0;
      return isMapped && ((glyph + font.readUInt16BE(deltas + at)) & 0xffff) !== 0;
    }
    return false;
  };
}

/**
 * Makes a text printable: a character the font has no glyph for (𠮷 and other rare surname characters,
 * emoji) becomes its visible number 〔U+20BB7〕, because an archive PDF with an empty box is refused by the
 * compiler and would tell the reader nothing. Unseen characters and controls are dropped.
 */
export function printableText(text: string, covers: FontCoverage): string {
  const seen = text.toWellFormed().replace(UNSEEN, "").replace(CONTROL, "");
  let result = "";
  for (const character of seen) {
    const codePoint = character.codePointAt(0) ?? 0;
    const isSpace = character === "\n" || character === "\t";
    const isPrintable = isSpace || (covers(codePoint) && !PRIVATE_USE.test(character));
    result += isPrintable ? character : `〔U+${codePoint.toString(16).toUpperCase()}〕`;
  }
  return result;
}

/** Applies {@link printableText} to every text inside a JSON value; names of fields stay as they are. */
export function printableData(value: unknown, covers: FontCoverage): unknown {
  if (typeof value === "string") return printableText(value, covers);
  if (Array.isArray(value)) return value.map((item) => printableData(item, covers));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, printableData(item, covers)]),
  );
}
