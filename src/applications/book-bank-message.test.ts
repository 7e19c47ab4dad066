import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { addDays } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { buildCity, buildHouse, NOW, type TestCity, TODAY } from "#tests/support/builders.ts";
import { listOffenders } from "#tests/support/guard-control.ts";
import {
  bookMoney,
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  DEPOSIT_DESCRIPTORS,
  DESK_AUDIT,
  findDepositDescriptor,
  openAtDesk,
  takeBack,
} from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { bookConfirmation, expireApplications } from "./book-bank-message.ts";
import { findApplication } from "./find-application.ts";

const TOMORROW = new Date(NOW.getTime() + 86_400_000);
let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

/** The states an application went through, as "applicant: awaiting-payment". */
async function timelineOf(no: string): Promise<string[]> {
  const application = await findApplication(city.db, no);
  const steps = application?.events.map(({ actorRole, toState }) => `${actorRole}: ${toState}`);
  expect(application?.state).toBe(application?.events.at(-1)?.toState);
  return steps ?? [];
}
const expire = () =>
  city.db
    .transaction()
    .execute((tx) =>
      expireApplications(tx, { today: addDays(TODAY, 1), now: TOMORROW }, findDepositDescriptor),
    );
const oneDayNotice = async () => buildNotice(city, await buildHouse(city), { validDays: 0 });

describe("the application behind a notice", () => {
  test("is settled by the bank's confirmation, once", async () => {
    const { notice, message } = await buildPaidHouse(city);
    await bookMoney(city, message);
    expect(await timelineOf(notice.no)).toEqual(["applicant: awaiting-payment", "bank: settled"]);
  });

  test("stays settled when the same notice is paid twice: the second money waits apart", async () => {
    const { notice } = await buildPaidHouse(city);
    expect((await bookMoney(city, confirmationOf(notice))).kind).toBe("suspense");
    expect(await timelineOf(notice.no)).toEqual(["applicant: awaiting-payment", "bank: settled"]);
  });

  test("stays as it is when the money was refused", async () => {
    const notice = await buildNotice(city, await buildHouse(city));
    await bookMoney(city, confirmationOf(notice, { amountFen: fen(1) }));
    await openAtDesk(city, notice.no, { teller: "teller:a" });
    await bookMoney(city, confirmationOf(notice, { teller: "teller:b" }));
    expect(await timelineOf(notice.no)).toEqual(["applicant: awaiting-payment"]);
  });

  test("goes to suspense with late money, whether or not the sweep has been there", async () => {
    const [swept, unswept] = [await oneDayNotice(), await oneDayNotice()];
    await bookMoney(city, confirmationOf(unswept, { now: TOMORROW }));
    expect(await expire()).toBe(1);
    await bookMoney(city, confirmationOf(swept, { now: TOMORROW }));
    expect(await timelineOf(unswept.no)).toEqual([
      "applicant: awaiting-payment",
      "bank: in-suspense",
    ]);
    expect(await timelineOf(swept.no)).toEqual([
      "applicant: awaiting-payment",
      "system: expired",
      "bank: in-suspense",
    ]);
  });

  test("stays in suspense when more late money comes", async () => {
    const notice = await oneDayNotice();
    await bookMoney(city, confirmationOf(notice, { now: TOMORROW }));
    await bookMoney(city, confirmationOf(notice, { now: TOMORROW }));
    expect(await timelineOf(notice.no)).toEqual([
      "applicant: awaiting-payment",
      "bank: in-suspense",
    ]);
  });

  test("is reversed with its money on the same day, and new money for it goes to suspense", async () => {
    const { notice } = await buildPaidHouse(city);
    await takeBack(city, notice.no);
    await takeBack(city, notice.no);
    await bookMoney(city, confirmationOf(notice));
    expect(await timelineOf(notice.no)).toEqual([
      "applicant: awaiting-payment",
      "bank: settled",
      "bank: reversed",
      "bank: in-suspense",
    ]);
  });

  test("stays settled when a reversal comes a day late", async () => {
    const { notice } = await buildPaidHouse(city);
    expect(await takeBack(city, notice.no, { now: TOMORROW })).toBe("another-day");
    expect(await timelineOf(notice.no)).toEqual(["applicant: awaiting-payment", "bank: settled"]);
  });
});

describe("two notices of one house", () => {
  test("the second is cancelled with a word why, also while it lies open at another desk", async () => {
    const house = await buildHouse(city);
    const [first, idle, open] = [
      await buildNotice(city, house),
      await buildNotice(city, house),
      await buildNotice(city, house),
    ];
    await openAtDesk(city, open.no, { teller: "teller:b" });
    await bookMoney(city, confirmationOf(first));
    for (const { no } of [idle, open]) {
      expect(await timelineOf(no)).toEqual(["applicant: awaiting-payment", "system: cancelled"]);
      const application = await findApplication(city.db, no);
      expect(application?.events.at(-1)?.remark).toContain("另一张通知单");
    }
    await bookMoney(city, confirmationOf(open, { teller: "teller:b" }));
    expect(await timelineOf(open.no)).toEqual([
      "applicant: awaiting-payment",
      "system: cancelled",
      "bank: in-suspense",
    ]);
  });
});

test("a number of no business is unknown, and no error", async () => {
  const message = confirmationOf({
    ...(await oneDayNotice()),
    no: makeApplicationNumber("98", TODAY, "000000001"),
  });
  expect(await bookMoney(city, message)).toEqual({ kind: "unknown" });
});

test("its audit row stands with the money: what cannot be recorded is not booked", async () => {
  const notice = await buildNotice(city, await buildHouse(city));
  const message = confirmationOf(notice);
  const unrecorded = bookConfirmation(city.db, message, {
    descriptors: DEPOSIT_DESCRIPTORS,
    audit: { ...DESK_AUDIT, event: "Not An Event" },
  });
  await expect(unrecorded).rejects.toThrow(/event_check/);
  expect(await timelineOf(notice.no)).toEqual(["applicant: awaiting-payment"]);
  await bookMoney(city, message);
  await bookMoney(city, message);
  const rows = await city.owner
    .selectFrom("audit_event")
    .select(["event", "actor", "outcome"])
    .where("subject", "=", notice.no)
    .orderBy("id")
    .execute();
  const { event, actor } = DESK_AUDIT;
  expect(rows).toEqual(["credited", "repeat"].map((outcome) => ({ event, actor, outcome })));
});

test("money is not booked where nobody says what it does to the application", async () => {
  const notice = await buildNotice(city, await buildHouse(city));
  const nobody = { descriptors: [], audit: DESK_AUDIT };
  await expect(bookConfirmation(city.db, confirmationOf(notice), nobody)).rejects.toMatchObject({
    code: "WX034",
  });
  expect((await bookMoney(city, confirmationOf(notice))).kind).toBe("credited");
});

test("what fails leaves neither money nor a step behind", async () => {
  const notice = await buildNotice(city, await buildHouse(city));
  const cut = city.db.transaction().execute(async (tx) => {
    await bookConfirmation(tx, confirmationOf(notice), {
      descriptors: DEPOSIT_DESCRIPTORS,
      audit: DESK_AUDIT,
    });
    throw new Error("the connection was cut");
  });
  await expect(cut).rejects.toThrow("the connection was cut");
  expect(await timelineOf(notice.no)).toEqual(["applicant: awaiting-payment"]);
  expect((await bookMoney(city, confirmationOf(notice))).kind).toBe("credited");
});

test("after all of this every rule of the books holds", async () => {
  expect(await listOffenders(city.db)).toEqual([]);
});
