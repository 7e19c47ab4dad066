import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseNumeralToInt } from "./chinese-numerals.ts";

fc.configureGlobal({ seed: 20_261_123 });

function written(value: number): string {
  const places = ["", "十", "百", "千"];
  const digits = [...String(value)].map(Number);
  return digits
    .map((digit, index) => {
      const place = places[digits.length - 1 - index];
      return digit === 0 ? "零" : `${"零一二三四五六七八九".charAt(digit)}${place}`;
    })
    .join("")
    .replace(/零+/g, "零")
    .replace(/(?<=.)零$/, "");
}

describe("Chinese numerals in addresses", () => {
  it.each([
    ["零", 0],
    ["一", 1],
    ["十", 10],
    ["十二", 12],
    ["一十二", 12],
    ["二十", 20],
    ["二十三", 23],
    ["廿三", 23],
    ["卅", 30],
    ["一百", 100],
    ["一百零二", 102],
    ["一百〇二", 102],
    ["一百一十二", 112],
    ["一百十二", 112],
    ["一百二十", 120],
    ["两百零五", 205],
    ["一千", 1000],
    ["一千零二", 1002],
    ["一千零二十", 1020],
    ["一千零十", 1010],
    ["一千零一十", 1010],
    ["一千二百零三", 1203],
    ["三〇二", 302],
    ["五零二", 502],
    ["一二〇一", 1201],
    ["〇一", 1],
    ["壹拾贰", 12],
    ["壹佰零贰", 102],
  ])("%s is %d", (text, value) => {
    expect(chineseNumeralToInt(text)).toBe(value);
  });

  it.each([
    "",
    "百",
    "百二",
    "一百二",
    "一千二",
    "一千二十",
    "一千零二百",
    "一百零二十",
    "一百零十",
    "十十",
    "二十零三",
    "一万",
    "十二号",
    "第十",
    "2十",
    "12",
    "１２",
    "甲",
    "constructor",
    "一".repeat(10_000),
  ])("%j is no number that can be meant in one way only", (text) => {
    expect(chineseNumeralToInt(text)).toBeNull();
  });

  it("reads every number that is written in full", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), (value) => {
        expect(chineseNumeralToInt(written(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });
});
