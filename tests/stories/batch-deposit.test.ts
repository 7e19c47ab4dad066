import { afterAll, beforeAll, expect, test } from "vitest";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { buildBatch } from "../support/batch-builders.ts";
import { buildBuilding, buildCity, buildHouse, NOW, type TestCity } from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  confirmationOf,
  findDepositDescriptor,
  openAtDesk,
  takeBack,
} from "../support/payment-builders.ts";
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

interface Houses {
  a: House;
  b: House;
  c: House;
}

/** Plays a story about three houses of a building, 601 to 603, and prints what it left in the books. */
async function story(play: (houses: Houses) => Promise<void>): Promise<string> {
  const building = await buildBuilding(city);
  const a = await buildHouse(city, { building });
  const b = await buildHouse(city, { building, areaHundredths: 12_005 });
  const c = await buildHouse(city, { building, houseNature: "reform" });
  const since = await lastJournal(city.db);
  await play({ a, b, c });
  return await printedStory(city.db, { since, houses: { "601": a, "602": b, "603": c } });
}

const stateOf = async (number: string) => {
  const { state } = await city.db
    .selectFrom("application")
    .select("state")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return state;
};

test("a developer pays for three houses at once, and takes it back the same day", async () => {
  const books = await story(async ({ a, b, c }) => {
    const batch = await buildBatch(city, [a, b, c]);
    await openAtDesk(city, batch.no);
    const outcome = await bookMoney(city, confirmationOf(batch));
    expect(outcome.kind).toBe("credited");
    expect(await stateOf(batch.no)).toBe("settled");
    expect(await takeBack(city, batch.no)).toBe("reversed");
    expect(await takeBack(city, batch.no)).toBe("repeat");
    expect(await stateOf(batch.no)).toBe("reversed");
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                            house      debit     credit
    --  --------  ----------  ---------------------------------  -----  ---------  ---------
     1  deposit   2026-11-23  1001 银行存款                             38,108.40
                              3001.01 商品住宅维修资金·本金      601               11,851.20
                              3001.01 商品住宅维修资金·本金      602               14,406.00
                              3002.01 已售公有住房维修资金·本金  603               11,851.20
     2  reversal  2026-11-23  1001 银行存款                                        38,108.40
                              3001.01 商品住宅维修资金·本金      601    11,851.20
                              3001.01 商品住宅维修资金·本金      602    14,406.00
                              3002.01 已售公有住房维修资金·本金  603    11,851.20

    601 holds principal 0.00, interest 0.00; of the first deposit 0.00
    602 holds principal 0.00, interest 0.00; of the first deposit 0.00
    603 holds principal 0.00, interest 0.00; of the first deposit 0.00
    "
  `);
});

test("an owner of a batch's house pays first: the batch is void, and its money waits whole", async () => {
  const books = await story(async ({ a, b, c }) => {
    const batch = await buildBatch(city, [a, b, c]);
    const own = await buildNotice(city, b);
    await openAtDesk(city, batch.no);
    const first = await bookMoney(city, confirmationOf(own));
    expect(first).toMatchObject({ kind: "credited", superseded: [batch.no] });
    expect(await stateOf(batch.no)).toBe("cancelled");
    const second = await bookMoney(city, confirmationOf(batch));
    expect(second).toMatchObject({ kind: "suspense", reason: "cancelled" });
    expect(await stateOf(batch.no)).toBe("in-suspense");
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                        house      debit     credit
    --  --------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit   2026-11-23  1001 银行存款                         14,406.00
                              3001.01 商品住宅维修资金·本金  602               14,406.00
     2  suspense  2026-11-23  1001 银行存款                         38,108.40
                              2901 待清算款项                                  38,108.40

    601 holds principal 0.00, interest 0.00; of the first deposit 0.00
    602 holds principal 14,406.00, interest 0.00; of the first deposit 14,406.00
    603 holds principal 0.00, interest 0.00; of the first deposit 0.00
    "
  `);
});

test("a batch voids the single notices and the other batches of its houses, and no more", async () => {
  const building = await buildBuilding(city);
  const [a, b, c] = [
    await buildHouse(city, { building }),
    await buildHouse(city, { building }),
    await buildHouse(city, { building }),
  ] as const;
  const single = await buildNotice(city, a);
  const other = await buildBatch(city, [b, c]);
  const bystander = await buildNotice(city, c);
  const batch = await buildBatch(city, [a, b]);
  const outcome = await bookMoney(city, confirmationOf(batch));
  expect(outcome).toMatchObject({
    kind: "credited",
    superseded: [single.no, other.no].toSorted(),
  });
  expect(await stateOf(single.no)).toBe("cancelled");
  expect(await stateOf(other.no)).toBe("cancelled");
  expect(await stateOf(bystander.no)).toBe("awaiting-payment");
});

test("a batch whose house was paid by other means is refused at the desk, and its money waits whole", async () => {
  const building = await buildBuilding(city);
  const [a, b] = [
    await buildHouse(city, { building }),
    await buildHouse(city, { building }),
  ] as const;
  const batch = await buildBatch(city, [a, b]);
  await buildDeposit(city, a, { amountFen: fen(100n) });
  expect(await openAtDesk(city, batch.no)).toEqual({ kind: "house-paid-meanwhile" });
  expect(await bookMoney(city, confirmationOf(batch))).toMatchObject({
    kind: "suspense",
    reason: "house-paid-meanwhile",
  });
  expect(await stateOf(batch.no)).toBe("in-suspense");
});

test("the rest of several first deposits is paid as 欠款补交, and a batch past its day expires", async () => {
  const building = await buildBuilding(city);
  const [a, b] = [
    await buildHouse(city, { building }),
    await buildHouse(city, { building }),
  ] as const;
  await buildDeposit(city, a, { amountFen: fen(100_000n) });
  await buildDeposit(city, b, { amountFen: fen(1n) });
  const rest = await buildBatch(city, [a, b], { depositKind: "04" });
  expect(rest.amountFen).toBe(2n * 1_185_120n - 100_001n);
  const late = await buildBatch(city, [a, b], {
    depositKind: "04",
    issuedAt: new Date("2026-11-02T02:00:00Z"),
  });
  const at = { today: shanghaiDate(NOW), now: NOW };
  await city.db.transaction().execute((tx) => expireApplications(tx, at, findDepositDescriptor));
  expect(await stateOf(late.no)).toBe("expired");
  expect(await bookMoney(city, confirmationOf(rest))).toMatchObject({ kind: "credited" });
  expect(await bookMoney(city, confirmationOf(late))).toMatchObject({
    kind: "suspense",
    reason: "expired",
  });
});

test("a fen too little or too much is refused, and nothing is posted", async () => {
  const building = await buildBuilding(city);
  const batch = await buildBatch(city, [
    await buildHouse(city, { building }),
    await buildHouse(city, { building }),
  ]);
  for (const amountFen of [fen(batch.amountFen - 1n), fen(batch.amountFen + 1n)]) {
    const message = confirmationOf(batch, { amountFen });
    expect((await bookMoney(city, message)).kind).toBe("amount-differs");
  }
  expect(await stateOf(batch.no)).toBe("awaiting-payment");
});
