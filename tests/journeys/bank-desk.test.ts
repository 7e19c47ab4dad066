import { randomInt } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import {
  type Journey,
  signInAtDesk,
  startJourney,
  WAYS,
  type Way,
  wordsOf,
} from "../support/journey.ts";
import { applyForNotice, findUnpaidHouses, type UnpaidHouse } from "../support/unpaid-houses.ts";

let browser: TestBrowser;
let houses: UnpaidHouse[];

beforeAll(async () => {
  houses = await findUnpaidHouses(inject("systemUrl"), "示例花园12幢3单元");
  expect(houses.length, "unpaid houses for the desk").toBeGreaterThan(1);
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** A desk with script on a wide screen, and one without on a narrow one. */
const DESKS: { way: Way; at: number }[] = [
  { way: WAYS[0], at: 0 },
  { way: WAYS[3], at: 1 },
];

describe("the bank's counter", () => {
  test.each(DESKS)("$way.how", async ({ way, at }) => {
    const house = houses[at] ?? expect.fail("no unpaid house is left");
    const numbers = {
      paid: await applyForNotice(inject("systemUrl"), house),
      superseded: await applyForNotice(inject("systemUrl"), house),
    };
    const desk = await startJourney(browser, way, "/bank/sign-in");
    await desk.look();
    await refuseAWrongPassword(desk);
    await signInAtDesk(desk.page, "teller-demo");
    await desk.look();
    await seeLockFromOtherDesks(desk, numbers.paid, house);
    await payTwiceByMistake(desk, numbers.paid, house);
    await takeLateMoney(desk, numbers.superseded, house);
    await reverse(desk, numbers.paid, house);
    await desk.page.getByRole("button", { name: "退出" }).click();
    await desk.page.goto("/bank");
    await desk.page.getByLabel("用户名").waitFor();
  });
});

async function refuseAWrongPassword({ page, look }: Journey): Promise<void> {
  await page.getByLabel("用户名").fill("teller-demo");
  await page.getByLabel("密码").fill("Demo-2025!");
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByText("用户名或密码不对，请再看一遍").first().waitFor();
  expect(await page.getByLabel("用户名").inputValue()).toBe("teller-demo");
  expect(await page.getByLabel("密码").inputValue()).toBe("");
  await look();
}

async function query(page: Page, number: string): Promise<void> {
  await page.goto("/bank");
  await page.getByLabel("通知单编号").fill(number);
  await page.getByRole("button", { name: "查询" }).click();
  await page.waitForLoadState();
}

/** While one desk holds the notice, another of the bank sees 处理中, and another bank is sent away. */
async function seeLockFromOtherDesks(
  { page, way, look }: Journey,
  number: string,
  house: UnpaidHouse,
): Promise<void> {
  await query(page, `${inject("systemUrl")}/applications/${number}`);
  await page.getByText("已锁定给本柜面").waitFor();
  expect(await wordsOf(page.getByRole("main"))).toContain(house.address);
  const { page: second } = await startJourney(browser, way, "/bank");
  await signInAtDesk(second, "teller2-demo");
  await query(second, number);
  await second.getByRole("heading", { name: /^处理中/ }).waitFor();
  expect(await wordsOf(second.getByRole("main"))).toMatch(/\d\d:\d\d 以后自动解除/);
  await page.getByRole("button", { name: "放弃，解除锁定" }).click();
  await page.waitForURL(/\/bank$/);
  await query(second, number);
  await second.getByText("已锁定给本柜面").waitFor();
  await second.getByRole("button", { name: "放弃，解除锁定" }).click();
  await second.waitForURL(/\/bank$/);
  const { page: other } = await startJourney(browser, way, "/bank");
  await signInAtDesk(other, "teller-other-demo");
  await query(other, number);
  await other.getByText("这张通知单要到示例银行交款").waitFor();
  expect(await wordsOf(other.getByRole("main"))).not.toContain(house.address);
  await look();
}

/** A wrong form is sent back; a double click, or the same form again, books the money once. */
async function payTwiceByMistake(
  { page, way, look }: Journey,
  number: string,
  house: UnpaidHouse,
): Promise<void> {
  await query(page, number);
  const confirm = page.getByRole("button", { name: "确认到账" });
  // The button repeats what will be booked.
  expect(await wordsOf(confirm)).toContain(`确认到账 ${house.due} 元`);
  await page.getByLabel("到账日期").fill("2031-01-01");
  await confirm.click();
  await page.getByText("有 2 处要改，改好再提交").waitFor();
  expect(await wordsOf(page.getByRole("main"))).toContain("到账日期不能晚于今天");
  expect(await page.getByLabel("到账日期").inputValue()).toBe("2031-01-01");
  await look();
  const ref = `6026${randomInt(1e9)}`;
  const form = { ref, day: new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" }) };
  await page.getByLabel("银行流水号").fill(form.ref);
  await page.getByLabel("到账日期").fill(form.day);
  await (way.javaScript ? confirm.dblclick() : confirm.click());
  await page.getByText(`已入账 ¥${house.due}`).waitFor();
  await look();
  const again = await page.context().request.post(`/bank/notices/${number}/confirm`, {
    form: { bankRef: form.ref, valueDate: form.day, amountSeen: house.due },
  });
  expect(again.url()).toContain("done=confirmed");
  await page.goto(`/bank/notices/${number}`);
  expect(await page.getByText(form.ref).count()).toBe(1);
}

/** Money already taken for a dead notice is kept, told apart and promised back. */
async function takeLateMoney(
  { page, look }: Journey,
  number: string,
  house: UnpaidHouse,
): Promise<void> {
  await query(page, number);
  await page.getByRole("heading", { name: "这张通知单已作废" }).waitFor();
  await page.getByText("钱已经收了？").click();
  const form = page.getByRole("form", { name: "登记已收的钱" });
  await form.getByLabel("银行流水号").fill(`6027${randomInt(1e9)}`);
  await form.getByRole("button", { name: "登记到待清算" }).click();
  await page.getByText(`¥${house.due} 已记入待清算款项`).waitFor();
  await look();
  const citizen = await startJourney(browser, WAYS[1], `/status?number=${number}`);
  await citizen.page.getByText("待清算", { exact: true }).waitFor();
  await citizen.look();
}

async function reverse({ page, look }: Journey, number: string, house: UnpaidHouse): Promise<void> {
  await page.goto(`/bank/notices/${number}`);
  await page.getByText("收错了？当天可以冲正").click();
  await page.getByRole("button", { name: `冲正 ¥${house.due}` }).click();
  await page.getByText("请填写冲正原因，例如 金额收错").first().waitFor();
  await page.getByLabel("冲正原因").fill("收错通知单");
  await page.getByRole("button", { name: `冲正 ¥${house.due}` }).click();
  await page.getByText(`已冲正 ¥${house.due}`).waitFor();
  await look();
  const citizen = await startJourney(browser, WAYS[1], `/status?number=${number}`);
  await citizen.page.getByText("已冲正", { exact: true }).waitFor();
  await citizen.page.goto(`/fund/${house.code}`);
  const rows = await citizen.page.getByRole("row").allTextContents();
  expect(rows.filter((row) => row.includes("冲正"))).toHaveLength(1);
  await citizen.look();
}
