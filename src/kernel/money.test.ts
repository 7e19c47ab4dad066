import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addFen,
  apportion,
  type Fen,
  fen,
  formatYuan,
  isBelowShare,
  maxFen,
  minFen,
  negateFen,
  parseYuanText,
  percentFloor,
  plainYuan,
  roundHalfUpTo,
  subtractFen,
  timesAreaHalfUp,
  timesShareHalfUp,
  ZERO_FEN,
} from "./money.ts";

fc.configureGlobal({ seed: 20_261_123 });

const LARGEST = 900_000_000_000_000n;
const amounts = fc.bigInt(-LARGEST, LARGEST).map(fen);

function yuan(text: string): Fen {
  const parsed = parseYuanText(text);
  if (!parsed.ok) throw new Error(`the test's own amount is refused: ${text}`);
  return parsed.fen;
}

describe("making an amount", () => {
  it("takes whole numbers only", () => {
    expect(fen(764_745)).toBe(764_745n);
    expect(fen(-0)).toBe(0n);
    expect(() => fen(1.5)).toThrow(RangeError);
    expect(() => fen(Number.NaN)).toThrow(RangeError);
    expect(() => fen(1e21)).toThrow(RangeError);
  });

  it("refuses amounts beyond the largest that is kept", () => {
    expect(fen(LARGEST)).toBe(LARGEST);
    expect(fen(-LARGEST)).toBe(-LARGEST);
    expect(() => fen(LARGEST + 1n)).toThrow(RangeError);
    expect(() => fen(-LARGEST - 1n)).toThrow(RangeError);
  });

  it("refuses a sum that has grown too large", () => {
    expect(() => addFen(fen(LARGEST), fen(1))).toThrow(RangeError);
    expect(() => subtractFen(fen(-LARGEST), fen(1))).toThrow(RangeError);
  });
});

describe("sums and comparisons", () => {
  it("adds, subtracts and turns signs", () => {
    expect(addFen()).toBe(ZERO_FEN);
    expect(addFen(fen(1), fen(2), fen(-10))).toBe(-7n);
    expect(subtractFen(fen(1), fen(3))).toBe(-2n);
    expect(negateFen(fen(5))).toBe(-5n);
  });

  it("finds the smallest and the largest", () => {
    expect(minFen(fen(3), fen(-1), fen(2))).toBe(-1n);
    expect(maxFen(fen(3), fen(-1), fen(4))).toBe(4n);
    expect(minFen(fen(7))).toBe(7n);
    expect(maxFen(fen(7))).toBe(7n);
  });
});

describe("reading an amount that a person typed", () => {
  it.each([
    ["1.15", 115n],
    ["19.99", 1999n],
    ["0.29", 29n],
    ["4.35", 435n],
    ["１００", 10_000n],
    ["１，２３４．５６", 123_456n],
    ["1,234,567.89", 123_456_789n],
    ["12，345", 1_234_500n],
    ["¥7,647.45", 764_745n],
    ["￥ 10 元", 1000n],
    ["0", 0n],
    ["0.0", 0n],
    ["007", 700n],
    ["00000000000000000000.01", 1n],
    [" 5.5\u200B ", 550n],
    ["9000000000000", LARGEST],
  ])("%s is accepted", (text, expected) => {
    expect(parseYuanText(text)).toEqual({ ok: true, fen: expected });
  });

  it.each([
    ["", "empty"],
    [" \u3000", "empty"],
    ["-0", "negative"],
    ["-1.15", "negative"],
    ["－１", "negative"],
    ["\u22121", "negative"],
    ["¥-5", "negative"],
    ["-¥5", "negative"],
    ["1.155", "too-precise"],
    ["1.000", "too-precise"],
    ["9000000000000.01", "too-large"],
    ["99999999999999", "too-large"],
    ["9".repeat(10_000), "too-large"],
    ["1e21", "not-a-number"],
    ["--1", "not-a-number"],
    ["-¥-1", "not-a-number"],
    ["+1", "not-a-number"],
    ["1.", "not-a-number"],
    [".5", "not-a-number"],
    ["1,23", "not-a-number"],
    ["1,2345", "not-a-number"],
    [",100", "not-a-number"],
    ["1.2.3", "not-a-number"],
    ["0x10", "not-a-number"],
    ["Infinity", "not-a-number"],
    ["NaN", "not-a-number"],
    ["一百", "not-a-number"],
    ["٣", "not-a-number"],
    ["-", "not-a-number"],
    ["元", "not-a-number"],
    ["1\0", "not-a-number"],
    ["😀", "not-a-number"],
    ["<script>1</script>", "not-a-number"],
    ["1'; drop table house; --", "not-a-number"],
  ])("%j is refused as %s", (text, reason) => {
    expect(parseYuanText(text)).toEqual({ ok: false, reason });
  });

  it("answers at once to a hundred thousand characters", () => {
    const started = performance.now();
    for (const text of ["1".repeat(100_000), "1,111".repeat(20_000), "x".repeat(100_000)]) {
      expect(parseYuanText(text).ok).toBe(false);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("writing an amount", () => {
  it.each([
    [0n, "0.00", "0.00"],
    [5n, "0.05", "0.05"],
    [99n, "0.99", "0.99"],
    [100n, "1.00", "1.00"],
    [99_999n, "999.99", "999.99"],
    [1_074_240n, "10,742.40", "10742.40"],
    [123_456_789n, "1,234,567.89", "1234567.89"],
    [-5n, "\u22120.05", "-0.05"],
    [-123_456n, "\u22121,234.56", "-1234.56"],
  ])("%s fen is %s for people and %s for machines", (amount, forPeople, forMachines) => {
    expect(formatYuan(fen(amount))).toBe(forPeople);
    expect(plainYuan(fen(amount))).toBe(forMachines);
  });

  it("reads back every amount that it wrote", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, LARGEST).map(fen), (amount) => {
        expect(parseYuanText(formatYuan(amount))).toEqual({ ok: true, fen: amount });
        expect(parseYuanText(plainYuan(amount))).toEqual({ ok: true, fen: amount });
      }),
    );
  });
});

describe("what is due for a house", () => {
  it("is area × standard, half up to the fen", () => {
    expect(timesAreaHalfUp(8997, 850_000n)).toBe(yuan("7647.45"));
    expect(timesAreaHalfUp(12_034, 600_000n)).toBe(yuan("7220.40"));
    expect(timesAreaHalfUp(1, 5000n)).toBe(1n);
    expect(timesAreaHalfUp(1, 4999n)).toBe(0n);
  });

  it("is a share of the price where the city asks for one", () => {
    expect(timesShareHalfUp(yuan("1234567.89"), 200n)).toBe(yuan("24691.36"));
  });

  it("is never computed from a broken area", () => {
    expect(() => timesAreaHalfUp(1.5, 1n)).toThrow(RangeError);
    expect(() => timesAreaHalfUp(Number.NaN, 1n)).toThrow(RangeError);
  });

  it("mirrors negative amounts, so that a reversal undoes a posting", () => {
    fc.assert(
      fc.property(amounts, fc.bigInt(0n, 10_000n), (amount, share) => {
        expect(timesShareHalfUp(negateFen(amount), share)).toBe(
          negateFen(timesShareHalfUp(amount, share)),
        );
      }),
    );
  });

  it("is off the exact product by half a fen at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.bigInt(0n, 10n ** 9n),
        (area, rate) => {
          const error = timesAreaHalfUp(area, rate) * 10_000n - BigInt(area) * rate;
          expect(error > -5000n && error <= 5000n).toBe(true);
        },
      ),
    );
  });
});

describe("rounding by name", () => {
  it("rounds a percentage down", () => {
    expect(percentFloor(yuan("7647.45"), 30)).toBe(yuan("2294.23"));
    expect(percentFloor(fen(-1), 30)).toBe(-1n);
    expect(percentFloor(fen(-100), 30)).toBe(-30n);
  });

  it.each([
    [14n, "JIAO", 10n],
    [15n, "JIAO", 20n],
    [149n, "YUAN", 100n],
    [150n, "YUAN", 200n],
    [-150n, "YUAN", -200n],
    [149n, "FEN", 149n],
  ] as const)("rounds %s fen half up to whole %s: %s", (amount, unit, expected) => {
    expect(roundHalfUpTo(fen(amount), unit)).toBe(expected);
  });
});

describe("the 30 % rule", () => {
  const firstDeposit = yuan("7647.45");

  it("warns below 2,294.235 and not above it", () => {
    expect(isBelowShare(yuan("2294.23"), firstDeposit, 30)).toBe(true);
    expect(isBelowShare(yuan("2294.24"), firstDeposit, 30)).toBe(false);
  });

  it("does not warn at exactly 30 %", () => {
    expect(isBelowShare(yuan("30"), yuan("100"), 30)).toBe(false);
    expect(isBelowShare(yuan("29.99"), yuan("100"), 30)).toBe(true);
  });

  it("does not warn for a house that owes nothing", () => {
    expect(isBelowShare(ZERO_FEN, ZERO_FEN, 30)).toBe(false);
  });
});

describe("apportionment", () => {
  it("gives the remaining fen to the largest remainders", () => {
    expect(apportion(yuan("10000"), [8997n, 12_034n, 7550n])).toEqual([
      yuan("3147.90"),
      yuan("4210.49"),
      yuan("2641.61"),
    ]);
  });

  it("gives to the first where remainders are equal", () => {
    expect(apportion(fen(10), [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
    expect(apportion(fen(11), [1n, 1n, 1n])).toEqual([4n, 4n, 3n]);
  });

  it("mirrors a negative total and gives nothing to a weight of zero", () => {
    expect(apportion(fen(-10), [1n, 1n, 0n, 1n])).toEqual([-4n, -3n, 0n, -3n]);
  });

  it("refuses negative weights and weights that are all zero", () => {
    expect(() => apportion(fen(1), [2n, -1n])).toThrow(RangeError);
    expect(() => apportion(fen(1), [0n, 0n])).toThrow(RangeError);
    expect(() => apportion(fen(1), [])).toThrow(RangeError);
  });

  it("sums to the total exactly and stays within a fen of each fair share", () => {
    const weights = fc.array(fc.bigInt(0n, 10n ** 7n), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(amounts, weights, (total, shares) => {
        const whole = shares.reduce((sum, share) => sum + share, 0n);
        fc.pre(whole > 0n);
        const parts = apportion(total, shares);
        expect(parts.reduce<bigint>((sum, part) => sum + part, 0n)).toBe(total);
        parts.forEach((part, index) => {
          const error = part * whole - total * (shares[index] ?? 0n);
          expect(error > -whole && error < whole).toBe(true);
        });
      }),
    );
  });
});
