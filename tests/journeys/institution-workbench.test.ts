import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { fillCaptcha } from "../support/door-journey.ts";
import { startJourney, WAYS } from "../support/journey.ts";
import { openMenu } from "../support/workbench.ts";

const PASSWORD = "Demo-2026!";
/** Many pages, each judged, and a print outside of the request. */
const LONG_MS = 240_000;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function signIn(page: Page, door: string, username: string): Promise<void> {
  await page.goto("/sign-in/institution");
  await page.getByRole("link", { name: door }).click();
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await fillCaptcha(page);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "物业专项维修资金信息管理系统", level: 1 }).waitFor();
}

async function throughMenu(page: Page, title: string): Promise<void> {
  const menu = await openMenu(page);
  await menu.getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

/** With script at the desk, without script on a phone: the others differ in nothing that these pages do. */
const [DESK, , , PHONE] = WAYS;

describe("机构用户登录：信息管理系统", () => {
  test(
    "a property company looks after its estate, with script at 1280 px",
    async () => {
      const { page, look } = await startJourney(browser, DESK);
      await signIn(page, "物业服务企业登录", "property-demo");
      await look();
      await page.getByRole("link", { name: "示例花园二期", exact: true }).click();
      await page.getByRole("heading", { name: "示例花园二期", level: 1 }).waitFor();
      await look();
      await page.getByRole("link", { name: "交存和退款明细" }).click();
      await page.getByLabel("排序").selectOption("largest");
      await page.getByRole("button", { name: "筛选" }).click();
      await page.waitForURL(/order=largest/);
      await look();
      const saved = page.waitForEvent("download");
      await page.getByRole("link", { name: "导出这些明细 XLSX" }).click();
      expect((await saved).suggestedFilename()).toMatch(/^收支明细-SL0127-.*\.xlsx$/);
      await throughMenu(page, "单位资料");
      await look();
      await page.getByRole("link", { name: "申请变更" }).click();
      await page.getByRole("button", { name: "提交", exact: true }).click();
      await page.getByText("没有要变更的内容，请填写要改的那几项").first().waitFor();
      await look();
      await throughMenu(page, "我的登录");
      await look();
      await page.getByRole("link", { name: "人员账号" }).click();
      await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
      await page.locator("main").getByRole("button").first().click();
      await page.getByRole("heading", { name: "人员账号", level: 1 }).waitFor();
      await look();
    },
    LONG_MS,
  );

  test(
    "a committee prints notices to top up and posts a statement, without script at 390 px",
    async () => {
      const { page, look } = await startJourney(browser, PHONE);
      await signIn(page, "业主委员会登录", "committee-demo");
      await look();
      await page.getByRole("link", { name: /户余额不足 30%/ }).click();
      await page.getByRole("heading", { name: "示例花园 续交通知", level: 1 }).waitFor();
      await look();
      await page.getByRole("button", { name: "生成续交通知" }).click();
      await page.waitForURL(/\/workbench\/top-up\//);
      await look();
      const file = page.getByRole("link", { name: /^第 1–.* 户 PDF$/ });
      await expect
        .poll(
          async () => {
            await page.reload();
            return await file.count();
          },
          { timeout: 60_000, interval: 1_000 },
        )
        .toBe(1);
      await look();
      const saved = page.waitForEvent("download");
      await file.click();
      expect((await saved).suggestedFilename()).toBe("续交通知-SL0126-1.pdf");
      await page.getByRole("link", { name: "公示报表" }).click();
      await page.getByLabel("时段", { exact: true }).selectOption({ index: 1 });
      await page.getByRole("button", { name: "看这个时段" }).click();
      await look();
      await page.getByRole("button", { name: "锁定，准备公示" }).click();
      await page.getByText("已锁定，可以打印公示").waitFor();
      await look();
      const csv = page.waitForEvent("download");
      await page.getByRole("link", { name: "下载 CSV" }).click();
      expect((await csv).suggestedFilename()).toMatch(/^维修资金收支公示-SL0126-.*-1\.csv$/);
    },
    LONG_MS,
  );
});
