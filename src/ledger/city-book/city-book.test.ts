import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedDemonstration } from "#src/demo/seed-demonstration.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { buildBuilding, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { buildDeposit, buildUse } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { LEDGER_CHECKS } from "../checks.ts";
import { addPeriodFigures, readPeriodFigures } from "../period-figures.ts";
import { reverseJournal } from "../post-journal.ts";
import { runChecks } from "../run-checks.ts";
import type { FundMonth, MonthMovement } from "./fund-months.ts";
import { addFundYears, closingOf, type FundYear, fundYears } from "./fund-years.ts";
import { findListedEstate, listEstates, readEstateYears } from "./list-estates.ts";
import { listUses } from "./list-uses.ts";
import { type CityBook, openCityBook } from "./read-city-book.ts";
import { monthsOfYear, readDistrictMonths, readEstateMonths, readMonths } from "./read-months.ts";
import { catchUpCityBook, refreshCityBook } from "./refresh-city-book.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  await seedDemonstration({
    owner: database.owner,
    ownerConnection: database.ownerConnection,
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    houses: 400,
    clock: () => NOW,
  });
  city = { ...(await buildCityBeside()), db: database.db, owner: database.owner };
}, 120_000);
afterAll(() => database?.drop());

/** The builders' accounts and standard beside the demonstration's: its districts and banks are there already. */
async function buildCityBeside(): Promise<TestCity> {
  const { rows } = await sql<{ custody: number; standard: number }>`
    select (select min(id) from custody_account) as custody,
      (select min(id) from deposit_standard where basis = 'AREA') as standard`.execute(
    database.owner,
  );
  return {
    db: database.db,
    owner: database.owner,
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    custodyAccountId: rows[0]?.custody ?? 0,
    standardId: rows[0]?.standard ?? 0,
  };
}

const clock = () => NOW;
async function readBook(policy: "open" | "login" = "open"): Promise<CityBook> {
  const book = await openCityBook({ db: database.db, clock, policy })();
  return typeof book === "string" ? expect.fail(book) : book;
}

const addMoved = (moved: readonly MonthMovement[]) =>
  moved.reduce((sum, one) => sum + one.depositedFen, 0n);

/** Months open with what the year opens with, follow each other, move what it moves and close with what it closes. */
function expectMonthsOf(months: readonly FundMonth[], year: FundYear | undefined): void {
  expect(months.length > 0).toBe(year !== undefined);
  if (year === undefined) return;
  for (const [at, month] of months.entries()) {
    expect(month.closingFen).toBe(closingOf(month));
    expect(month.openingFen).toBe(months[at - 1]?.closingFen ?? year.openingFen);
  }
  expect({
    ...addPeriodFigures(months),
    openingFen: months[0]?.openingFen,
    closingFen: months.at(-1)?.closingFen,
    firstPaidFen: months.at(-1)?.firstPaidFen,
    year: year.year,
  }).toEqual(year);
}

const AMOUNTS = [
  "openingFen",
  "depositedFen",
  "interestFen",
  "usedFen",
  "refundedFen",
  "otherFen",
  "closingFen",
] as const;

describe("the city's book", () => {
  test("says of every year and estate what the ledger says house by house", async () => {
    await catchUpCityBook(database.db, NOW);
    const { estates } = await listEstates(
      database.db,
      { districtCodes: null, words: "", without: [] },
      { order: "name", offset: 0, limit: 100 },
    );
    expect(estates.length).toBeGreaterThan(1);
    const book = await readBook();
    for (const year of [2021, 2023, 2025, 2026]) {
      const told = [];
      for (const estate of estates) {
        const period = {
          startsOn: calendarDate(`${year}-01-01`),
          endsOn: calendarDate(`${year}-12-31`),
        };
        const slow = addPeriodFigures(await readPeriodFigures(database.db, estate.id, period));
        const years = (await readEstateYears(database.db, [estate.id])).get(estate.id) ?? [];
        const fast = fundYears(years, 2026).find((one) => one.year === year);
        for (const key of AMOUNTS)
          expect(fast?.[key] ?? 0n, `${estate.code} ${key}`).toBe(slow[key]);
        if (fast) told.push(fast);
      }
      const whole = addFundYears(told);
      const ofCity = book.years.find((one) => one.year === year);
      const ofDistricts = addFundYears(
        book.districts.flatMap((one) => one.years.filter((some) => some.year === year)),
      );
      expect(ofCity).toBeDefined();
      expect(whole).toEqual(ofCity);
      expect(ofDistricts).toEqual(ofCity);
    }
  });

  test("closes with what all houses hold, and its 充足率 with what they deposited first", async () => {
    const book = await readBook();
    const { rows } = await sql<{ fen: bigint; first: bigint }>`
      select sum(b.principal_fen + b.interest_fen)::bigint as fen,
          sum(b.first_paid_fen) filter (where h.status <> 'closed')::bigint as first
        from house_balance b join house h on h.estate_id = b.estate_id and h.id = b.house_id`.execute(
      database.owner,
    );
    const last = book.years.at(-1);
    expect(last?.year).toBe(2026);
    expect(last?.closingFen).toBe(rows[0]?.fen);
    expect(last?.firstPaidFen).toBe(rows[0]?.first);
    expect(book.now.principalFen + book.now.interestFen).toBe(rows[0]?.fen);
    expect(book.now.firstPaidFen).toBe(rows[0]?.first);
  });

  test("follows a posting, a reversal in a later year, and a use that was taken back", async () => {
    const building = await buildBuilding(city);
    const house = await buildHouse(city, { building });
    const paid = await buildDeposit(city, house, {
      amountFen: fen(500_000n),
      bookDate: calendarDate("2024-05-06"),
    });
    await buildDeposit(city, house, {
      amountFen: fen(7n),
      depositKind: "05",
      bookDate: calendarDate("2025-02-03"),
    });
    const use = await buildUse(city, house, fen(3n));
    expect(await refreshCityBook(city.db, NOW)).toBeGreaterThan(0);
    const before = await readBook();
    await city.owner.transaction().execute((tx) =>
      reverseJournal(tx, {
        journalId: use.journalId,
        bookDate: calendarDate("2026-11-23"),
        actor: "test",
      }),
    );
    await city.owner.transaction().execute((tx) =>
      reverseJournal(tx, {
        journalId: paid.journalId,
        bookDate: calendarDate("2026-11-23"),
        actor: "test",
      }),
    );
    await refreshCityBook(city.db, NOW);
    const after = await readBook();
    expect(after.mark).not.toBe(before.mark);
    const estate = (await findListedEstate(city.db, building.estateCode)) ?? expect.fail();
    const years = (await readEstateYears(city.db, [estate.id])).get(estate.id) ?? [];
    expect(fundYears(years, 2026).map(({ year, closingFen }) => [year, closingFen])).toEqual([
      [2024, 500_000n],
      [2025, 500_007n],
      [2026, 7n],
    ]);
    expect(fundYears(years, 2026).at(-1)).toMatchObject({
      depositedFen: -500_000n,
      usedFen: 0n,
      firstPaidFen: 0n,
    });
    const estates = { kind: "estates", estateIds: [estate.id] } as const;
    const monthsOf = async (year: number) =>
      (await readMonths(city.db, estates, { year, today: "2026-11-23" })).map((one) => [
        one.month,
        one.depositedFen,
        one.closingFen,
      ]);
    expect((await monthsOf(2024)).slice(0, 2)).toEqual([
      ["2024-05", 500_000n, 500_000n],
      ["2024-06", 0n, 500_000n],
    ]);
    expect(await monthsOf(2025)).toHaveLength(12);
    expect((await monthsOf(2026)).at(-1)).toEqual(["2026-11", -500_000n, 7n]);
    expect(await monthsOf(2023)).toEqual([]);
    const { uses } = await listUses(
      city.db,
      { districtCodes: null, estateId: estate.id, year: null, words: "", without: [] },
      { offset: 0, limit: 9 },
    );
    expect(uses).toEqual([]);
  });

  test("tells the months of every estate so that each year is made of them, and the city of its estates", async () => {
    const { rows: estates } = await sql<{
      id: number;
    }>`select estate_id as id from estate_now order by 1`.execute(city.owner);
    const ids = estates.map(({ id }) => id);
    const yearsOf = await readEstateYears(city.db, ids);
    const book = await readBook();
    for (const year of [2021, 2023, 2024, 2025, 2026]) {
      const span = { year, today: "2026-11-23" };
      const monthsOf = await readEstateMonths(city.db, ids, year);
      for (const id of ids) {
        const months = monthsOfYear([monthsOf.get(id) ?? { earlier: [], moved: [] }], span);
        const told = fundYears(yearsOf.get(id) ?? [], 2026).find((one) => one.year === year);
        expectMonthsOf(months, told);
      }
      const ofCity = await readMonths(city.db, { kind: "city" }, span);
      const ofYear = book.years.find((one) => one.year === year);
      expect(ofYear).toBeDefined();
      expectMonthsOf(ofCity, ofYear);
      expect(ofCity.at(-1)?.month).toBe(year === 2026 ? "2026-11" : `${year}-12`);
      const together = monthsOfYear([...monthsOf.values()], span);
      expect(together).toEqual(ofCity);
      for (const { codes, years } of book.districts) {
        const ofDistrict = await readMonths(city.db, { kind: "districts", codes }, span);
        expectMonthsOf(
          ofDistrict,
          years.find((one) => one.year === year),
        );
      }
    }
    const moved = [...(await readDistrictMonths(city.db)).values()].flat();
    expect(addMoved(moved)).toBe(book.years.reduce((sum, one) => sum + one.depositedFen, 0n));
  });

  test("says nothing new of what did not move", async () => {
    const before = await readBook();
    await catchUpCityBook(city.db, NOW);
    expect((await readBook()).mark).toBe(before.mark);
  });

  test("tells small estates only together where the policy does not open every house", async () => {
    const open = await readBook("open");
    const closed = await readBook("login");
    expect(open.districts.flatMap((one) => one.together)).toEqual([]);
    const hidden = closed.districts.flatMap((one) => one.together);
    expect(hidden.length).toBeGreaterThan(1);
    const { rows } = await sql<{ houses: number }>`
      select sum(house_count)::int as houses from estate_now where estate_id = any(${hidden})`.execute(
      city.owner,
    );
    expect(rows[0]?.houses).toBeGreaterThanOrEqual(5);
    expect(closed.years).toEqual(open.years);
  });

  test("is held to the entries by a check, which names an estate that is told otherwise", async () => {
    const find = async () =>
      (await runChecks(city.db, LEDGER_CHECKS)).flatMap(({ name, offenders }) =>
        offenders.length === 0 ? [] : [name.slice(0, 3)],
      );
    await catchUpCityBook(city.db, NOW);
    expect(await find()).toEqual([]);
    await sql`update estate_year set used_fen = used_fen + 1 where (estate_id, year)
      = (select estate_id, year from estate_year order by 1, 2 limit 1)`.execute(city.db);
    expect(await find()).toEqual(["L15", "L15"]);
    await catchUpCityBook(city.db, NOW);
    expect(await find()).toEqual([]);
    await sql`update estate_month set deposited_fen = deposited_fen - 1, other_fen = other_fen + 1
      where (estate_id, year, month)
      = (select estate_id, year, month from estate_month order by 1, 2, 3 limit 1)`.execute(
      city.db,
    );
    expect(await find()).toEqual(["L15", "L15"]);
    await catchUpCityBook(city.db, NOW);
    expect(await find()).toEqual([]);
  });
});
