import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliverSms } from "#src/platform/sms/deliver-sms.ts";
import { demoSmsProvider } from "#src/platform/sms/demo-provider.ts";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const PHONE = "13900008201";

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite({ isDemo: true });
});
afterAll(() => site?.stop());

function pass(minutes: number): void {
  site.clock.now = new Date(site.clock.now.getTime() + minutes * 60_000);
}

async function submitDeposit(visitor: WebVisitor, house?: House, phone = PHONE): Promise<string> {
  const { code } = house ?? (await buildHouse(site.city));
  const { values } = readPage((await visitor.get(`/deposit/${code}`)).text);
  const { submissionKey = "", amountSeen = "" } = values;
  const sent = { payer: "慕容交款", phone, depositKind: "00", submissionKey, amountSeen };
  const answer = await visitor.post(`/deposit/${code}`, sent);
  return /\d{18}/.exec(answer.headers.location ?? "")?.[0] ?? expect.fail(`${answer.status}`);
}

async function outbox(kind: "sms" | "captcha", to: string): Promise<string | undefined> {
  const row = await site.city.db
    .selectFrom("demo_outbox")
    .select("code")
    .where("kind", "=", kind)
    .where("recipient", "=", to)
    .orderBy("id", "desc")
    .executeTakeFirst();
  return row?.code;
}

/** Sends what waits without waiting for the system's own turn, and lets that turn finish. */
async function deliver(): Promise<void> {
  const { db, personalData } = site.city;
  const clock = () => site.clock.now;
  const provider = demoSmsProvider(db, clock);
  await deliverSms({ db, personalData, provider, clock, log: { warn: () => {} } as never });
  const waiting = () =>
    db.selectFrom("sms_message").select("id").where("state", "=", "waiting").execute();
  await expect.poll(waiting).toEqual([]);
}

/** The code of the newest message to a phone. */
async function codeSentTo(phone: string): Promise<string> {
  await deliver();
  return (await outbox("sms", phone)) ?? expect.fail(`no message to ${phone}`);
}

async function askForCode(visitor: WebVisitor, number: string, phone = PHONE): Promise<WebAnswer> {
  const form = readPage((await visitor.get(`/applications/${number}/proof`)).text);
  const captchaId = form.values["captchaId"] ?? "";
  const captcha = (await outbox("captcha", captchaId)) ?? "";
  return await visitor.post(`/applications/${number}/proof`, { captchaId, captcha, phone });
}

function giveCode(visitor: WebVisitor, number: string, code: string): Promise<WebAnswer> {
  return visitor.post(`/applications/${number}/proof/code`, { code });
}

/** Another phone or computer that has proven the phone of an application. */
async function proven(number: string, phone = PHONE): Promise<WebVisitor> {
  const visitor = site.visitor();
  pass(60);
  expect((await askForCode(visitor, number, phone)).status).toBe(303);
  const code = await codeSentTo(phone);
  const answer = await giveCode(visitor, number, code);
  expect(answer.headers.location).toBe(`/applications/${number}`);
  return visitor;
}

const slipOf = (number: string) => `/applications/${number}/slips/payment-notice`;

async function expectLocked(visitor: WebVisitor, number: string): Promise<void> {
  const before = await site.countRows();
  expect((await visitor.get(slipOf(number))).status).toBe(403);
  expect((await visitor.get(`/applications/${number}/cancel`)).status).toBe(403);
  expect((await visitor.post(`/applications/${number}/cancel`, {})).status).toBe(403);
  expect(await site.countRows()).toEqual(before);
}

describe("another browser", () => {
  test("may do nothing with the number alone, nor with a cookie of its own making", async () => {
    const number = await submitDeposit(site.visitor());
    await expectLocked(site.visitor(), number);
    const forger = site.visitor();
    await forger.get(`/applications/${number}/proof`);
    for (const made of ["", "x", "bm8.zzzzzzzz.".padEnd(60, "A")]) {
      forger.cookies.set(`applicant-${number}`, made);
      await expectLocked(forger, number);
    }
  });

  test("prints and cancels once it has proven the phone", async () => {
    const number = await submitDeposit(site.visitor());
    const visitor = await proven(number);
    const slip = await visitor.get(slipOf(number));
    expect(slip.headers["content-type"]).toBe("application/pdf");
    const shown = await visitor.get(`/applications/${number}`);
    expect(shown.text).toContain("撤销这笔业务");
    const cancelled = await visitor.post(`/applications/${number}/cancel`, {});
    expect(cancelled.headers.location).toBe(`/applications/${number}`);
    expect((await visitor.get(`/applications/${number}`)).text).toContain("已作废");
    expect((await visitor.post(`/applications/${number}/cancel`, {})).status).toBe(303);
  });

  test("that has proven one application has not proven another, also of the same phone", async () => {
    const first = await submitDeposit(site.visitor());
    const second = await submitDeposit(site.visitor());
    const visitor = await proven(first);
    await expectLocked(visitor, second);
    const copied = visitor.cookies.get(`applicant-${first}`) ?? "";
    visitor.cookies.set(`applicant-${second}`, copied);
    await expectLocked(visitor, second);
  });

  test("cannot use the proof of a third", async () => {
    const number = await submitDeposit(site.visitor());
    const visitor = await proven(number);
    const thief = site.visitor();
    await thief.get(`/applications/${number}/proof`);
    thief.cookies.set(
      `applicant-${number}`,
      visitor.cookies.get(`applicant-${number}`) ?? expect.fail("no proof to steal"),
    );
    await expectLocked(thief, number);
  });

  test("has to prove again after half an hour", async () => {
    const number = await submitDeposit(site.visitor());
    const visitor = await proven(number);
    pass(29);
    expect((await visitor.get(slipOf(number))).status).toBe(200);
    pass(1);
    await expectLocked(visitor, number);
  });
});

describe("a code", () => {
  test("of one browser opens nothing in another", async () => {
    const number = await submitDeposit(site.visitor(), undefined, "13900008301");
    const asker = site.visitor();
    pass(60);
    await askForCode(asker, number, "13900008301");
    const code = await codeSentTo("13900008301");
    const other = site.visitor();
    await other.get(`/applications/${number}/proof/code`);
    expect((await giveCode(other, number, code)).status).toBe(422);
    expect((await giveCode(asker, number, code)).status).toBe(303);
    const again = site.visitor();
    again.cookies.set("browser", asker.cookies.get("browser") ?? "");
    expect((await giveCode(again, number, code)).status).toBe(422);
  });

  test("is asked for alike with the right phone and with a wrong one", async () => {
    const number = await submitDeposit(site.visitor(), undefined, "13900008401");
    const seen = [];
    for (const phone of ["13900008401", "13900008402"]) {
      const visitor = site.visitor();
      const asked = await askForCode(visitor, number, phone);
      const form = await visitor.get(asked.headers.location ?? "");
      const refused = await giveCode(visitor, number, "000000");
      const tooSoon = await askForCode(visitor, number, phone);
      expect(tooSoon.status).toBe(422);
      seen.push({
        statuses: [asked.status, form.status, refused.status, tooSoon.status],
        location: asked.headers.location,
        form: readPage(form.text).text,
        refused: readPage(refused.text).errors,
        tooSoon: readPage(tooSoon.text).errors,
        cookies: [...visitor.cookies.keys()],
      });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.refused["code"]).toContain("验证码不对");
    await deliver();
    expect(await outbox("sms", "13900008402")).toBeUndefined();
  });

  test("is not sent without the sum, and a sum serves once", async () => {
    const number = await submitDeposit(site.visitor(), undefined, "13900008501");
    const visitor = site.visitor();
    const form = readPage((await visitor.get(`/applications/${number}/proof`)).text);
    const captchaId = form.values["captchaId"] ?? "";
    const answer = (await outbox("captcha", captchaId)) ?? "";
    const sent = { captchaId, phone: "13900008501" };
    const path = `/applications/${number}/proof`;
    const wrong = await visitor.post(path, { ...sent, captcha: "999" });
    expect(readPage(wrong.text).errors["captcha"]).toContain("得数不对");
    expect((await visitor.post(path, { ...sent, captcha: answer })).status).toBe(422);
    const asked = await site.city.db
      .selectFrom("one_time_code")
      .select("id")
      .where("subject", "=", number)
      .execute();
    expect(asked).toEqual([]);
  });
});

test("while a desk holds the notice it cannot be taken back, and the page says so", async () => {
  const visitor = site.visitor();
  const number = await submitDeposit(visitor);
  const teller = await site.teller("teller-demo");
  expect((await teller.post("/bank/query", { number })).status).toBe(303);
  const before = await site.countRows();
  const refused = await visitor.post(`/applications/${number}/cancel`, {});
  expect(refused.status).toBe(409);
  expect(refused.text).toContain("银行正在办理这张通知单，暂时不能撤销");
  expect(await site.countRows()).toEqual(before);
});

test("neither pages nor log hold the phone or the code", async () => {
  const number = await submitDeposit(site.visitor(), undefined, "13900008601");
  const visitor = site.visitor();
  const asked = await askForCode(visitor, number, "13900008601");
  const form = await visitor.get(asked.headers.location ?? "");
  const code = await codeSentTo("13900008601");
  const all = form.text + JSON.stringify([asked.headers, form.headers]) + site.logged();
  expect(all).not.toContain("13900008601");
  expect(all).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`));
  expect(site.clock.now.getTime()).toBeGreaterThan(NOW.getTime());
});
