import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { readPdf } from "../support/pdf-text.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const BOTH = [WAYS[1], WAYS[2]];
const main = (page: Page) => page.getByRole("main");

describe("办事指南", () => {
  test.each(BOTH)("from who one is to the paper and the article behind it, $how", async (way) => {
    const { page, context, look } = await startJourney(browser, way, "/guides");
    await look();
    const owner = page.getByRole("region", { name: "业主", exact: true });
    await owner.getByRole("link", { name: /业主退款/ }).click();
    expect(await wordsOf(page.locator("h1"))).toBe("业主退款");
    await look();
    const list = page.getByRole("link", { name: /^下载这份清单.*：多交$/ });
    const file = await context.request.get((await list.getAttribute("href")) ?? "");
    expect((await readPdf(await file.body())).text).toContain("业主退款（多交）要件清单");
    await page.getByRole("link", { name: "第二十九条" }).click();
    expect(page.url()).toMatch(/\/policies\/decree-165#article-29$/);
    expect(await wordsOf(page.locator(":target h3"))).toContain("房屋灭失");
    await look();
  });

  test("every guide and every rule can be read by anybody", async () => {
    const { page, look } = await startJourney(browser, WAYS[3], "/guides");
    const hrefs = await main(page)
      .locator('a[href^="/guides/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const guides = new Set(hrefs);
    expect(guides.size).toBe(22);
    for (const href of guides) {
      expect((await page.request.get(href)).status(), href).toBe(200);
    }
    for (const path of ["/guides/batch-deposit", "/policies", "/policies/deposit-standards"]) {
      await page.goto(path);
      await look();
    }
  });
});

describe("计算器", () => {
  test.each(BOTH)("answers with amount, standard and law, $how", async (way) => {
    const { page, look } = await startJourney(browser, way, "/calculator");
    await look();
    await page.getByRole("button", { name: "计算" }).click();
    expect(await wordsOf(page.getByRole("region", { name: "出错" }))).toContain("请填写建筑面积");
    await look();
    await page.getByLabel("建筑面积").fill("９８．７６");
    await page.getByLabel("住宅").check();
    await page.getByLabel("有", { exact: true }).check();
    await page.getByRole("button", { name: "计算" }).click();
    const panel = page.getByRole("region", { name: "首次应交" });
    expect(await wordsOf(panel)).toContain("98.76 ㎡ × 120.00 元/㎡ = 11,851.20 元");
    expect(await wordsOf(panel)).toContain("人民币壹万壹仟捌佰伍拾壹元贰角整");
    expect(await wordsOf(main(page))).toContain("余额低于 3,555.36 元（首次交款的 30%）");
    expect(page.url()).toContain("houseUse=residential");
    await look();
    await page.getByRole("link", { name: "去业主自主办理区交款" }).click();
    expect(new URL(page.url()).pathname).toBe("/owner-service");
  });
});

describe("资料下载", () => {
  test.each(BOTH)("one category, and a file that is what it says, $how", async (way) => {
    const { page, context, look } = await startJourney(browser, way, "/downloads");
    await page.getByRole("navigation", { name: "按类别看" }).getByText("申请单").click();
    expect(decodeURIComponent(page.url())).toContain("category=申请单");
    await look();
    const first = main(page).getByRole("listitem").filter({ hasText: "退款申请单" }).first();
    await page.getByText("各文件的校验值和核对方法").click();
    const sums = page.locator(".checksums div").filter({ hasText: "退款申请单" });
    const sha256 = await wordsOf(sums.locator("code").first());
    await look();
    const href = (await first.getByRole("link").first().getAttribute("href")) ?? "";
    const body = await (await context.request.get(href)).body();
    expect(createHash("sha256").update(body).digest("hex")).toBe(sha256);
    await page.reload();
    expect(await wordsOf(first)).toMatch(/下载 [1-9]\d* 次/);
  });
});
