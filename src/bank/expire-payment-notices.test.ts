import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "#src/kernel/calendar-date.ts";
import { buildCity, buildHouse, NOW, type TestCity, TODAY } from "#tests/support/builders.ts";
import { buildNotice, buildPaidHouse, openAtDesk } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { expirePaymentNotices } from "./expire-payment-notices.ts";
import { noticeStateNow } from "./notice-state.ts";

const TOMORROW = { today: addDays(TODAY, 1), now: new Date("2026-11-23T16:00:01Z") };
let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

const sweep = (at = TOMORROW) =>
  city.db.transaction().execute((tx) => expirePaymentNotices(tx, at));

describe("the sweep", () => {
  test("leaves a notice alone on its last day and writes it off the day after, once", async () => {
    const { no } = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    expect(await sweep({ today: TODAY, now: new Date("2026-11-23T15:59:59Z") })).toEqual([]);
    expect(await sweep()).toEqual([no]);
    expect(await sweep()).toEqual([]);
  });

  test("leaves a notice that a desk holds over midnight, until the lease has run out", async () => {
    const { no } = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    await openAtDesk(city, no, { now: new Date("2026-11-23T15:55:00Z") });
    expect(await sweep()).toEqual([]);
    const later = { ...TOMORROW, now: new Date("2026-11-23T16:10:00Z") };
    expect(await sweep(later)).toEqual([no]);
  });

  test("does not touch what is paid", async () => {
    await buildPaidHouse(city);
    expect(await sweep({ ...TOMORROW, today: addDays(TODAY, 400) })).toEqual([]);
  });

  test("does not wait for a notice that somebody works on, and takes the rest", async () => {
    const held = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    const free = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    await city.db.transaction().execute(async (tx) => {
      await tx
        .selectFrom("payment_notice")
        .select("no")
        .where("no", "=", held.no)
        .forUpdate()
        .execute();
      expect(await sweep()).toEqual([free.no]);
    });
    expect(await sweep()).toEqual([held.no]);
  });
});

describe("what a notice is at this moment", () => {
  const at = { today: TODAY, at: NOW };
  const notice = { state: "issued" as const, expiresOn: TODAY, lockedUntil: null };

  test("on its last day it is payable, a day later it is expired though nobody wrote it down", () => {
    expect(noticeStateNow(notice, at)).toBe("issued");
    expect(noticeStateNow({ ...notice, expiresOn: addDays(TODAY, -1) }, at)).toBe("expired");
  });

  test("a lease that ran out holds nothing", () => {
    const locked = { ...notice, state: "locked" as const };
    const moment = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
    expect(noticeStateNow({ ...locked, lockedUntil: moment(1) }, at)).toBe("locked");
    expect(noticeStateNow({ ...locked, lockedUntil: NOW }, at)).toBe("issued");
    expect(noticeStateNow({ ...locked, lockedUntil: NOW, expiresOn: addDays(TODAY, -1) }, at)).toBe(
      "expired",
    );
  });

  test("what is over stays what it is", () => {
    for (const state of ["paid", "reversed", "cancelled", "expired"] as const) {
      expect(noticeStateNow({ ...notice, state, expiresOn: addDays(TODAY, -9) }, at)).toBe(state);
    }
  });
});
