import { randomInt } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { groupNumber } from "#src/kernel/application-number.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import {
  type Journey,
  searchFromHome,
  signInAtDesk,
  startJourney,
  WAYS,
  type Way,
  wordsOf,
} from "../support/journey.ts";
import { readPdf } from "../support/pdf-text.ts";
import { readBarcode } from "../support/read-barcode.ts";

/** 98.76 ㎡ at 120.00 yuan per ㎡. */
const DUE = { yuan: "11,851.20", capitals: "人民币壹万壹仟捌佰伍拾壹元贰角整" } as const;
const PAYER = { name: "欧阳示例", masked: "欧**", phone: "13800005678" } as const;

/** Each walk has a house of its own; 506 gets notices that nobody pays. */
const WALKS: { way: Way; room: string; isPaid: boolean }[] = [
  { way: WAYS[0], room: "506", isPaid: false },
  { way: WAYS[1], room: "502", isPaid: true },
  { way: WAYS[2], room: "504", isPaid: true },
  { way: WAYS[3], room: "506", isPaid: false },
];

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("快捷服务 1 (2) 业主交款", () => {
  test.each(WALKS)("$way.how, room $room", async ({ way, room, isPaid }) => {
    const journey = await startJourney(browser, way);
    const { page } = journey;
    await findHouse(journey, room);
    await refuseAnEmptyForm(journey);
    const number = await submit(journey);
    await printNotice(journey, number, room);
    if (!isPaid) return;
    await payAtBank(journey, number);
    await seeSettled(journey, number);
    await page.goto(`/owner-service?q=示例花园12幢3单元${room}`);
    const paid = page.getByRole("article").filter({ hasText: "已交清" });
    expect(await wordsOf(paid.locator(".button.primary"))).toBe("查看明细");
    await paid.getByRole("link", { name: "交款", exact: true }).click();
    expect(await wordsOf(page.getByRole("main"))).toContain("这套房屋已经交清");
    await journey.look();
  });
});

/** Steps 2 to 4: 搜索 from the home, the list, 交款. */
async function findHouse({ page, look, way }: Journey, room: string): Promise<void> {
  if (way.javaScript) await seeSuggestions(page, room);
  await searchFromHome(page, "业主自主办理区", `示例花园12栋3单元${room}室`);
  const exact = page.getByRole("article").filter({ hasText: "与您输入的一致" });
  const text = await wordsOf(exact);
  expect(text).toContain(`示例花园 12幢 3单元 ${room}`);
  expect(text).toContain(`未交，应交 ${DUE.yuan} 元`);
  await look();
  await exact.getByRole("link", { name: "交款", exact: true }).click();
}

async function seeSuggestions(page: Page, room: string): Promise<void> {
  const region = page.getByRole("region", { name: "业主自主办理区" });
  await region.getByRole("textbox").pressSequentially(`示例花园12幢3单元${room}`);
  await region.getByRole("link", { name: `示例花园 12幢 3单元 ${room}` }).waitFor();
  await page.keyboard.press("ArrowDown");
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  expect(focused).toBe(`示例花园 12幢 3单元 ${room}`);
  await page.keyboard.press("Escape");
  expect(await region.getByRole("list", { name: "您是不是要找" }).count()).toBe(0);
}

/** Step 5 with nothing filled in: what is missing is said twice and what was typed stays. */
async function refuseAnEmptyForm({ page, look, way }: Journey): Promise<void> {
  expect(await wordsOf(page.locator("h1"))).toBe("购房人交款");
  const words = await wordsOf(page.getByRole("main"));
  for (const shown of [
    "98.76 ㎡",
    "120.00 元/㎡",
    "应交",
    "已交",
    "欠交",
    DUE.yuan,
    DUE.capitals,
  ]) {
    expect(words).toContain(shown);
  }
  expect(await page.getByLabel("首次交款").isChecked()).toBe(true);
  await look();
  await page.getByLabel("交款人").fill(PAYER.name);
  await page.getByLabel("手机号码").fill("1380000567");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("有 1 处要改，改好再提交").waitFor();
  expect(await page.title()).toMatch(/^出错：/);
  const sentence = "手机号码应是 11 位数字，现在是 10 位";
  expect(await page.getByText(sentence).count()).toBe(2);
  expect(await page.getByLabel("交款人").inputValue()).toBe(PAYER.name);
  expect(await page.getByLabel("手机号码").inputValue()).toBe("1380000567");
  expect(await page.getByLabel("手机号码").getAttribute("aria-invalid")).toBe("true");
  if (way.javaScript) {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
    expect(focused).toContain(sentence);
  }
  await look();
  await page.getByRole("link", { name: sentence }).click();
  if (way.javaScript) await page.locator("#field-phone:focus").waitFor();
}

async function submit({ page, look, way }: Journey): Promise<string> {
  await page.getByLabel("手机号码").fill(PAYER.phone);
  const button = page.getByRole("button", { name: "提交" });
  await (way.javaScript ? button.dblclick() : button.click());
  await page.getByRole("heading", { name: "提交成功" }).waitFor();
  const number = /\/applications\/(\d{18})\?submitted=1$/.exec(page.url())?.[1] ?? "";
  const words = (await wordsOf(page.getByRole("main"))).replaceAll(" ", "");
  expect(words).toContain(`业务单编号${number}`);
  expect(words).toContain("待交款");
  await look();
  const qr = await page
    .getByRole("img", { name: "扫码看进度" })
    .evaluate((box) => box.querySelector("svg")?.outerHTML ?? box.outerHTML);
  expect(await readBarcode("qr", qr, 600)).toBe(`${inject("systemUrl")}/applications/${number}`);
  return number;
}

/** Step 5, 打印: the paper that the payer takes to the bank. */
async function printNotice(
  { page, context }: Journey,
  number: string,
  room: string,
): Promise<void> {
  const link = page.getByRole("link", { name: "打印交款通知单" });
  const answer = await context.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  const pdf = await readPdf(await answer.body());
  expect(pdf.text.split(DUE.capitals).length - 1, "copies").toBe(3);
  for (const printed of [
    number,
    DUE.capitals,
    DUE.yuan,
    PAYER.masked,
    `示例花园12幢3单元${room}`,
  ]) {
    expect(pdf.text).toContain(printed);
  }
  expect(pdf.text).not.toContain(PAYER.name);
}

/** Step 6, at the counter, in the teller's own browser. */
async function payAtBank({ way }: Journey, number: string): Promise<void> {
  const desk = await startJourney(browser, way, "/bank/sign-in");
  const { page } = desk;
  await signInAtDesk(page, "teller-demo");
  await page.getByLabel("通知单编号").fill(number);
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByText("已锁定给本柜面").waitFor();
  const words = await wordsOf(page.getByRole("main"));
  for (const shown of [DUE.yuan, DUE.capitals, PAYER.masked]) expect(words).toContain(shown);
  await desk.look();
  await page.getByLabel("银行流水号").fill(`60261123${randomInt(1e8)}`);
  await page.getByRole("button", { name: "确认到账" }).click();
  await page.getByText(`已入账 ¥${DUE.yuan}`).waitFor();
  await desk.look();
}

/** The same citizen afterwards: 已办结, and the money with its explanation in 查看明细. */
async function seeSettled({ page, look }: Journey, number: string): Promise<void> {
  await page.goto(`/applications/${number}`);
  await page.getByText("已办结", { exact: true }).waitFor();
  await look();
  await page.getByRole("link", { name: "查看明细" }).first().click();
  const row = page.getByRole("row").filter({ hasText: groupNumber(number) });
  const line = await wordsOf(row);
  expect(line).toContain("98.76 ㎡ × 120.00");
  expect(line).toContain(DUE.yuan);
  expect(line).toContain("示例银行");
  await look();
}
