import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedDemonstration } from "#src/demo/seed-demonstration.ts";
import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import { countStanding } from "#src/ledger/estate-book/building-totals.ts";
import { openEstateBooks } from "#src/ledger/estate-book/estate-book.ts";
import { listBuildingHouses } from "#src/ledger/estate-book/list-buildings.ts";
import { readHoldingsMark } from "#src/ledger/estate-figures.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { houseStanding } from "#src/ledger/house-standing.ts";
import { listHouseLines } from "#src/ledger/list-house-entries.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import { NOW, TODAY } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { findEstate } from "./queries.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedDemonstration({
    owner: database.owner,
    ownerConnection: database.ownerConnection,
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    houses: 400,
    clock: () => NOW,
  });
}, 120_000);
afterAll(() => database?.drop());

const clock = { now: NOW };
async function readBook(code: string) {
  const { db } = database;
  const estate = (await findEstate(db, code)) ?? expect.fail(`no estate ${code}`);
  const read = openEstateBooks({ db, clock: () => clock.now });
  return { estate, book: await read(estate.id, await readHoldingsMark(db, estate.id)) };
}

/** Every house by itself, as 查看明细 reads it. */
async function readHouses(estateId: number) {
  const { db } = database;
  const { rows } = await sql<{ code: string; building_id: number }>`
    select code, building_id from house where estate_id = ${estateId}`.execute(db);
  const settings = await getCitySettings(db, TODAY);
  const houses = [];
  for (const { code, building_id } of rows) {
    const house = (await findHouseByCode(db, code)) as House;
    const balance = await getHouseBalance(db, house);
    const standing = houseStanding(house, balance, settings).kind;
    houses.push({
      code,
      building_id,
      house,
      balance,
      standing,
      lines: await listHouseLines(db, house),
    });
  }
  return houses;
}

describe("the book of an estate", () => {
  test("says of every building what its houses say one by one", async () => {
    const { estate, book } = await readBook("SL0126");
    const houses = await readHouses(estate.id);
    expect(houses.length).toBeGreaterThan(300);
    expect(new Set(houses.map((one) => one.standing)).size).toBeGreaterThan(3);
    const add = (all: Fen[]) => addFen(ZERO_FEN, ...all);
    for (const building of book.buildings) {
      const own = houses.filter((one) => one.building_id === building.buildings[0]?.id);
      expect(building.houseCount).toBe(own.length);
      expect(building.principalFen).toBe(add(own.map((one) => one.balance.principalFen)));
      expect(building.interestFen).toBe(add(own.map((one) => one.balance.interestFen)));
      expect(building.firstPaidFen).toBe(add(own.map((one) => one.balance.firstPaidFen)));
      for (const kind of [
        "unpaid",
        "part-paid",
        "below-trigger",
        "paid-in-full",
        "exempt",
      ] as const) {
        const counted = own.filter((one) => one.standing === kind).length;
        expect(countStanding(building, kind), kind).toBe(counted);
      }
      const key = building.buildings[0]?.key ?? "";
      const listed = await listBuildingHouses(database.db, estate.id, key, 30);
      expect(new Map(listed.map((one) => [one.code, one.standing]))).toEqual(
        new Map(own.map((one) => [one.code, one.standing])),
      );
    }
  });

  test("says of every month and every use what the house ledgers say line by line", async () => {
    const { estate, book } = await readBook("SL0126");
    const lines = (await readHouses(estate.id)).flatMap((one) => one.lines);
    const total = (kind: string, month: string) =>
      addFen(
        ZERO_FEN,
        ...lines
          .filter((line) => line.kind === kind && line.bookDate.startsWith(month))
          .map((line) => addFen(line.principalFen, line.interestFen)),
      );
    let balance = 0n;
    for (const month of book.history.months) {
      expect(month.depositedFen).toBe(total("deposit", month.month));
      expect(month.interestFen).toBe(total("interest", month.month));
      expect(-month.usedFen).toBe(total("use", month.month));
      balance += month.depositedFen + month.interestFen - month.usedFen + month.otherFen;
      expect(month.balanceFen).toBe(balance);
    }
    expect(balance).toBe(book.totals.principalFen + book.totals.interestFen);
    const used = addFen(ZERO_FEN, ...book.history.uses.map((use) => use.amountFen));
    expect(-used).toBe(total("use", ""));
    expect(book.history.uses.length).toBeGreaterThan(2);
    expect(book.history.uses[0]?.projectName).not.toBe("维修使用");
    expect(book.history.bookedUntil).toBe(
      lines
        .map((line) => line.bookDate)
        .sort()
        .at(-1),
    );
  });

  test("is there for an estate without buildings", async () => {
    await sql`insert into estate (code, name, district_code, district_name, custody_account_id)
      select 'SL9901', '云岭新筑', district_code, district_name, custody_account_id
        from estate where code = 'SL0126'`.execute(database.owner);
    const { book } = await readBook("SL9901");
    expect(book.buildings).toEqual([]);
    expect(book.history).toEqual({ months: [], uses: [], bookedUntil: null });
  });

  test("is nothing for what is no code of an estate", async () => {
    for (const code of ["", "SL", "sl0126", "SL0126 ", "SL0126-12", "SL99999999", "'; --", "\0"]) {
      expect(await findEstate(database.db, code)).toBeNull();
    }
  });
});

test("tells nothing of how a house stands when it may not", async () => {
  const estate = (await findEstate(database.db, "SL0126")) ?? expect.fail("no estate");
  const houses = await listBuildingHouses(database.db, estate.id, "12", null);
  expect(houses.length).toBeGreaterThan(300);
  expect(houses.filter((house) => house.standing !== null)).toEqual([]);
});
