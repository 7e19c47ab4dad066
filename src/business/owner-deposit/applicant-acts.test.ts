import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookConfirmation } from "#src/applications/book-bank-message.ts";
import { cancelApplication } from "#src/applications/cancel-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { type OpenDatabase, openDatabase } from "#src/platform/database/client.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { listOffenders } from "#tests/support/guard-control.ts";
import { tally } from "#tests/support/in-parallel.ts";
import {
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  DESK_AUDIT,
  findDepositDescriptor,
  openAtDesk,
} from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { CANCEL, SMS_WORDS } from "./applicant-acts.ts";

let database: TestDatabase;
let city: TestCity;
let many: OpenDatabase;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  many = openDatabase(database.applicationConnection, { role: "fund_app", max: 10 });
});
afterAll(async () => {
  await many.close();
  await database.drop();
});

const descriptor: ApplicationDescriptor = {
  ...findDepositDescriptor("11"),
  applicantActs: { cancel: CANCEL },
  smsWords: SMS_WORDS,
};
const AUDIT = auditOf("application-cancelled");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const openNotice = async () => buildNotice(city, await buildHouse(city));
const cancel = (number: string, now = NOW) =>
  cancelApplication(many.db, { number, descriptor, now }, AUDIT);
const confirm = (message: ReturnType<typeof confirmationOf>) =>
  bookConfirmation(many.db, message, { descriptors: [descriptor], audit: DESK_AUDIT });

async function statesOf(number: string) {
  const application = await findApplication(city.db, number);
  const notice = await city.db
    .selectFrom("payment_notice")
    .select("state")
    .where("no", "=", number)
    .executeTakeFirstOrThrow();
  return [application?.state, notice.state];
}

async function auditRows(number: string): Promise<number> {
  const rows = await city.db
    .selectFrom("audit_event")
    .select("outcome")
    .where("subject", "=", number)
    .where("event", "=", AUDIT.event)
    .execute();
  return rows.length;
}

describe("a payer who takes his notice back", () => {
  test("has a void notice, a step in the timeline and a row in the audit trail", async () => {
    const { no } = await openNotice();
    expect(await cancel(no)).toEqual({ kind: "cancelled" });
    expect(await statesOf(no)).toEqual(["cancelled", "cancelled"]);
    const application = await findApplication(city.db, no);
    expect(application?.events.at(-1)).toMatchObject({ actorRole: "applicant", actor: "visitor" });
    expect(await auditRows(no)).toBe(1);
  });

  test("may press twice", async () => {
    const { no } = await openNotice();
    const both = await Promise.all([cancel(no), cancel(no)]);
    expect(both.filter(({ kind }) => kind === "cancelled").length).toBeGreaterThanOrEqual(1);
    expect(await cancel(no)).toEqual({ kind: "cancelled" });
    expect(await auditRows(no)).toBe(1);
  });

  test("is refused while a desk has the notice, and not once its lease ran out", async () => {
    const { no } = await openNotice();
    await openAtDesk(city, no);
    expect(await cancel(no, later(14))).toEqual({
      kind: "refused",
      sentence: "银行正在办理这张通知单，暂时不能撤销",
    });
    expect(await statesOf(no)).toEqual(["awaiting-payment", "locked"]);
    expect(await cancel(no, later(16))).toEqual({ kind: "cancelled" });
    expect(await statesOf(no)).toEqual(["cancelled", "cancelled"]);
  });

  test("is refused once the bank has confirmed", async () => {
    const { notice } = await buildPaidHouse(city);
    expect(await cancel(notice.no)).toEqual({ kind: "moved-on" });
    expect(await statesOf(notice.no)).toEqual(["settled", "paid"]);
  });

  test("is refused past the last day, before any sweep", async () => {
    const notice = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    expect(await cancel(notice.no, later(24 * 60))).toMatchObject({ kind: "refused" });
    expect(await statesOf(notice.no)).toEqual(["awaiting-payment", "issued"]);
  });

  test("and the bank: money that comes afterwards waits apart and is told as that", async () => {
    const notice = await openNotice();
    await cancel(notice.no);
    expect(await confirm(confirmationOf(notice))).toMatchObject({
      kind: "suspense",
      reason: "cancelled",
    });
    expect(await statesOf(notice.no)).toEqual(["in-suspense", "cancelled"]);
  });
});

test("of a cancellation and a confirmation at the same moment exactly one happens", async () => {
  const endings: string[] = [];
  for (let round = 0; round < 30; round += 1) {
    const notice = await openNotice();
    const message = confirmationOf(notice);
    const start = { cancel: () => cancel(notice.no), confirm: () => confirm(message) };
    const confirming = round % 2 === 0 ? start.confirm() : null;
    const [cancelled, confirmed] = await Promise.all([
      start.cancel(),
      confirming ?? start.confirm(),
    ]);
    const ending = `${cancelled.kind} ${confirmed.kind} ${(await statesOf(notice.no)).join(" ")}`;
    endings.push(ending);
    expect([
      "cancelled suspense in-suspense cancelled",
      "moved-on credited settled paid",
      "refused credited settled paid",
    ]).toContain(ending);
  }
  // Both orders have to occur, or the storm proved nothing.
  expect(Object.keys(tally(endings)).length).toBeGreaterThan(1);
  expect(await listOffenders(database.owner)).toEqual([]);
});

describe("text messages", () => {
  async function messagesAbout(number: string): Promise<string[]> {
    const rows = await city.db
      .selectFrom("sms_message")
      .select("text")
      .where("text", "like", `%${number.slice(-4)}%`)
      .execute();
    return rows.map(({ text }) => text);
  }

  test("tell the applicant in the same transaction that his application is done", async () => {
    const notice = await openNotice();
    const failed = many.db.transaction().execute(async (tx) => {
      await bookConfirmation(tx, confirmationOf(notice), {
        descriptors: [descriptor],
        audit: DESK_AUDIT,
      });
      throw new Error("the act failed");
    });
    await expect(failed).rejects.toThrow("the act failed");
    expect(await messagesAbout(notice.no)).toEqual([]);
    await confirm(confirmationOf(notice));
    expect(await messagesAbout(notice.no)).toEqual([
      `您的业务单（尾号 ${notice.no.slice(-4)}）已办结，钱已记入房屋账户。详情请到物业专项维修资金公众服务平台，用“业务受理状态查询”查看。`,
    ]);
  });

  test("do not tell him what he did himself", async () => {
    const { no } = await openNotice();
    await cancel(no);
    expect(await messagesAbout(no)).toEqual([]);
  });

  test("hold no name, phone, address or amount", async () => {
    const notice = await openNotice();
    await confirm(confirmationOf(notice));
    const [text = ""] = await messagesAbout(notice.no);
    expect(text).not.toMatch(/张|1380000|试验花园|11,?851/);
  });
});
