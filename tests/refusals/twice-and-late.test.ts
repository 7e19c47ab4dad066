import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { buildNotice, type TestNotice } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const DAY_MS = 24 * 3_600_000;

let site: ServedSite;
let teller: WebVisitor;
let secondTeller: WebVisitor;

beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.stop());
beforeEach(async () => {
  site.clock.now = NOW;
  // Each at the start of a session that no moved clock has ended.
  teller = await site.teller("teller-one");
  secondTeller = await site.teller("teller-two");
});

async function newNotice(overrides: Parameters<typeof buildNotice>[2] = {}): Promise<TestNotice> {
  return await buildNotice(site.city, await buildHouse(site.city), overrides);
}

interface Message {
  bankRef: string;
  valueDate?: string;
  amountSeen?: string;
}

function confirm(at: WebVisitor, { no }: TestNotice, message: Message): Promise<WebAnswer> {
  const right = { valueDate: "2026-11-23", amountSeen: "11851.20" };
  return at.post(`/bank/notices/${no}/confirm`, { ...right, ...message });
}

/** How much was booked for a notice: its receipts, and the principal of its house. */
async function booked({ no, house }: TestNotice) {
  const { owner } = site.database;
  const receipts = await owner
    .selectFrom("bank_receipt")
    .select("outcome")
    .where("notice_no", "=", no)
    .execute();
  const entries = await owner
    .selectFrom("entry")
    .select((eb) => eb.fn.sum<string>("amount_fen").as("sum"))
    .where("house_id", "=", house.houseId)
    .where("account_code", "=", "3001.01")
    .executeTakeFirst();
  // Credits are negative in the ledger.
  return {
    receipts: receipts.map(({ outcome }) => outcome),
    house: fen(-BigInt(entries?.sum ?? "0")),
  };
}

describe("提交", () => {
  test.each([2, 20])("%i times at once makes one application", async (times) => {
    const house: House = await buildHouse(site.city);
    const visitor = site.visitor();
    await visitor.get(`/deposit/${house.code}`);
    const before = await site.countRows();
    const form = { depositKind: "00", payer: "张示例", phone: "13800005678" };
    const sent = { ...form, submissionKey: randomUUID(), amountSeen: "11851.20" };
    const answers = await Promise.all(
      Array.from({ length: times }, () => visitor.post(`/deposit/${house.code}`, sent)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(times).fill(303));
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    const after = await site.countRows();
    expect(after).toEqual({
      ...before,
      application: (before["application"] ?? 0) + 1,
      application_event: (before["application_event"] ?? 0) + 1,
      payment_notice: (before["payment_notice"] ?? 0) + 1,
    });
  });

  test("with the key of somebody's form makes nothing and gives nothing away", async () => {
    const house = await buildHouse(site.city);
    const form = { depositKind: "00", payer: "张示例", phone: "13800005678" };
    const sent = { ...form, submissionKey: randomUUID(), amountSeen: "11851.20" };
    const first = site.visitor();
    await first.get(`/deposit/${house.code}`);
    const number = (await first.post(`/deposit/${house.code}`, sent)).headers.location ?? "";
    const other = await buildHouse(site.city);
    for (const [visitor, code] of [
      [site.visitor(), house.code],
      [first, other.code],
    ] as const) {
      const before = await site.countRows();
      const answer = await visitor.post(`/deposit/${code}`, sent);
      expect(answer.status).toBe(409);
      expect(answer.text).toContain("这张表单已经用过了");
      expect(answer.text).not.toContain(/\d{18}/.exec(number)?.[0]);
      expect(await site.countRows()).toEqual(before);
    }
  });
});

describe("确认到账", () => {
  test("three times, one after the other and at once, books the money once", async () => {
    const notice = await newNotice();
    await teller.post("/bank/query", { number: notice.no });
    const message = { bankRef: "TWICE-0001" };
    const first = await confirm(teller, notice, message);
    const again = await Promise.all([1, 2].map(() => confirm(teller, notice, message)));
    for (const answer of [first, ...again]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe(`/bank/notices/${notice.no}?done=confirmed`);
    }
    expect(await booked(notice)).toEqual({ receipts: ["credited"], house: notice.amountFen });
  });

  test("ten times at once by two desks books the money once, whoever comes first", async () => {
    const notice = await newNotice();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        confirm(n % 2 === 0 ? teller : secondTeller, notice, { bankRef: "RACE-0001" }),
      ),
    );
    for (const { status } of answers) expect([303, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 303)).toBe(true);
    expect(await booked(notice)).toEqual({ receipts: ["credited"], house: notice.amountFen });
  });

  test("of another amount books nothing and says so", async () => {
    const notice = await newNotice();
    await teller.post("/bank/query", { number: notice.no });
    for (const amountSeen of ["11851.19", "11851.21", "0.01", "23702.40"]) {
      const answer = await confirm(teller, notice, { bankRef: "AMOUNT-0001", amountSeen });
      expect(answer.status).toBe(409);
      const page = readPage(answer.text);
      expect(page.text).toContain("金额与通知单不一致，没有记账");
      expect(page.values["bankRef"]).toBe("AMOUNT-0001");
    }
    expect(await booked(notice)).toEqual({ receipts: [], house: fen(0) });
    // Nothing refused has used the reference up.
    expect((await confirm(teller, notice, { bankRef: "AMOUNT-0001" })).status).toBe(303);
  });

  test("under a reference that confirmed another notice books nothing", async () => {
    const [first, second] = [await newNotice(), await newNotice()];
    expect((await confirm(teller, first, { bankRef: "USED-0001" })).status).toBe(303);
    await teller.post("/bank/query", { number: second.no });
    const answer = await confirm(teller, second, { bankRef: "USED-0001" });
    expect(answer.status).toBe(409);
    const page = readPage(answer.text);
    expect(page.errors["bankRef"]).toContain("这个银行流水号已经用在另一笔收款上");
    expect(page.summary).toHaveLength(1);
    expect(await booked(second)).toEqual({ receipts: [], house: fen(0) });
  });

  test("again with another value date under the same reference is another message, and refused", async () => {
    const notice = await newNotice({ issuedAt: new Date(NOW.getTime() - DAY_MS) });
    expect((await confirm(teller, notice, { bankRef: "DATE-0001" })).status).toBe(303);
    const other = { bankRef: "DATE-0001", valueDate: "2026-11-22" };
    expect((await confirm(teller, notice, other)).status).toBe(409);
    expect(await booked(notice)).toEqual({ receipts: ["credited"], house: notice.amountFen });
  });

  test("by another desk while one holds the notice is refused, and free after the lease", async () => {
    const notice = await newNotice();
    await teller.post("/bank/query", { number: notice.no });
    const busy = await secondTeller.post("/bank/query", { number: notice.no });
    expect(busy.status).toBe(409);
    expect(readPage(busy.text).text).toContain("处理中：别的柜面正在办这张通知单");
    expect((await confirm(secondTeller, notice, { bankRef: "DESK-0001" })).status).toBe(409);
    expect(await booked(notice)).toEqual({ receipts: [], house: fen(0) });
    site.clock.now = new Date(NOW.getTime() + 15 * 60_000 + 1);
    expect((await secondTeller.post("/bank/query", { number: notice.no })).status).toBe(303);
    expect((await confirm(secondTeller, notice, { bankRef: "DESK-0001" })).status).toBe(303);
    expect((await booked(notice)).receipts).toEqual(["credited"]);
  });

  test("with a mistake after the lease ran out keeps the form and what was typed", async () => {
    const notice = await newNotice();
    await teller.post("/bank/query", { number: notice.no });
    site.clock.now = new Date(NOW.getTime() + 16 * 60_000);
    const wrong = { bankRef: "LEASE-0001", valueDate: "2026-02-30" };
    const page = readPage((await confirm(teller, notice, wrong)).text);
    expect(page.values).toMatchObject(wrong);
    expect(page.errors["valueDate"]).toContain("没有这一天");
    expect((await confirm(teller, notice, { bankRef: "LEASE-0001" })).status).toBe(303);
    expect((await booked(notice)).receipts).toEqual(["credited"]);
  });

  test("a second time under a new reference keeps the money in suspense", async () => {
    const notice = await newNotice();
    expect((await confirm(teller, notice, { bankRef: "MORE-0001" })).status).toBe(303);
    const more = await confirm(teller, notice, { bankRef: "MORE-0002" });
    expect(more.headers.location).toBe(`/bank/notices/${notice.no}?done=suspense`);
    const { receipts, house } = await booked(notice);
    expect(receipts.sort()).toEqual(["credited", "suspense"]);
    expect(house).toBe(notice.amountFen);
    const status = readPage((await site.visitor().get(`/applications/${notice.no}`)).text);
    expect(status.text).toContain("已办结");
    expect(status.text).toContain("我们正在核对多交的一笔钱");
    expect(status.text).toContain("记在待清算款项里。维修资金管理中心会联系您");
    expect(status.text).toMatch(/记入房屋账户，已办结.*银行收到钱，待清算/s);
  });

  test("a second time, and the first taken back, does not tell the citizen to pay again", async () => {
    const notice = await newNotice();
    await confirm(teller, notice, { bankRef: "AGAIN-0001" });
    await confirm(teller, notice, { bankRef: "AGAIN-0002" });
    await teller.post(`/bank/notices/${notice.no}/reverse`, { reason: "金额收错" });
    const status = readPage((await site.visitor().get(`/applications/${notice.no}`)).text);
    expect(status.text).toContain("已冲正");
    expect(status.text).toContain("请先不要重新交款");
    expect(status.text).toContain("记在待清算款项里");
    expect(status.text).not.toMatch(/重新提交/);
  });

  test("after the last day keeps the money in suspense and tells teller and citizen", async () => {
    const issuedAt = new Date(NOW.getTime() - 16 * DAY_MS);
    const notice = await newNotice({ issuedAt });
    const queried = await teller.post("/bank/query", { number: notice.no });
    const seen = await teller.get(queried.headers.location ?? "");
    expect(readPage(seen.text).text).toContain("这张通知单已过期 请不要收款");
    const answer = await confirm(teller, notice, { bankRef: "LATE-0001" });
    expect(answer.headers.location).toBe(`/bank/notices/${notice.no}?done=suspense`);
    expect(await booked(notice)).toEqual({ receipts: ["suspense"], house: fen(0) });
    const status = await site.visitor().get(`/applications/${notice.no}`);
    expect(status.text).toContain("待清算");
    expect(status.text).toContain("钱没有丢");
  });

  test("on the last day itself is in time", async () => {
    const notice = await newNotice({ issuedAt: new Date(NOW.getTime() - 15 * DAY_MS) });
    expect((await confirm(teller, notice, { bankRef: "LASTDAY-0001" })).status).toBe(303);
    expect((await booked(notice)).receipts).toEqual(["credited"]);
  });

  test("of the second of two notices of a house keeps the money in suspense", async () => {
    const house = await buildHouse(site.city);
    const [first, second] = [
      await buildNotice(site.city, house),
      await buildNotice(site.city, house),
    ];
    expect((await confirm(teller, first, { bankRef: "PAIR-0001" })).status).toBe(303);
    const answer = await confirm(teller, second, { bankRef: "PAIR-0002" });
    expect(answer.headers.location).toBe(`/bank/notices/${second.no}?done=suspense`);
    expect((await booked(second)).house).toBe(first.amountFen);
  });
});

describe("冲正", () => {
  test("twice takes the money back once", async () => {
    const notice = await newNotice();
    await confirm(teller, notice, { bankRef: "BACK-0001" });
    const path = `/bank/notices/${notice.no}/reverse`;
    const answers = await Promise.all(
      [1, 2, 3].map(() => teller.post(path, { reason: "金额收错" })),
    );
    for (const answer of answers) {
      expect(answer.headers.location).toBe(`/bank/notices/${notice.no}?done=reversed`);
    }
    expect((await booked(notice)).house).toBe(fen(0));
  });

  test("is refused the next day, with the way to a refund", async () => {
    const notice = await newNotice();
    await confirm(teller, notice, { bankRef: "NEXT-0001" });
    site.clock.now = new Date(NOW.getTime() + DAY_MS);
    teller = await site.teller("teller-one");
    const path = `/bank/notices/${notice.no}/reverse`;
    const answer = await teller.post(path, { reason: "金额收错" });
    expect(answer.status).toBe(409);
    expect(readPage(answer.text).text).toContain("请客户申请退款");
    expect((await booked(notice)).house).toBe(notice.amountFen);
  });

  test("of what was never paid does nothing", async () => {
    const notice = await newNotice();
    const path = `/bank/notices/${notice.no}/reverse`;
    expect((await teller.post(path, { reason: "金额收错" })).status).toBe(409);
    expect(await booked(notice)).toEqual({ receipts: [], house: fen(0) });
  });
});
