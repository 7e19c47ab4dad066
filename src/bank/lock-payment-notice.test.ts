import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import { buildCity, buildHouse, NOW, OTHER_BANK, type TestCity } from "#tests/support/builders.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  openAtDesk,
  takeBack,
} from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { releasePaymentNotice } from "./lock-payment-notice.ts";

const QUARTER = 15 * 60_000;
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

const unpaidNotice = async () => buildNotice(city, await buildHouse(city));
const release = (no: string, teller: string) =>
  city.db.transaction().execute((tx) => releasePaymentNotice(tx, { no, teller }));

describe("a teller's query", () => {
  test("locks the notice to the desk for the length of the lease", async () => {
    const { no } = await unpaidNotice();
    expect(await openAtDesk(city, no)).toEqual({ kind: "locked", until: later(QUARTER) });
  });

  test("of a second desk sees that the notice is being worked on, and until when", async () => {
    const { no } = await unpaidNotice();
    await openAtDesk(city, no, { teller: "teller:a" });
    const second = await openAtDesk(city, no, { teller: "teller:b", now: later(60_000) });
    expect(second).toEqual({ kind: "locked-elsewhere", until: later(QUARTER) });
  });

  test("of a second desk gets the notice when the lease has ended, not a moment before", async () => {
    const { no } = await unpaidNotice();
    await openAtDesk(city, no, { teller: "teller:a" });
    const ask = (now: Date) => openAtDesk(city, no, { teller: "teller:b", now });
    expect((await ask(later(QUARTER - 1))).kind).toBe("locked-elsewhere");
    expect(await ask(later(QUARTER))).toEqual({ kind: "locked", until: later(2 * QUARTER) });
    // The first desk comes too late now.
    const first = await openAtDesk(city, no, { teller: "teller:a", now: later(QUARTER + 1) });
    expect(first.kind).toBe("locked-elsewhere");
  });

  test("from the same desk renews the lease", async () => {
    const { no } = await unpaidNotice();
    await openAtDesk(city, no);
    const again = await openAtDesk(city, no, { now: later(60_000) });
    expect(again).toEqual({ kind: "locked", until: later(60_000 + QUARTER) });
  });

  test("of two desks at the same moment: one gets the notice", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { no } = await unpaidNotice();
      const tellers = ["teller:a", "teller:b", "teller:c"];
      const outcomes = await Promise.all(tellers.map((teller) => openAtDesk(city, no, { teller })));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
        "locked",
        "locked-elsewhere",
        "locked-elsewhere",
      ]);
    }
  });
});

describe("a teller's query is refused, before any money is taken", () => {
  test("for a number that no notice has", async () => {
    expect(await openAtDesk(city, "119999999999999999")).toEqual({ kind: "unknown" });
  });

  test("at a bank that does not keep the account, with the name of the one that does", async () => {
    const { no } = await unpaidNotice();
    expect(await openAtDesk(city, no, { bankCode: OTHER_BANK.code })).toEqual({
      kind: "wrong-bank",
      bankName: "示例银行",
    });
  });

  test("after the last day, whether or not the sweep has been there", async () => {
    const notice = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    const tomorrow = later(86_400_000);
    expect((await openAtDesk(city, notice.no, { now: tomorrow })).kind).toBe("expired");
    expect((await openAtDesk(city, notice.no)).kind).toBe("locked");
  });

  test("when it is paid, reversed or cancelled", async () => {
    const { notice } = await buildPaidHouse(city);
    expect((await openAtDesk(city, notice.no)).kind).toBe("paid");
    await takeBack(city, notice.no);
    expect((await openAtDesk(city, notice.no)).kind).toBe("reversed");
    const house = await buildHouse(city);
    const [first, second] = [await buildNotice(city, house), await buildNotice(city, house)];
    await bookMoney(city, confirmationOf(first));
    expect((await openAtDesk(city, second.no)).kind).toBe("cancelled");
  });

  test("when the house was closed or deposited otherwise meanwhile", async () => {
    const [closed, deposited] = [await unpaidNotice(), await unpaidNotice()];
    await city.owner
      .updateTable("house")
      .set({ status: "closed" })
      .where("estate_id", "=", closed.house.estateId)
      .execute();
    await buildDeposit(city, deposited.house, { amountFen: fen(1) });
    expect((await openAtDesk(city, closed.no)).kind).toBe("house-closed");
    expect((await openAtDesk(city, deposited.no)).kind).toBe("house-paid-meanwhile");
  });
});

describe("giving a notice back", () => {
  test("frees it for the next desk at once", async () => {
    const { no } = await unpaidNotice();
    await openAtDesk(city, no, { teller: "teller:a" });
    expect(await release(no, "teller:a")).toBe(true);
    expect((await openAtDesk(city, no, { teller: "teller:b" })).kind).toBe("locked");
  });

  test("is for the desk that holds it, and says when there was nothing to give", async () => {
    const { no } = await unpaidNotice();
    await openAtDesk(city, no, { teller: "teller:a" });
    expect(await release(no, "teller:b")).toBe(false);
    expect((await openAtDesk(city, no, { teller: "teller:b" })).kind).toBe("locked-elsewhere");
    const { notice } = await buildPaidHouse(city);
    expect(await release(notice.no, "teller:teller-one")).toBe(false);
  });
});
