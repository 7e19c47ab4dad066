import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedStaff } from "#src/demo/staff.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import {
  buildBuilding,
  buildCity,
  buildHouse,
  NOW,
  type TestBuilding,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { buildDeposit } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { fundYears } from "../city-book/fund-years.ts";
import { findLaterChanges } from "./compare-years.ts";
import { findImbalance } from "./content.ts";
import { lockYear } from "./lock-year.ts";
import { prepareYear } from "./prepare-year.ts";
import { findLockedYear, listPreparedYears } from "./read-locked-years.ts";
import { readEstatesOfYear } from "./reckon-year.ts";

let database: TestDatabase;
let city: TestCity;
let building: TestBuilding;
let house: House;
let staff: number[];
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await seedStaff(database.owner);
  building = await buildBuilding(city);
  house = await buildHouse(city, { building });
  const rows = await city.owner.selectFrom("staff_member").select("id").orderBy("id").execute();
  staff = rows.map(({ id }) => id);
});
afterAll(() => database?.drop());

/** Each test has a year of its own, in which the one house of the city paid 3 fen. */
let year = 2000;
beforeEach(async () => {
  year += 1;
  await pay(3n);
});

async function pay(amount: bigint): Promise<void> {
  await buildDeposit(city, house, {
    amountFen: fen(amount),
    depositKind: "05",
    bookDate: calendarDate(`${year}-07-01`),
  });
}

const AUDIT = auditOf("year-prepared", "staff:test");
const act = (by: number) => ({
  year,
  staffId: staff[by] ?? 0,
  policy: "open" as const,
  audit: AUDIT,
  now: NOW,
});

async function prepare(by = 0): Promise<bigint> {
  const outcome = await prepareYear(city.db, act(by));
  return outcome.kind === "prepared" ? outcome.preparedYearId : expect.fail(outcome.kind);
}

describe("a year", () => {
  test("is prepared by one person, locked by another, and kept as text under its hash", async () => {
    const preparedYearId = await prepare(0);
    expect((await listPreparedYears(city.db)).map((one) => one.year)).toContain(year);
    expect(await lockYear(city.db, { ...act(1), preparedYearId })).toEqual({
      kind: "locked",
      version: 1,
    });
    const locked = (await findLockedYear(city.db, year, null)) ?? expect.fail();
    expect(locked.hash).toBe(createHash("sha256").update(locked.text).digest("hex"));
    expect(findImbalance(locked.content)).toBeNull();
    expect(locked.content.city).toMatchObject({ deposited: "0.03", estateCount: 1 });
    expect(locked.content.estates).toMatchObject([{ numbers: [building.estateCode] }]);
    expect((await listPreparedYears(city.db)).map((one) => one.year)).not.toContain(year);
  });

  test("is not locked by whoever prepared it, neither by us nor by the database", async () => {
    const preparedYearId = await prepare(0);
    expect(await lockYear(city.db, { ...act(0), preparedYearId })).toEqual({
      kind: "own-preparation",
    });
    expect(await refusalOf(insertLock(preparedYearId, { locked_by: staff[0] ?? 0 }))).toBe("WX071");
    expect(await refusalOf(insertLock(preparedYearId, { version: 2 }))).toBe("WX073");
    expect(await refusalOf(insertLock(preparedYearId, { year: 1999 }))).toBe("WX070");
  });

  test("is not prepared before it is over", async () => {
    const thisYear = Number.parseInt(TODAY.slice(0, 4), 10);
    expect(await prepareYear(city.db, { ...act(0), year: thisYear })).toEqual({ kind: "not-over" });
  });

  test("is not locked when its books changed after it was prepared", async () => {
    const preparedYearId = await prepare(0);
    await pay(1n);
    expect(await lockYear(city.db, { ...act(1), preparedYearId })).toEqual({ kind: "outdated" });
    const again = await prepare(0);
    expect(await lockYear(city.db, { ...act(1), preparedYearId })).toEqual({ kind: "replaced" });
    expect(await refusalOf(insertLock(preparedYearId, {}))).toBe("WX072");
    expect(await lockYear(city.db, { ...act(1), preparedYearId: again })).toMatchObject({
      kind: "locked",
    });
  });

  test("that says the same is neither prepared nor locked twice", async () => {
    const preparedYearId = await prepare(0);
    expect(await prepareYear(city.db, act(1))).toEqual({ kind: "prepared-already" });
    const outcomes = await Promise.all(
      [1, 2, 3].map((by) => lockYear(city.db, { ...act(by), preparedYearId })),
    );
    expect(outcomes.filter(({ kind }) => kind === "locked")).toHaveLength(1);
    expect(await prepareYear(city.db, act(1))).toEqual({ kind: "unchanged", version: 1 });
  });

  test("is prepared once when three ask at the same moment", async () => {
    const outcomes = await Promise.all([0, 1, 2].map((by) => prepareYear(city.db, act(by))));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      "prepared",
      "prepared-already",
      "prepared-already",
    ]);
  });

  test("tells what a correction booked back changes in it, and its second version leaves the first", async () => {
    await lockYear(city.db, { ...act(1), preparedYearId: await prepare(0) });
    const first = (await findLockedYear(city.db, year, null)) ?? expect.fail();
    await pay(5n);
    const preparedYearId = await prepare(2);
    const changes = await city.db.transaction().execute(async (tx) => {
      const estates = await readEstatesOfYear(tx, year);
      const whole = estates.find(({ code }) => code === building.estateCode)?.year;
      return findLaterChanges(first.content, { city: whole ?? expect.fail(), estates });
    });
    expect(
      changes.map(({ name, figure, nowFen, lockedFen }) => [name, figure, nowFen - lockedFen]),
    ).toEqual(
      ["", first.content.estates[0]?.name].flatMap((name) => [
        [name, "deposited", 5n],
        [name, "closing", 5n],
      ]),
    );
    expect(await lockYear(city.db, { ...act(1), preparedYearId })).toEqual({
      kind: "locked",
      version: 2,
    });
    expect(await findLockedYear(city.db, year, 1)).toEqual(first);
    expect((await findLockedYear(city.db, year, null))?.content.city.deposited).toBe("0.08");
  });

  test.each([
    "update prepared_year set content = content || ' '",
    "delete from prepared_year",
    "truncate prepared_year cascade",
    "update locked_year set version = version + 1",
    "delete from locked_year",
    "truncate locked_year",
  ])("never changes once it is written: %s", async (change) => {
    await lockYear(city.db, { ...act(1), preparedYearId: await prepare(0) });
    expect(await refusalOf(sql.raw(change).execute(city.db))).toBe("42501");
    expect(await refusalOf(sql.raw(change).execute(city.owner))).toBe("WX001");
  });
});

test("years follow one another without a gap, each opening with what the last one closed with", () => {
  const moved = {
    depositedFen: fen(10n),
    interestFen: fen(1n),
    usedFen: fen(4n),
    refundedFen: fen(2n),
    otherFen: fen(0n),
    firstPaidFen: fen(10n),
  };
  const years = fundYears(
    [
      { year: 2020, ...moved },
      { year: 2022, ...moved },
    ],
    2023,
  );
  expect(years.map((one) => [one.year, one.openingFen, one.closingFen, one.firstPaidFen])).toEqual([
    [2020, 0n, 5n, 10n],
    [2021, 5n, 5n, 10n],
    [2022, 5n, 10n, 20n],
    [2023, 10n, 10n, 20n],
  ]);
  expect(fundYears([], 2023)).toEqual([]);
});

async function insertLock(
  preparedYearId: bigint,
  otherwise: Partial<{ locked_by: number; version: number; year: number }>,
): Promise<void> {
  await city.owner
    .insertInto("locked_year")
    .values({
      prepared_year_id: preparedYearId,
      year,
      version: 1,
      locked_by: staff[1] ?? 0,
      locked_at: NOW,
      ...otherwise,
    })
    .execute();
}

async function refusalOf(act: Promise<unknown>): Promise<string | undefined> {
  return await act.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );
}
