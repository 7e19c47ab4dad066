import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { jpegBytes } from "../support/document-files.ts";
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

/** 98.76 ㎡ at 120.00 yuan per ㎡. */
const DUE = { yuan: "11,851.20", capitals: "人民币壹万壹仟捌佰伍拾壹元贰角整" } as const;

/** Each walk has a room of its own that the demonstration does not have. */
const WALKS: { way: Way; room: string }[] = WAYS.map((way, at) => ({ way, room: `${191 + at}1` }));

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("快捷服务 1 (1) 未备案房屋交款", () => {
  test.each(WALKS)("$way.how, room $room", { timeout: 180_000 }, async ({ way, room }) => {
    const journey = await startJourney(browser, way);
    await findEstate(journey, room);
    await refuseAnEmptyForm(journey);
    await fillIn(journey, room);
    const number = await confirm(journey);
    await printSlips(journey, number, room);
    await payAtBank(journey, number);
    await seeItWait(journey, number, room);
  });

  test("提交 while a file is on its way says so beside it, and hands in after the last", async () => {
    const { page } = await startJourney(browser, WAYS[1], "/unrecorded-deposit/SL0126");
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route("**/documents", async (route) => {
      await held;
      await route.continue();
    });
    const file = { name: "合同.jpg", mimeType: "image/jpeg", buffer: await jpegBytes(7) };
    await page.locator("input[data-upload]").first().setInputFiles(file);
    await page.getByRole("button", { name: "提交", exact: true }).last().click();
    await page.getByText("还有 1 个文件在上传，传完会自动提交").waitFor();
    letThrough();
    await page.getByText("处要改，改好再提交").waitFor();
    expect(await page.getByRole("link", { name: "合同.jpg" }).count()).toBe(1);
  });
});

/** Steps 2 to 4: the search that finds nothing, 未备案房屋交款, 小区名称, 查询, 未备案交款. */
async function findEstate({ page, look }: Journey, room: string): Promise<void> {
  await searchFromHome(page, "业主自主办理区", `示例花园12幢3单元${room}`);
  await page.getByRole("link", { name: "未备案房屋交款", exact: true }).click();
  await look();
  await page.getByLabel("小区名称").fill("slhy");
  await page.getByRole("button", { name: "查询" }).click();
  const estate = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: "示例花园", exact: true }) });
  expect(await wordsOf(estate)).toContain("物业区域编号 SL0126");
  await look();
  await estate.getByRole("link", { name: "未备案交款", exact: true }).click();
}

/** Step 5 with nothing filled in. */
async function refuseAnEmptyForm({ page, look }: Journey): Promise<void> {
  const words = await wordsOf(page.getByRole("main"));
  for (const shown of ["物业区域编号", "SL0126", "坐落", "开发单位", "物业企业", "建成年代"]) {
    expect(words).toContain(shown);
  }
  await look();
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("处要改，改好再提交").waitFor();
  expect(await page.getByText("请上传购房合同或不动产权证").count()).toBe(2);
  await look();
}

/** A file is on the page once it is stored; without script 上传 or 提交 sends it. */
async function choose(page: Page, way: Way, label: string, name: string, seed: number) {
  const buffer = await jpegBytes(seed);
  await page.getByLabel(label).setInputFiles({ name, mimeType: "image/jpeg", buffer });
  if (!way.javaScript) await page.getByRole("button", { name: "上传" }).click();
  await page.getByRole("link", { name }).waitFor();
}

async function fillIn({ page, look, way }: Journey, room: string): Promise<void> {
  const fields: [string, string][] = [
    ["building", "12栋"],
    ["unit", "三单元"],
    ["room", `${room}室`],
    ["floor", "18"],
    ["floors", "18"],
    ["area", "98.76"],
    ["contractNo", `示例预售 2024-0${room}`],
    ["contractDate", "2024-06-01"],
    ["owner1Name", "欧阳示例"],
    ["owner1DocumentNo", "110101198506155020"],
    ["owner1Phone", "13800005678"],
  ];
  for (const [name, value] of fields) await page.locator(`#field-${name}`).fill(value);
  for (const name of ["住宅", "商品房", "有", "单独所有"]) {
    await page.getByRole("radio", { name, exact: true }).check({ force: true });
  }
  await page.getByRole("radio", { name: /^预测/ }).check({ force: true });
  await choose(page, way, "购房合同或不动产权证", "合同.jpg", 1);
  await choose(page, way, "业主身份证", "身份证.jpg", 2);
  if (!way.javaScript) {
    // What was typed is still there after the files were sent on their own.
    expect(await page.locator("#field-owner1Name").inputValue()).toBe("欧阳示例");
    expect(await page.getByRole("radio", { name: "住宅", exact: true }).isChecked()).toBe(true);
    expect(await page.getByText("身份证.jpg").count()).toBeGreaterThan(0);
  }
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByRole("heading", { name: "确认交款信息" }).waitFor();
  await look();
}

/** Step 6: the amount is shown with its arithmetic and cannot be edited. */
async function confirm({ page, look, way }: Journey): Promise<string> {
  const words = await wordsOf(page.getByRole("main"));
  for (const shown of [
    DUE.yuan,
    DUE.capitals,
    "98.76 ㎡ × 120.00 元/㎡",
    "合同.jpg",
    "138****5678",
  ]) {
    expect(words).toContain(shown);
  }
  expect(words).not.toContain("110101198506155020");
  expect(await page.getByRole("textbox").count()).toBe(0);
  await page.getByRole("link", { name: "返回修改" }).click();
  expect(await page.locator("#field-owner1Name").inputValue()).toBe("欧阳示例");
  await page.getByRole("button", { name: "提交", exact: true }).click();
  const button = page.getByRole("button", { name: "确认并提交" });
  await (way.javaScript ? button.dblclick() : button.click());
  await page.getByRole("heading", { name: "提交成功" }).waitFor();
  await look();
  return /\/applications\/(\d{18})\?submitted=1$/.exec(page.url())?.[1] ?? "";
}

async function printSlips({ page, context }: Journey, number: string, room: string) {
  for (const [link, title, document] of [
    ["打印交款通知单", "物业专项维修资金交款通知单", "证件尾号5020"],
    ["打印申请单", "未备案房屋交款申请单", "1****************0"],
  ] as const) {
    const href = await page.getByRole("link", { name: link }).getAttribute("href");
    const answer = await context.request.get(href ?? "");
    expect(answer.status()).toBe(200);
    const { text, pages } = await readPdf(await answer.body());
    expect(pages).toBe(1);
    for (const shown of [title, document, number, DUE.yuan, "欧**", `3单元${room}室`]) {
      expect(text, `${link}: ${shown}`).toContain(shown);
    }
    expect(text).not.toMatch(/欧阳示例|110101198506155020|13800005678/);
  }
}

/** Steps 7 and 8. */
async function payAtBank({ way }: Journey, number: string): Promise<void> {
  const desk = await startJourney(browser, way.javaScript ? WAYS[0] : WAYS[2], "/bank");
  await signInAtDesk(desk.page, "teller-demo");
  await desk.page.getByLabel("通知单编号").fill(number);
  await desk.page.getByRole("button", { name: "查询" }).click();
  await desk.page.getByLabel("银行流水号").fill(`WB-${number.slice(8)}`);
  await desk.page.getByRole("button", { name: /确认到账|确认收款/ }).click();
  await desk.page.waitForLoadState();
  expect(await wordsOf(desk.page.getByRole("main"))).toContain(DUE.yuan);
}

async function seeItWait({ page, look }: Journey, number: string, room: string): Promise<void> {
  await page.goto(`/status?number=${number}`);
  const words = await wordsOf(page.getByRole("main"));
  expect(words).toContain("待核验");
  expect(words).toContain("最晚");
  await look();
  // The house is found now, and asks for no second deposit.
  await searchFromHome(await atHome(page), "业主自主办理区", `示例花园12幢3单元${room}`);
  const exact = page.getByRole("article").filter({ hasText: "与您输入的一致" });
  expect(await wordsOf(exact)).toContain("SL0126-T");
  await exact.getByRole("link", { name: "交款", exact: true }).click();
  expect(await wordsOf(page.getByRole("main"))).toContain("这套房屋还在核验");
  await page.goto("/unrecorded-deposit/SL0126");
  await look();
}

async function atHome(page: Page): Promise<Page> {
  await page.goto("/");
  return page;
}
