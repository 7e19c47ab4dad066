import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("公示", () => {
  test.each(WAYS)("from the city to an estate beside its district, $how", async (way) => {
    const { page, look } = await startJourney(browser, way, "/disclosure");
    expect(await wordsOf(page.locator("h1"))).toBe("维修资金公示");
    expect(await page.getByRole("img", { name: "各区年末余额", exact: true }).count()).toBe(1);
    await page.getByText("余额在各区：看数字").click();
    expect(await wordsOf(page.locator("#district-shares table"))).toContain("占比");
    await look();
    await page.getByRole("link", { name: "各小区", exact: true }).click();
    await page.getByLabel("小区名称").fill("示例花园");
    await page.getByLabel("排序").selectOption("houses");
    await page.getByRole("button", { name: "查询" }).click();
    expect(page.url()).toContain("order=houses");
    await look();
    await page.getByRole("main").getByRole("link", { name: "示例花园", exact: true }).click();
    expect(await wordsOf(page.locator("#comparison"))).toMatch(
      /充足率.*示范区.*全市|示范区.*充足率/s,
    );
    await look();
    const months = page.locator("#months");
    const newest = await wordsOf(months.locator("h2"));
    await months.getByRole("link", { name: "2025 年", exact: true }).click();
    expect(new URL(page.url()).search).toBe("?year=2025");
    expect(newest).not.toBe(await wordsOf(months.locator("h2")));
    expect(await wordsOf(months.locator("h2"))).toBe("本小区 2025 年每月收支");
    expect(await months.getByRole("img", { name: "2025 年每月交存和使用" }).count()).toBe(1);
    await months.getByText("看更早的 6 个月").click();
    const names = await months.locator("tbody th[scope=row]:visible").allInnerTexts();
    expect(names).toEqual(
      Array.from({ length: 12 }, (_, at) => `2025-${`${12 - at}`.padStart(2, "0")}`),
    );
    await look();
    await page.getByRole("link", { name: "进入我的小区" }).click();
    expect(new URL(page.url()).pathname).toBe("/my-estate/SL0126");
  });

  test.each(WAYS)("uses by year, and two locked years compared, $how", async (way) => {
    const { page, look } = await startJourney(browser, way, "/disclosure/uses");
    await page.getByLabel("年份").selectOption("2025");
    await page.getByRole("button", { name: "查询" }).click();
    const words = await wordsOf(page.getByRole("main"));
    expect(words).toMatch(/[0-9]+ 个项目，合计 [0-9,.]+ 元/);
    expect(words).not.toMatch(/2024-[0-9]{2}-[0-9]{2}/);
    await look();
    await page.getByRole("link", { name: "历年锁定", exact: true }).click();
    await look();
    await page.getByRole("button", { name: "查询" }).click();
    expect(await wordsOf(page.locator("h1"))).toBe("2025 年和 2024 年比较");
    await look();
    await page.getByRole("link", { name: "只看 2025 年" }).click();
    expect(await wordsOf(page.locator("#lock"))).toMatch(/SHA-256 ?[0-9a-f]{64}/);
    await look();
  });
});
