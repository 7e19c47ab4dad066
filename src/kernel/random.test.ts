import { describe, expect, it } from "vitest";
import { seededRandom } from "./random.ts";

const draws = (seed: number, count: number, max: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.int(max));
};

describe("seeded randomness", () => {
  it("repeats itself for the same seed and not for another", () => {
    expect(draws(1165, 50, 1_000_000)).toEqual(draws(1165, 50, 1_000_000));
    expect(draws(1165, 50, 1_000_000)).not.toEqual(draws(1166, 50, 1_000_000));
  });

  it("stays the same from version to version, so that the demonstration city does", () => {
    expect(draws(1165, 5, 1_000_000)).toEqual([98_328, 439_694, 888_789, 993_685, 697_163]);
  });

  it("draws each number about equally often and none outside", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const drawn of draws(7, 100_000, 10)) counts[drawn] = (counts[drawn] ?? Number.NaN) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    expect(counts).toHaveLength(10);
  });

  it("picks every item sometimes and keeps to a probability", () => {
    const random = seededRandom(7);
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(["幢", "栋", "座"])));
    expect(picked).toEqual(new Set(["幢", "栋", "座"]));
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length;
    expect(Math.abs(hits - 3000)).toBeLessThan(200);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });

  it("throws where there is nothing to draw from", () => {
    const random = seededRandom(7);
    expect(() => random.int(0)).toThrow(RangeError);
    expect(() => random.int(1.5)).toThrow(RangeError);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
