import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { readPdf } from "../support/pdf-text.ts";

const QUICK_SERVICES = ["业主自主办理区", "进入我的小区", "维修资金查询", "业务受理状态查询"];
const NAVIGATION = ["首页", "新闻", "资料下载", "办事指南", "登录", "注册"];

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("简介: 新闻, 资料下载, 业务办理入口", () => {
  test.each(WAYS)("the home, $how", async (way) => {
    const { page, look } = await startJourney(browser, way);
    for (const name of QUICK_SERVICES) {
      const region = page.getByRole("region", { name });
      expect(await region.getByRole("textbox").count(), name).toBe(1);
      expect(await region.getByRole("button", { name: "搜索" }).count(), name).toBe(1);
    }
    const links = page.getByRole("navigation", { name: "主导航" }).getByRole("link");
    expect(await links.allTextContents()).toEqual(NAVIGATION);
    await look();
    for (const name of NAVIGATION) {
      await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name }).click();
      const current = page.getByRole("navigation", { name: "主导航" }).locator("[aria-current]");
      expect(await wordsOf(current)).toBe(name);
    }
  });

  test.each([WAYS[1], WAYS[2]])("news and guides, $how", async (way) => {
    const { page, look } = await startJourney(browser, way);
    await page.getByRole("link", { name: "全部新闻" }).click();
    await look();
    const newest = page.getByRole("region", { name: "新闻列表" }).getByRole("link").first();
    const title = await wordsOf(newest);
    await newest.click();
    const heading = await wordsOf(page.locator("h1"));
    expect(title).toContain(heading);
    await look();
    await page.goto("/guides/owner-deposit");
    expect(await wordsOf(page.getByRole("main"))).toContain("交款通知单");
    await look();
  });

  test.each([WAYS[0], WAYS[3]])("files, $how", async (way) => {
    const { page, context, look } = await startJourney(browser, way, "/downloads");
    await look();
    const hrefs = await page
      .locator('a[href^="/downloads/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    expect(hrefs.length).toBeGreaterThan(2);
    for (const href of new Set(hrefs)) {
      const file = await context.request.get(href);
      expect(file.status(), href).toBe(200);
      expect(file.headers()["content-disposition"], href).toMatch(
        /^attachment; filename\*=UTF-8''/,
      );
      const bytes = await file.body();
      expect(bytes.length, href).toBeGreaterThan(100);
      if (href.endsWith(".pdf")) expect((await readPdf(bytes)).pages).toBeGreaterThan(0);
    }
  });

  test("a page that is not there leads home", async () => {
    const { page, look } = await startJourney(browser, WAYS[1], "/nothing-here");
    expect(await wordsOf(page.locator("h1"))).toBe("没有这个页面");
    await look();
    await page.getByRole("link", { name: "回到首页" }).click();
    expect(new URL(page.url()).pathname).toBe("/");
  });

  test.each(["/accessibility", "/privacy", "/sitemap"])("%s", async (path) => {
    const { page, look } = await startJourney(browser, WAYS[1], path);
    await look();
    const hrefs = await page
      .getByRole("main")
      .locator('a[href^="/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    for (const href of new Set(hrefs)) {
      expect((await page.request.get(href)).status(), href).toBe(200);
    }
  });
});

describe("适老版 and 深色显示", () => {
  test.each([WAYS[1], WAYS[2]])("are remembered on every page, $how", async (way) => {
    const { page, look } = await startJourney(browser, way, "/news?page=1");
    await page.getByRole("banner").getByRole("link", { name: "适老版" }).click();
    expect(page.url()).toBe(`${inject("systemUrl")}/news?page=1`);
    expect(await modeOf(page)).toBe("elder");
    await page.goto("/");
    expect(await wordsOf(page.locator("h1"))).toBe("您好，要办什么事？");
    for (const name of QUICK_SERVICES) await page.getByRole("region", { name }).waitFor();
    await look();
    await page.getByRole("link", { name: "深色显示" }).click();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await modeOf(page)).toBe("elder");
    await look();
    await page.goto("/fund/SL0126-12-3-0501");
    expect(await modeOf(page)).toBe("elder");
    await look();
    await page.getByRole("banner").getByRole("link", { name: "标准版" }).click();
    expect(await modeOf(page)).toBe("standard");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await look();
  });
});

test("适老版 keeps an owner's pages within the narrowest screen", async () => {
  const { page, look } = await startJourney(browser, WAYS[3], "/display?mode=elder&back=/");
  for (const path of [
    "/my-estate/SL0126",
    "/my-estate/SL0126/buildings/12",
    "/refund/SL0126-12-3-0503",
    "/unrecorded-deposit/SL0126",
    "/deposit/SL0126-12-3-0504",
    "/status?number=112611230482719530",
  ]) {
    await page.goto(path);
    expect(await modeOf(page)).toBe("elder");
    await look();
  }
});

function modeOf(page: Page): Promise<string | null> {
  return page.locator("html").getAttribute("data-mode");
}

test.each([WAYS[0], WAYS[2]])("the keyboard alone goes to the words, $how", async (way) => {
  const { page } = await startJourney(browser, way);
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").textContent()).toBe("跳到正文");
  expect(await page.locator(":focus").boundingBox()).toMatchObject({ x: expect.any(Number) });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.locator("main :focus").waitFor();
  const box = page.getByRole("region", { name: "业主自主办理区" }).getByRole("textbox");
  await box.focus();
  await page.keyboard.insertText("示例花园12幢3单元501");
  await page.keyboard.press("Enter");
  await page.getByText("与您输入的一致").waitFor();
});
