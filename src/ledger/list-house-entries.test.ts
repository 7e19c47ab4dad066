import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { buildCity, buildHouse, type TestCity, TODAY } from "#tests/support/builders.ts";
import {
  buildDeposit,
  buildPaidHouse,
  buildUse,
  takeBack,
} from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { listHouseLines } from "./list-house-entries.ts";
import { postJournal } from "./post-journal.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

test("a house without money has no lines", async () => {
  expect(await listHouseLines(city.db, await buildHouse(city))).toEqual([]);
});

test("lines come newest first, each with the balance after it", async () => {
  const house = await buildHouse(city);
  await buildDeposit(city, house, { amountFen: fen(1000), bookDate: calendarDate("2025-01-02") });
  await buildUse(city, house, fen(300));
  await buildDeposit(city, house, { amountFen: fen(50), depositKind: "02" });
  const lines = await listHouseLines(city.db, house);
  expect(
    lines.map(({ kind, principalFen, balanceFen }) => [kind, principalFen, balanceFen]),
  ).toEqual([
    ["deposit", 50n, 750n],
    ["use", -300n, 700n],
    ["deposit", 1000n, 1000n],
  ]);
});

test("a journal that was written down late stands on its own day", async () => {
  const house = await buildHouse(city);
  await buildDeposit(city, house, { amountFen: fen(7), bookDate: TODAY });
  await buildDeposit(city, house, { amountFen: fen(5), bookDate: addDays(TODAY, -10) });
  const lines = await listHouseLines(city.db, house);
  expect(lines.map(({ principalFen, balanceFen }) => [principalFen, balanceFen])).toEqual([
    [7n, 12n],
    [5n, 5n],
  ]);
});

test("principal and interest of one journal are one line, and other houses' entries are not in it", async () => {
  const [house, neighbour] = [await buildHouse(city), await buildHouse(city)];
  await city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "opening",
      bookDate: TODAY,
      valueDate: TODAY,
      idempotencyKey: "opening-two-houses",
      actor: "test",
      entries: [
        { account: "1001", custodyAccountId: city.custodyAccountId, amountFen: fen(111) },
        { account: "3001.01", house, amountFen: fen(-100) },
        { account: "3001.02", house, amountFen: fen(-10), note: { dayCount: 360, segments: [] } },
        { account: "3001.01", house: neighbour, amountFen: fen(-1) },
      ],
    }),
  );
  const [line, ...others] = await listHouseLines(city.db, house);
  expect(others).toEqual([]);
  expect([line?.principalFen, line?.interestFen, line?.balanceFen]).toEqual([100n, 10n, 110n]);
  expect(line?.entryNote).toEqual({ dayCount: 360, segments: [] });
});

test("a reversed deposit stays in the history with its contra entry", async () => {
  const { house, notice } = await buildPaidHouse(city);
  await takeBack(city, notice.no);
  const lines = await listHouseLines(city.db, house);
  expect(lines.map(({ kind, noticeNo, balanceFen }) => [kind, noticeNo, balanceFen])).toEqual([
    ["reversal", notice.no, 0n],
    ["deposit", notice.no, 1_185_120n],
  ]);
  // The deposit explains itself: the basis of the notice is kept with it.
  expect(lines[1]?.journalNote).toMatchObject({ areaHundredths: 9876, dueFen: "1185120" });
});
