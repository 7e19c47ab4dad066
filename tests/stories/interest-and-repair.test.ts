import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { apportion, type Fen, fen, negateFen } from "#src/kernel/money.ts";
import { type Journal, type JournalEntry, postJournal } from "#src/ledger/post-journal.ts";
import { buildBuilding, buildCity, buildHouse, type TestCity } from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import { buildDeposit } from "../support/payment-builders.ts";
import { lastJournal, printedStory } from "../support/print-journals.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(async () => {
  expect(await listOffenders(city.db)).toEqual([]);
  await database.drop();
});

async function post(kind: Journal["kind"], bookDate: CalendarDate, entries: JournalEntry[]) {
  const head = { kind, bookDate, valueDate: bookDate, actor: "test" };
  await city.owner
    .transaction()
    .execute((tx) =>
      postJournal(tx, { ...head, idempotencyKey: `story-${randomUUID()}`, entries }),
    );
}
const custody = (account: "1001" | "3101", amountFen: Fen): JournalEntry => ({
  account,
  custodyAccountId: city.custodyAccountId,
  amountFen,
});

test("a year's interest comes from the bank and is shared; then a repair is shared by area", async () => {
  const building = await buildBuilding(city);
  const areas = { "501": 8997, "502": 12_034, "503": 7550 };
  const houses: Record<string, Awaited<ReturnType<typeof buildHouse>>> = {};
  for (const [room, areaHundredths] of Object.entries(areas)) {
    houses[room] = await buildHouse(city, { building, areaHundredths });
  }
  const all = Object.values(houses);
  const since = await lastJournal(city.db);
  for (const house of all) {
    const amountFen = house.dueFen ?? fen(0n);
    await buildDeposit(city, house, { amountFen, bookDate: calendarDate("2025-06-30") });
  }

  // 1.50 % on each balance for 360 days of 360, half-up to the fen.
  const interest = [fen(16_195), fen(21_661), fen(13_590)];
  const sum = fen(51_446);
  const settled = calendarDate("2026-06-30");
  await post("bank-interest", settled, [custody("1001", sum), custody("3101", negateFen(sum))]);
  await post("interest", settled, [
    custody("3101", sum),
    ...all.map((house, at) => ({
      account: "3001.02" as const,
      house,
      amountFen: negateFen(interest[at] ?? fen(0n)),
    })),
  ]);

  const cost = fen(1_000_000);
  const shares = apportion(cost, Object.values(areas).map(BigInt));
  await post("use", calendarDate("2026-09-10"), [
    ...all.map((house, at) => ({
      account: "3001.01" as const,
      house,
      amountFen: shares[at] ?? fen(0n),
    })),
    custody("1001", negateFen(cost)),
  ]);

  expect(await printedStory(city.db, { since, houses })).toMatchInlineSnapshot(`
    "
    no  kind           book date   account                        house      debit     credit
    --  -------------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit        2025-06-30  1001 银行存款                         10,796.40
                                   3001.01 商品住宅维修资金·本金  501               10,796.40
     2  deposit        2025-06-30  1001 银行存款                         14,440.80
                                   3001.01 商品住宅维修资金·本金  502               14,440.80
     3  deposit        2025-06-30  1001 银行存款                          9,060.00
                                   3001.01 商品住宅维修资金·本金  503                9,060.00
     4  bank-interest  2026-06-30  1001 银行存款                            514.46
                                   3101 待分配累计收益                                 514.46
     5  interest       2026-06-30  3101 待分配累计收益                      514.46
                                   3001.02 商品住宅维修资金·利息  501                  161.95
                                   3001.02 商品住宅维修资金·利息  502                  216.61
                                   3001.02 商品住宅维修资金·利息  503                  135.90
     6  use            2026-09-10  3001.01 商品住宅维修资金·本金  501     3,147.90
                                   3001.01 商品住宅维修资金·本金  502     4,210.49
                                   3001.01 商品住宅维修资金·本金  503     2,641.61
                                   1001 银行存款                                    10,000.00

    501 holds principal 7,648.50, interest 161.95; of the first deposit 10,796.40
    502 holds principal 10,230.31, interest 216.61; of the first deposit 14,440.80
    503 holds principal 6,418.39, interest 135.90; of the first deposit 9,060.00
    "
  `);
});
