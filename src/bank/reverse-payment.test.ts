import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { buildCity, buildHouse, NOW, OTHER_BANK, type TestCity } from "#tests/support/builders.ts";
import { listOffenders } from "#tests/support/guard-control.ts";
import {
  bookMoney,
  buildNotice,
  buildPaidHouse,
  buildUse,
  confirmationOf,
  takeBack,
} from "#tests/support/payment-builders.ts";
import { buildVoucher } from "#tests/support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";

/** 23:59:59 of the same day in Shanghai, and one second later. */
const LAST_SECOND = new Date("2026-11-23T15:59:59Z");
const MIDNIGHT = new Date("2026-11-23T16:00:00Z");
let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

const stateOf = async (no: string) =>
  (
    await city.db
      .selectFrom("payment_notice")
      .select("state")
      .where("no", "=", no)
      .executeTakeFirstOrThrow()
  ).state;

describe("taking a confirmation back", () => {
  test("on the same day returns the house to what it held", async () => {
    const { house, notice } = await buildPaidHouse(city);
    expect(await takeBack(city, notice.no)).toBe("reversed");
    expect(await stateOf(notice.no)).toBe("reversed");
    const { principalFen, firstPaidFen } = await getHouseBalance(city.db, house);
    expect([principalFen, firstPaidFen]).toEqual([0n, 0n]);
  });

  test("twice answers with the first time, also a day later", async () => {
    const { notice } = await buildPaidHouse(city);
    await takeBack(city, notice.no);
    expect(await takeBack(city, notice.no)).toBe("repeat");
    expect(await takeBack(city, notice.no, { now: MIDNIGHT })).toBe("repeat");
    const contras = await city.db
      .selectFrom("journal")
      .select("id")
      .where("notice_no", "=", notice.no)
      .where("kind", "=", "reversal")
      .execute();
    expect(contras).toHaveLength(1);
  });

  test("goes until the end of the Shanghai day, and is refused the next day", async () => {
    const [today, tomorrow] = [await buildPaidHouse(city), await buildPaidHouse(city)];
    expect(await takeBack(city, tomorrow.notice.no, { now: MIDNIGHT })).toBe("another-day");
    expect(await takeBack(city, today.notice.no, { now: LAST_SECOND })).toBe("reversed");
    expect(await stateOf(tomorrow.notice.no)).toBe("paid");
    expect((await getHouseBalance(city.db, tomorrow.house)).principalFen).toBe(1_185_120n);
  });

  test("is for the bank that took the money, at any of its desks", async () => {
    const { notice } = await buildPaidHouse(city);
    expect(await takeBack(city, notice.no, { bankCode: OTHER_BANK.code })).toBe("wrong-bank");
    expect(await takeBack(city, notice.no, { teller: "teller:other-desk" })).toBe("reversed");
  });

  test("asks for a notice that was credited", async () => {
    const open = await buildNotice(city, await buildHouse(city));
    expect(await takeBack(city, open.no)).toBe("not-paid");
    expect(await takeBack(city, "119999999999999999")).toBe("unknown");
    const late = new Date(NOW.getTime() + 30 * 86_400_000);
    await bookMoney(city, confirmationOf(open, { now: late }));
    expect(await takeBack(city, open.no, { now: late })).toBe("not-paid");
  });

  test("is refused when the house has spent or reserved some of the money already", async () => {
    const reserved = await buildPaidHouse(city);
    await buildVoucher(city, reserved.house, { principalFen: fen(1) });
    expect(await takeBack(city, reserved.notice.no)).toBe("spent");
    const { house, notice } = await buildPaidHouse(city);
    await buildUse(city, house, fen(1));
    expect(await takeBack(city, notice.no)).toBe("spent");
    expect(await stateOf(notice.no)).toBe("paid");
    expect((await getHouseBalance(city.db, house)).principalFen).toBe(1_185_119n);
  });

  test("lets the house pay again with a new notice", async () => {
    const { house, notice } = await buildPaidHouse(city);
    await takeBack(city, notice.no);
    const next = await buildNotice(city, house);
    expect((await bookMoney(city, confirmationOf(next))).kind).toBe("credited");
    expect((await getHouseBalance(city.db, house)).firstPaidFen).toBe(1_185_120n);
  });
});

test("after all of this every rule of the books holds", async () => {
  expect(await listOffenders(city.db)).toEqual([]);
});
