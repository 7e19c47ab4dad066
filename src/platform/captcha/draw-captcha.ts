import sharp from "sharp";
import { GLYPH_HEIGHT, GLYPHS, type Point, type Stroke } from "./glyph-strokes.ts";

/** Draws a whole number from zero to one below the maximum. */
export type RandomInt = (maxExclusive: number) => number;

/** Twice the size at which pages show it, for screens of double density. */
export const CAPTCHA_WIDTH = 640;
export const CAPTCHA_HEIGHT = 220;

const MARGIN = 38;
const INK = "#1a2423";
const GROUND = "#ffffff";
const STEPS_PER_CURVE = 8;

type Warp = (point: Point) => Point;

/**
 * Draws a sum ("26 + 5 = ?", blanks are ignored) as a PNG with bent, turned and touching characters under
 * lines of the same ink. Everything that varies comes from `random`. Throws a RangeError for a character
 * that has no shape. It keeps simple text recognition out; a trained network can learn it, so that limits
 * and counts stand beside it.
 */
export async function drawCaptcha(sum: string, random: RandomInt): Promise<Buffer> {
  const between = (low: number, high: number) => low + ((high - low) * random(10_001)) / 10_000;
  const warp = makeWarp(between);
  const shapes = [
    longLine(between, warp, INK, between(3, 4.5)),
    ...characters(sum, random, between, warp),
    ...Array.from({ length: 2 }, () => longLine(between, warp, GROUND, between(2.5, 3.5))),
    longLine(between, warp, INK, between(3.5, 5)),
    ...Array.from({ length: 25 }, () => speck(between)),
  ];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CAPTCHA_WIDTH}" height="${CAPTCHA_HEIGHT}">` +
    `<rect width="100%" height="100%" fill="${GROUND}"/>${shapes.join("")}</svg>`;
  return await sharp(Buffer.from(svg)).png({ palette: true, colours: 16 }).toBuffer();
}

type Between = (low: number, high: number) => number;

/** Bends the whole picture along two waves, so that no two pictures share a base line. */
function makeWarp(between: Between): Warp {
  const [heightX, heightY] = [between(5, 9), between(8, 14)];
  const [lengthX, lengthY] = [between(90, 150), between(180, 320)];
  const [shiftX, shiftY] = [between(0, 6.28), between(0, 6.28)];
  return ([x, y]) => [
    x + heightX * Math.sin((6.28 * y) / lengthX + shiftX),
    y + heightY * Math.sin((6.28 * x) / lengthY + shiftY),
  ];
}

function characters(sum: string, random: RandomInt, between: Between, warp: Warp): string[] {
  const signs = [...sum.replaceAll(" ", "")];
  const room = signs.map((sign) => (/\d/.test(sign) ? 1.1 : 0.85));
  const unit = (CAPTCHA_WIDTH - 2 * MARGIN) / room.reduce((total, each) => total + each, 0);
  let left = MARGIN;
  return signs.flatMap((sign, index) => {
    const hands = GLYPHS[sign];
    if (!hands) throw new RangeError(`no shape for "${sign}"`);
    const hand = hands[random(hands.length)] ?? [];
    const advance = unit * (room[index] ?? 1);
    // A plus that leans far reads as a times.
    const swing = /\d/.test(sign) ? 0.25 : 0.1;
    const place = placement(left + advance / 2, advance / 100, swing, between);
    left += advance;
    const width = between(11, 15);
    return hand.map((stroke) => path(sample(stroke).map(place).map(warp), INK, width));
  });
}

/** Scales, leans and turns a character around its own middle and puts it into its place. */
function placement(centre: number, room: number, swing: number, between: Between): Warp {
  const [scaleX, scaleY] = [room * between(0.95, 1.12), between(0.92, 1.12)];
  const lean = between(-swing, swing);
  const turn = between(-swing, swing);
  const middle: Point = [centre + between(-7, 7), CAPTCHA_HEIGHT / 2 + between(-12, 12)];
  return ([x, y]) => {
    const [dx, dy] = [(x - 50) * scaleX, (y - GLYPH_HEIGHT / 2) * scaleY];
    const leaning = dx + lean * dy;
    return [
      middle[0] + leaning * Math.cos(turn) - dy * Math.sin(turn),
      middle[1] + leaning * Math.sin(turn) + dy * Math.cos(turn),
    ];
  };
}

/** Fills a stroke with so many points that bending it looks smooth. */
function sample(stroke: Stroke): Point[] {
  const { points } = stroke;
  const at = (index: number) => points[Math.min(Math.max(index, 0), points.length - 1)] as Point;
  const sampled: Point[] = [];
  for (let index = 0; index < points.length - 1; index += 1) {
    for (let step = 0; step < STEPS_PER_CURVE; step += 1) {
      const part = step / STEPS_PER_CURVE;
      const four = [at(index - 1), at(index), at(index + 1), at(index + 2)] as const;
      sampled.push(stroke.kind === "smooth" ? onCurve(four, part) : onLine(four[1], four[2], part));
    }
  }
  return [...sampled, at(points.length - 1)];
}

function onLine(from: Point, to: Point, part: number): Point {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

/** A point on the Catmull–Rom curve that runs through the inner two of four points. */
function onCurve([a, b, c, d]: readonly [Point, Point, Point, Point], part: number): Point {
  const along = (axis: 0 | 1) =>
    0.5 *
    (2 * b[axis] +
      (c[axis] - a[axis]) * part +
      (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * part ** 2 +
      (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * part ** 3);
  return [along(0), along(1)];
}

function longLine(between: Between, warp: Warp, colour: string, width: number): string {
  const stops = Array.from({ length: 6 }, (_, index): Point => {
    const x = (CAPTCHA_WIDTH * index) / 5;
    return [x, between(30, CAPTCHA_HEIGHT - 30)];
  });
  return path(sample({ kind: "smooth", points: stops }).map(warp), colour, width);
}

function speck(between: Between): string {
  const [x, y] = [between(0, CAPTCHA_WIDTH), between(0, CAPTCHA_HEIGHT)];
  const end: Point = [x + between(-9, 9), y + between(-9, 9)];
  return path([[x, y], end], INK, between(2, 4));
}

function path(points: readonly Point[], colour: string, width: number): string {
  const data = points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`);
  return (
    `<path d="${data.join("")}" fill="none" stroke="${colour}" stroke-width="${width.toFixed(1)}" ` +
    `stroke-linecap="round" stroke-linejoin="round"/>`
  );
}
