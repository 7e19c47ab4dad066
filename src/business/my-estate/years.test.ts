import { expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { EstateMonth } from "#src/ledger/estate-history.ts";
import { balancePoints, useBars, yearsOf } from "./years.ts";

const TODAY = calendarDate("2026-11-23");

function month(at: string, balance: bigint, moved: Partial<EstateMonth> = {}): EstateMonth {
  return {
    month: at,
    depositedFen: ZERO_FEN,
    interestFen: ZERO_FEN,
    usedFen: ZERO_FEN,
    refundedFen: ZERO_FEN,
    otherFen: ZERO_FEN,
    balanceFen: fen(balance),
    ...moved,
  };
}

test("months add up to years, each with what was held at its end", () => {
  const years = yearsOf([
    month("2024-03", 100n, { depositedFen: fen(100n) }),
    month("2024-06", 101n, { interestFen: fen(1n) }),
    month("2026-01", 51n, { usedFen: fen(50n) }),
  ]);
  expect(years).toMatchObject([
    { year: "2024", depositedFen: 100n, interestFen: 1n, usedFen: 0n, balanceFen: 101n },
    { year: "2026", usedFen: 50n, balanceFen: 51n },
  ]);
});

test("the line has a point at the end of each month, and the current month ends today", () => {
  expect(balancePoints([month("2024-02", 1n), month("2026-11", 2n)], TODAY)).toEqual([
    { date: "2024-02-29", balanceFen: 1n },
    { date: "2026-11-23", balanceFen: 2n },
  ]);
});

test("a long history is drawn by quarters, a very long one by years, its last point always there", () => {
  const months = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const number = at + 1;
      const year = 2026 - Math.ceil(count / 12) + Math.ceil(number / 12);
      return month(`${year}-${String(((number - 1) % 12) + 1).padStart(2, "0")}`, BigInt(number));
    });
  for (const [count, points] of [
    [96, 96],
    [97, 33],
    [288, 96],
    [300, 25],
  ] as const) {
    const drawn = balancePoints(months(count), TODAY);
    expect(drawn).toHaveLength(points);
    expect(drawn.at(-1)?.balanceFen).toBe(BigInt(count));
  }
});

test("bars stand for every year from the first use to this one, ten at most", () => {
  const years = yearsOf([
    month("2009-03", 0n, { usedFen: fen(9n) }),
    month("2024-03", 0n, { usedFen: fen(7n) }),
  ]);
  const bars = useBars(years, TODAY);
  expect(bars.map((bar) => bar.name)).toEqual(
    Array.from({ length: 10 }, (_, at) => `${2017 + at}`),
  );
  expect(bars.find((bar) => bar.name === "2024")?.amounts).toEqual([7n]);
  expect(useBars(yearsOf([month("2024-03", 1n)]), TODAY)).toEqual([]);
});
