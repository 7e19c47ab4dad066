import bwip from "bwip-js/node";

/** White border that ISO/IEC 18004 asks around a QR symbol, in modules. */
const QR_QUIET_MODULES = 4;
/** White border that ISO/IEC 15417 asks left and right of a Code 128 symbol, in modules. */
const CODE128_QUIET_MODULES = 10;
/** Height of the bars in modules; the place that shows the picture scales it. */
const CODE128_HEIGHT_MODULES = 24;

/** bwip-js draws one module of a QR symbol four units wide when asked for no scale of its own. */
const QR_UNITS_PER_MODULE = 4;

/** A vector picture of a code, and how many modules wide it is with its white border. */
export interface Barcode {
  svg: string;
  modulesAcross: number;
}

function picture(width: number, height: number, origin: number, path: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${origin} ${origin} ${width} ${height}" ` +
    `aria-hidden="true" focusable="false" shape-rendering="crispEdges">` +
    `<rect x="${origin}" y="${origin}" width="${width}" height="${height}" fill="#fff"/>` +
    `<path fill="#000" d="${path}"/></svg>`
  );
}

/**
 * Draws a text (an address of a page) as a QR symbol with error correction M and the white border of four
 * modules. The SVG holds no style attribute, is hidden from assistive technology and keeps its white ground
 * in the dark theme: words beside it have to say the same.
 */
export function qrCode(text: string): Barcode {
  const symbol = { bcid: "qrcode", text, eclevel: "M" };
  const drawn = bwip.toSVG(symbol);
  const size = /viewBox="0 0 (\d+) \1"/.exec(drawn)?.[1];
  const paths = [...drawn.matchAll(/<path [^>]*?d="([^"]+)"/g)].map((match) => match[1]);
  if (!size || paths.length !== 1) throw new Error("the QR symbol was drawn in an unknown form");
  const quiet = QR_QUIET_MODULES * QR_UNITS_PER_MODULE;
  const side = Number.parseInt(size, 10) + 2 * quiet;
  return {
    svg: picture(side, side, -quiet, paths[0] ?? ""),
    modulesAcross: side / QR_UNITS_PER_MODULE,
  };
}

/**
 * Draws digits (a business number) as Code 128 with its white border, without the digits beneath: the page
 * or slip sets those in its own type. Anything but ASCII digits is refused with a RangeError, as scanners
 * at the desks are set to digits.
 */
export function code128(digits: string): Barcode {
  if (!/^\d{1,48}$/.test(digits)) throw new RangeError("Code 128 of a slip holds 1 to 48 digits");
  const [symbol] = bwip.raw({ bcid: "code128", text: digits }) as { sbs: number[] }[];
  if (!symbol) throw new Error("the Code 128 symbol was drawn in an unknown form");
  let x = CODE128_QUIET_MODULES;
  let path = "";
  for (const [index, width] of symbol.sbs.entries()) {
    if (index % 2 === 0) path += `M${x} 0h${width}v${CODE128_HEIGHT_MODULES}h-${width}z`;
    x += width;
  }
  const across = x + CODE128_QUIET_MODULES;
  return { svg: picture(across, CODE128_HEIGHT_MODULES, 0, path), modulesAcross: across };
}
