import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { fillCaptcha, fromOutbox } from "../support/door-journey.ts";
import { type Journey, startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { readPage } from "../support/read-page.ts";
import { findUnpaidHouses, type UnpaidHouse } from "../support/unpaid-houses.ts";
import { newWebVisitor } from "../support/web-visitor.ts";

let browser: TestBrowser;
let house: UnpaidHouse;

beforeAll(async () => {
  const [found] = await findUnpaidHouses(inject("systemUrl"), "示例花园二期12幢3单元502");
  if (found === undefined) throw new Error("示例花园二期 12幢3单元502 owes nothing");
  house = found;
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Hands a deposit in as the page's own form does, from a browser that is not seen again. */
async function submitElsewhere(phone: string): Promise<string> {
  const visitor = newWebVisitor(inject("systemUrl"));
  const form = readPage((await visitor.get(`/deposit/${house.code}`)).text);
  const { submissionKey = "", amountSeen = "" } = form.values;
  const sent = { payer: "慕容示例", phone, depositKind: "00", submissionKey, amountSeen };
  const answer = await visitor.post(`/deposit/${house.code}`, sent);
  return numberIn(answer.headers.location ?? "");
}

async function submitHere({ page }: Journey): Promise<string> {
  await page.goto(`/deposit/${house.code}`);
  await page.getByLabel("交款人").fill("慕容示例");
  await page.getByLabel("手机号码").fill("13900001109");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByRole("heading", { name: "提交成功" }).waitFor();
  return numberIn(page.url());
}

function numberIn(url: string): string {
  return /\d{18}/.exec(url)?.[0] ?? expect.fail(`no number in ${url}`);
}

async function askForCode(page: Page, phone: string): Promise<void> {
  await page.getByLabel("手机号码").fill(phone);
  await fillCaptcha(page);
  await page.getByRole("button", { name: "获取短信验证码" }).click();
  await page.getByLabel("短信验证码").waitFor();
}

/** Six pages, two messages and a PDF, one after the other. */
const LONG_MS = 120_000;

/** Each way has a phone of its own: one phone gets one code a minute. */
const WAYS_WITH_PHONES = WAYS.map((way, at) => ({ ...way, phone: `1390000110${at}` }));

describe("快捷服务 4 业务受理状态查询，换了手机或电脑", () => {
  test.each(WAYS_WITH_PHONES)(
    "proves the phone and prints again, $how",
    async (way) => {
      const { phone } = way;
      const number = await submitElsewhere(phone);
      const { page, look } = await startJourney(browser, way, `/applications/${number}`);
      expect(await page.getByRole("link", { name: "打印交款通知单" }).count()).toBe(0);
      expect(await page.getByRole("link", { name: "撤销这笔业务" }).count()).toBe(0);
      await page.getByRole("link", { name: "用手机号验证" }).click();
      await page.getByRole("button", { name: "获取短信验证码" }).click();
      await page.getByText("请填写提交时留的手机号码").first().waitFor();
      await look();
      await askForCode(page, phone);
      await page.getByLabel("短信验证码").fill("12345");
      await page.getByRole("button", { name: "验证" }).click();
      await page.getByText("验证码应是 6 位数字，现在是 5 位").first().waitFor();
      await look();
      const sms = await fromOutbox((row) => row.kind === "sms" && row.to === phone);
      expect(sms.text).toContain(`验证码 ${sms.code}，5 分钟内有效`);
      await page.getByLabel("短信验证码").fill(sms.code);
      await page.getByRole("button", { name: "验证" }).click();
      await page.getByRole("link", { name: "打印交款通知单" }).waitFor();
      await printAgain(page, number);
      await page.getByRole("link", { name: "撤销这笔业务" }).click();
      await page.getByRole("button", { name: "撤销这笔业务" }).waitFor();
    },
    LONG_MS,
  );
});

describe("快捷服务 4 业务受理状态查询，撤销", () => {
  test.each(WAYS)("takes the notice back where it was made, $how", async (way) => {
    const journey = await startJourney(browser, way);
    const { page, look } = journey;
    const number = await submitHere(journey);
    await page.getByRole("link", { name: "撤销这笔业务" }).click();
    await page.getByRole("heading", { name: "要撤销这笔业务吗？" }).waitFor();
    expect(await wordsOf(page.getByRole("main"))).toContain("银行不再凭它收款");
    await look();
    await page.getByRole("button", { name: "撤销这笔业务" }).click();
    await page.getByText("已作废", { exact: true }).waitFor();
    expect(await wordsOf(page.getByRole("main"))).toContain("申请人自己撤销");
    await page.goto(`/applications/${number}/cancel`);
    expect(await wordsOf(page.getByRole("main"))).toContain("不能撤销了");
    await look();
  });
});

/** The slip opens in a tab of its own; here its bytes are enough. */
async function printAgain(page: Page, number: string): Promise<void> {
  const slip = await page.request.get(`/applications/${number}/slips/payment-notice`);
  expect(slip.status()).toBe(200);
  expect((await slip.body()).subarray(0, 5).toString()).toBe("%PDF-");
}
