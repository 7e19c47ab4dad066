import { describe, expect, test } from "vitest";
import { fen, isBelowShare, ZERO_FEN } from "#src/kernel/money.ts";
import {
  addTotals,
  type BuildingTotals,
  balanceOf,
  countLiable,
} from "#src/ledger/estate-book/building-totals.ts";
import { formatTenths, shareTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { guidanceFor, publishableTotals } from "./rules.ts";

describe("充足率", () => {
  test.each([
    [918_640_000n, 1_009_494_505n, "91.0%"],
    [1n, 3n, "33.3%"],
    [2n, 3n, "66.7%"],
    [1_999n, 2_000n, "100.0%"],
    [1_998n, 2_000n, "99.9%"],
    [0n, 764_745n, "0.0%"],
    [1_063n, 1_000n, "106.3%"],
    [90_000_000_000_000n, 1n, "9000000000000000.0%"],
  ])("%d fen of %d deposited is %s, by whole numbers", (balance, deposited, words) => {
    expect(formatTenths(sufficiencyTenths(fen(balance), fen(deposited)) ?? -1n)).toBe(words);
  });

  test("is nothing where nothing was deposited", () => {
    expect(sufficiencyTenths(fen(5n), ZERO_FEN)).toBeNull();
  });

  test("is only shown rounded: the 30 % rule itself is exact to the fen", () => {
    const deposited = fen(764_745n);
    expect(isBelowShare(fen(229_423n), deposited, 30)).toBe(true);
    expect(isBelowShare(fen(229_424n), deposited, 30)).toBe(false);
    for (const balance of [229_423n, 229_424n]) {
      expect(formatTenths(sufficiencyTenths(fen(balance), deposited) ?? -1n)).toBe("30.0%");
    }
  });
});

test("a share of houses is rounded half up, and is nothing of none", () => {
  expect([shareTenths(1, 3), shareTenths(1, 8), shareTenths(0, 7), shareTenths(1, 0)]).toEqual([
    333n,
    125n,
    0n,
    null,
  ]);
});

test.each([
  ["", "empty"],
  ["　 ", "empty"],
  ["园", "too-short"],
  ["！？。", "too-short"],
  ["园".repeat(101), "too-long"],
  ["花园", null],
  ["sl", null],
  ["园".repeat(100), null],
] as const)("the words “%s” are %s", (typed, guidance) => {
  expect(guidanceFor(typed)).toBe(guidance);
});

let ids = 0;
function building(houseCount: number): BuildingTotals {
  ids += 1;
  return {
    buildings: [{ id: ids, key: `${ids}`, label: `${ids}幢`, floors: 6 }],
    houseCount,
    areaHundredths: BigInt(houseCount) * 10_000n,
    principalFen: fen(BigInt(houseCount) * 100n),
    interestFen: fen(BigInt(houseCount)),
    firstPaidFen: fen(BigInt(houseCount) * 100n),
    standings: new Map([
      ["paid-in-full", houseCount],
      ["exempt", 0],
    ]),
  };
}

const sizesOf = (published: readonly BuildingTotals[] | null) =>
  published?.map((one) => one.houseCount) ?? null;

describe("what is published of buildings", () => {
  test("is each one where every house is open to everybody", () => {
    expect(sizesOf(publishableTotals([building(1), building(60)], "open"))).toEqual([1, 60]);
  });

  test.each(["verified", "login"] as const)(
    "tells small ones only together, so that none is a single house's balance (%s)",
    (policy) => {
      const published = (...sizes: number[]) =>
        sizesOf(publishableTotals(sizes.map(building), policy));
      expect(published(60, 40)).toEqual([60, 40]);
      expect(published(60, 2, 3, 40)).toEqual([60, 40, 5]);
      expect(published(60, 4)).toEqual([64]);
      expect(published(60, 1, 9, 40)).toEqual([60, 40, 10]);
      expect(published(1, 2)).toBeNull();
      expect(published(0, 60)).toEqual([0, 60]);
      expect(published()).toEqual([]);
    },
  );

  test("adds up to the whole estate, whatever is told together", () => {
    const all = [60, 2, 3, 40, 1].map(building);
    const whole = addTotals(all);
    const told = addTotals(publishableTotals(all, "login") ?? []);
    expect(told.houseCount).toBe(whole.houseCount);
    expect(balanceOf(told)).toBe(balanceOf(whole));
    expect(told.buildings).toHaveLength(5);
    expect(countLiable(told)).toBe(106);
  });
});
