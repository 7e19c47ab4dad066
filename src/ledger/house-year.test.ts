import { afterAll, beforeAll, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, fen } from "#src/kernel/money.ts";
import { buildCity, buildHouse, type TestCity } from "#tests/support/builders.ts";
import { buildDeposit, buildUse } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { getHouseBalance } from "./house-balances.ts";
import { getHouseYear, listHouseYears } from "./house-year.ts";
import { sumLines } from "./sum-lines.ts";

let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

async function paidHouse() {
  const house = await buildHouse(city);
  for (const [day, amount] of [
    ["2024-12-31", 100_000n],
    ["2025-01-01", 20_000n],
    ["2025-12-31", 3_000n],
  ] as const) {
    await buildDeposit(city, house, { amountFen: fen(amount), bookDate: calendarDate(day) });
  }
  await buildUse(city, house, fen(50_000n));
  return house;
}

test("a year begins with what was there before its first day and ends with its last line", async () => {
  const house = await paidHouse();
  const year = await getHouseYear(city.db, house, 2025);
  expect(year.opening).toEqual({ principalFen: 100_000n, interestFen: 0n });
  expect(year.lines.map(({ bookDate, balanceFen }) => [bookDate, balanceFen])).toEqual([
    ["2025-01-01", 120_000n],
    ["2025-12-31", 123_000n],
  ]);
  expect(year.closing).toEqual({ principalFen: 123_000n, interestFen: 0n });
});

test("the years of a house are those with entries, and each opens as the one before closed", async () => {
  const house = await paidHouse();
  expect(await listHouseYears(city.db, house)).toEqual([2026, 2025, 2024]);
  const years = await Promise.all([2024, 2025, 2026].map((n) => getHouseYear(city.db, house, n)));
  for (const [at, year] of years.entries()) {
    const before = years[at - 1]?.closing ?? { principalFen: 0n, interestFen: 0n };
    expect(year.opening).toEqual(before);
    const { depositFen, interestFen, usedFen, refundedFen } = sumLines(year.lines);
    const change = addFen(depositFen, interestFen, usedFen, refundedFen);
    expect(addFen(year.opening.principalFen, change)).toBe(year.closing.principalFen);
  }
  const { principalFen } = await getHouseBalance(city.db, house);
  expect(years.at(-1)?.closing.principalFen).toBe(principalFen);
});

test("a year without entries ends as it began, and another house's money is not in it", async () => {
  await paidHouse();
  const untouched = await buildHouse(city);
  expect(await listHouseYears(city.db, untouched)).toEqual([]);
  const empty = await getHouseYear(city.db, untouched, 2025);
  expect(empty).toMatchObject({ lines: [], closing: { principalFen: 0n, interestFen: 0n } });
});
