import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demonstrationOwners } from "#src/demo/demonstration-owners.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Journey, searchFromHome, startJourney, WAYS, wordsOf } from "../support/journey.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("快捷服务 3 维修资金查询", () => {
  test.each(WAYS)("$how", async (way) => {
    const journey = await startJourney(browser, way);
    const { page, look } = journey;
    await searchFromHome(page, "维修资金查询", "示例花园 12-3-503");
    const exact = page.getByRole("article").filter({ hasText: "与您输入的一致" });
    expect(await wordsOf(exact)).toContain("已交清");
    expect(await exact.getByRole("link", { name: "交款", exact: true }).count()).toBe(0);
    await look();
    await exact.getByRole("link", { name: "查看明细" }).click();
    await readDetail(journey);
    await look();
  });

  test("a house without any deposit says so, and one below 30 % asks for more", async () => {
    const { page, look } = await startJourney(browser, WAYS[1], "/fund");
    expect(await page.getByLabel("房屋地址").count()).toBe(1);
    await look();
    await page.goto("/fund/SL0126-12-3-0506");
    expect(await wordsOf(page.getByRole("main"))).toContain("这套房屋还没有交过维修资金");
    await look();
    await page.goto("/fund/SL0126-12-3-0505");
    expect(await wordsOf(page.getByRole("region", { name: "余额" }))).toContain("不足30%，应续交");
    await look();
    await page.getByRole("link", { name: /^续交 [\d,.]+ 元$/ }).click();
    expect(await page.getByLabel("维修资金续交").isChecked()).toBe(true);
    await look();
  });

  test.each([
    ["", "请输入房屋地址"],
    ["查无此园99幢9单元909", "没有找到"],
    ["地".repeat(200), "地址太长了"],
  ])("the search for “%s” is answered with what to do", async (words, sentence) => {
    const { page, look } = await startJourney(browser, WAYS[2]);
    await searchFromHome(page, "维修资金查询", words);
    expect(await wordsOf(page.getByRole("main"))).toContain(sentence);
    expect(await page.getByRole("main").getByRole("textbox").inputValue()).toBe(words);
    await look();
  });
});

/** Balance, its parts, where they come from, the chart, every entry: and nothing about the owner. */
async function readDetail({ page, context }: Journey): Promise<void> {
  expect(await wordsOf(page.locator("h1"))).toBe("示例花园 12幢 3单元 503");
  const balance = await wordsOf(page.getByRole("region", { name: "余额" }));
  for (const part of ["当前余额", "首次交存", "本金", "利息"]) expect(balance).toContain(part);
  const words = await wordsOf(page.getByRole("main"));
  expect(words).toContain("120.00 元/㎡");
  expect(words).toContain("98.76 ㎡ × 120.00 元/㎡ = 11,851.20 元");
  const amount = /¥ ?([0-9,]+\.[0-9]{2})/.exec(balance)?.[1] ?? "none";
  const chart = page.getByRole("img", { name: "余额变化", exact: true });
  expect(await wordsOf(chart.locator("desc"))).toContain(amount);
  const rows = page.getByRole("table").getByRole("row");
  expect(await rows.count()).toBeGreaterThan(2);
  expect(await wordsOf(rows.nth(1))).toContain(amount);
  expect(await wordsOf(rows.last())).toContain("首次交款");
  const html = await page.content();
  for (const { owner } of demonstrationOwners) {
    for (const own of [owner.name, owner.documentNo, owner.phone]) expect(html).not.toContain(own);
  }
  const href = (await page.getByRole("link", { name: "导出明细" }).getAttribute("href")) ?? "";
  const csv = await (await context.request.get(href)).text();
  expect(csv.trim().split("\n")).toHaveLength(await rows.count());
  expect(csv).toContain(amount.replaceAll(",", ""));
}
