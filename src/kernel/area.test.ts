import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatArea, isAreaRounded, parseAreaText } from "./area.ts";

fc.configureGlobal({ seed: 20_261_123 });

describe("reading a building area", () => {
  it.each([
    ["98.76", 9876],
    ["120.335", 12_034],
    ["120.3349999", 12_033],
    ["89.97㎡", 8997],
    ["89.97 m²", 8997],
    ["89.97M2", 8997],
    ["９８．７６平方米", 9876],
    ["100", 10_000],
    ["1,234.5", 123_450],
    ["0.005", 1],
    ["00098.7", 9870],
    ["99999.99", 9_999_999],
    ["99999.994", 9_999_999],
  ])("%s is %d hundredths of ㎡", (text, areaHundredths) => {
    expect(parseAreaText(text)).toEqual({ ok: true, areaHundredths });
  });

  it.each([
    ["", "empty"],
    ["\u3000", "empty"],
    ["0", "not-positive"],
    ["0.00", "not-positive"],
    ["0.004", "not-positive"],
    ["-98.76", "not-positive"],
    ["－１", "not-positive"],
    ["99999.995", "too-large"],
    ["100000", "too-large"],
    ["9".repeat(10_000), "too-large"],
    ["1e3", "not-a-number"],
    ["98.76.1", "not-a-number"],
    ["98,76", "not-a-number"],
    ["98.", "not-a-number"],
    [".5", "not-a-number"],
    ["约98", "not-a-number"],
    ["㎡", "not-a-number"],
    ["Infinity", "not-a-number"],
  ])("%j is refused as %s", (text, reason) => {
    expect(parseAreaText(text)).toEqual({ ok: false, reason });
  });
});

it.each([
  ["98.765", true],
  ["98.761 ㎡", true],
  ["９８．７６５", true],
  ["98.7600001", true],
  ["98.76", false],
  ["98.760", false],
  ["98", false],
  ["九十八.765", false],
])("%j is kept rounded: %s", (text, isRounded) => {
  expect(isAreaRounded(text)).toBe(isRounded);
});

describe("writing a building area", () => {
  it("writes two decimals", () => {
    expect(formatArea(9876)).toBe("98.76");
    expect(formatArea(10_000)).toBe("100.00");
    expect(formatArea(5)).toBe("0.05");
  });

  it("throws on what is no area", () => {
    expect(() => formatArea(1.5)).toThrow(RangeError);
    expect(() => formatArea(-1)).toThrow(RangeError);
  });

  it("reads back every area that it wrote", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (areaHundredths) => {
        expect(parseAreaText(formatArea(areaHundredths))).toEqual({ ok: true, areaHundredths });
      }),
    );
  });
});
