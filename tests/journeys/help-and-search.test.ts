import { afterAll, beforeAll, expect, test } from "vitest";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test.each([WAYS[1], WAYS[2]])(
  "whoever is stuck finds a person, a place and an hour, $how",
  async (way) => {
    const { page, look } = await startJourney(browser, way, "/help");
    const words = await wordsOf(page.getByRole("main"));
    expect(words).toMatch(/现在窗口(有人，到|没有人，)/);
    for (const shown of ["12345", "民生路办事大厅", "坐车来", "没有台阶的入口", "9:00–12:00"]) {
      expect(words).toContain(shown);
    }
    await look();
    await page.getByRole("link", { name: /银行网点/ }).click();
    await page.getByLabel("区县").selectOption({ label: "样板区" });
    await page.getByLabel("银行", { exact: true }).selectOption({ label: "示例银行" });
    await page.getByRole("button", { name: "找网点" }).click();
    expect(await wordsOf(page.getByRole("status"))).toContain("找到 2 个网点");
    expect(await wordsOf(page.getByRole("table"))).not.toContain("示范商业银行");
    await look();
    await page.getByLabel("网点名称或路名").fill("没有这条路");
    await page.getByRole("button", { name: "找网点" }).click();
    await page.getByText("没有这样的网点").waitFor();
    await look();
    for (const path of ["/help/questions", "/help/objections"]) {
      await page.goto(path);
      await look();
    }
  },
);

test.each([WAYS[0], WAYS[3]])("one search goes over the whole site, $how", async (way) => {
  const { page, look } = await startJourney(browser, way);
  const bar = page.getByRole("region", { name: "查一查" });
  await bar.getByRole("textbox").fill("收不到短信");
  await bar.getByRole("button", { name: "搜索" }).click();
  await look();
  expect(await page.locator("mark").allTextContents()).toContain("收");
  const first = page
    .getByRole("main")
    .getByRole("listitem")
    .getByRole("link")
    .filter({ hasText: "验证码" });
  await first.first().click();
  expect(page.url()).toContain("/help/questions#sign-in");
  await page.goBack();
  expect(await page.getByRole("textbox", { name: "搜索整个网站" }).inputValue()).toBe("收不到短信");

  await page.goto("/search?q=退款&kind=帮助&page=99");
  expect(await wordsOf(page.getByRole("navigation", { name: "只看一类" }))).toContain("办事入口");
  const kinds = page.getByRole("navigation", { name: "只看一类" });
  expect(await wordsOf(kinds.locator("[aria-current]"))).toContain("帮助");

  await page.goto("/search?q=火星移民");
  await page.getByText("没有找到“火星移民”").waitFor();
  await look();
  await page.goto("/search");
  await look();
  await page.getByRole("link", { name: "银行网点" }).click();
  await page.getByRole("link", { name: "银行网点" }).first().waitFor();
});

test("an address, a number and what is private are not searched as words", async () => {
  const { page, look } = await startJourney(browser, WAYS[1], "/search?q=示例花园12幢3单元502");
  await look();
  await page.getByRole("link", { name: "查这套房屋" }).click();
  await page.getByText("与您输入的一致").waitFor();

  const number = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");
  await page.goto(`/search?q=${number}`);
  expect(
    await page.getByRole("link", { name: "查办到哪一步", exact: true }).getAttribute("href"),
  ).toBe(`/status?number=${number}`);
  await page.goto("/search?q=13800138000");
  expect(await wordsOf(page.getByRole("main"))).not.toContain("13800138000");
  await page.getByText("这里不用写证件号码和手机号码").waitFor();
  await look();
});

test.each(["<script>alert(1)</script>", "%00", "a".repeat(3000), "\u202e\u200b退款", "\\'\";--"])(
  "hostile words %j get a page",
  async (typed) => {
    const { page } = await startJourney(browser, WAYS[2]);
    const answer = await page.goto(`/search?q=${encodeURIComponent(typed)}`);
    expect(answer?.status()).toBeLessThan(500);
    expect(await page.locator("h1").count()).toBe(1);
  },
);

test("a page that is not there leads to the search and to the help", async () => {
  const { page } = await startJourney(browser, WAYS[1], "/nothing-here");
  await page.getByRole("textbox", { name: "搜索整个网站" }).fill("退钱");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
  await page.goto("/nothing-here");
  await page.getByRole("main").getByRole("link", { name: "帮助" }).click();
  expect(new URL(page.url()).pathname).toBe("/help");
});
