import sharp from "sharp";
import { expect, test } from "vitest";
import { seededRandom } from "#src/kernel/random.ts";
import { CAPTCHA_HEIGHT, CAPTCHA_WIDTH, drawCaptcha } from "./draw-captcha.ts";
import { GLYPHS } from "./glyph-strokes.ts";
import { makeSum } from "./make-sum.ts";

test("a sum is a PNG of 640 × 220 with dark and light parts and no text inside", async () => {
  const png = await drawCaptcha("26 + 5 = ?", seededRandom(1).int);
  const picture = sharp(png);
  const { format, width, height } = await picture.metadata();
  expect({ format, width, height }).toEqual({
    format: "png",
    width: CAPTCHA_WIDTH,
    height: CAPTCHA_HEIGHT,
  });
  const { channels } = await picture.greyscale().stats();
  expect(channels[0]?.mean).toBeGreaterThan(150);
  expect(channels[0]?.mean).toBeLessThan(245);
  expect(png.length).toBeLessThan(30_000);
  expect(png.toString("latin1")).not.toMatch(/tEXt|iTXt/);
});

test("the same sum never looks the same, and the same randomness draws the same picture", async () => {
  const one = await drawCaptcha("26 + 5 = ?", seededRandom(1).int);
  const two = await drawCaptcha("26 + 5 = ?", seededRandom(2).int);
  const again = await drawCaptcha("26 + 5 = ?", seededRandom(1).int);
  expect(one.equals(two)).toBe(false);
  expect(one.equals(again)).toBe(true);
});

test("a character without a shape is refused", async () => {
  await expect(drawCaptcha("7 + 5", seededRandom(1).int)).rejects.toThrow(RangeError);
});

test("sums are right, can be drawn, and no result is likelier than one in forty", () => {
  const random = seededRandom(3);
  const counts = new Map<number, number>();
  const signs = new Set<string>();
  for (let each = 0; each < 40_000; each += 1) {
    const { words, answer } = makeSum(random.int);
    const [first = 0, second = 0] = words.split(" + ").map((part) => Number.parseInt(part, 10));
    if (first + second !== answer) expect.unreachable(`${words} is not ${answer}`);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
    for (const sign of words.replaceAll(" ", "")) signs.add(sign);
  }
  for (const sign of signs) expect(Object.keys(GLYPHS)).toContain(sign);
  expect(Math.max(...counts.values()) / 40_000).toBeLessThan(1 / 40);
});
