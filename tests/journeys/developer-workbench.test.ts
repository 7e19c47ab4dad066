import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { fillCaptcha } from "../support/door-journey.ts";
import { signInAtDesk, startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { openMenu } from "../support/workbench.ts";

/** Many pages, a file and a PDF. */
const LONG_MS = 300_000;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function signInAsDeveloper(page: Page): Promise<void> {
  await page.goto("/sign-in/institution");
  await page.getByRole("link", { name: "开发建设单位登录" }).click();
  await page.getByLabel("用户名").fill("developer-demo");
  await page.getByLabel("密码", { exact: true }).fill("Demo-2026!");
  await fillCaptcha(page);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/\/workbench$/);
}

async function menu(page: Page, title: string): Promise<void> {
  const entries = await openMenu(page);
  await entries.getByRole("link", { name: title }).click();
}

/** With script at a desk, without on a phone: the other two are the same pages. */
const TELLING_WAYS = [WAYS[0], WAYS[3]] as const;

describe("信息管理系统：开发建设单位", () => {
  test.each(TELLING_WAYS)(
    "estates, unpaid list, import, batch deposit and certificate, $how",
    async (way) => {
      const { page, look } = await startJourney(browser, way);
      await signInAsDeveloper(page);

      await menu(page, "小区和房屋");
      await look();
      await page.getByRole("link", { name: "示例花园二期" }).click();
      await look();
      await page.getByRole("link", { name: "谁还没交" }).click();
      await look();

      await menu(page, "房屋导入");
      await look();
      await page.getByLabel("登记文件", { exact: true }).setInputFiles({
        name: "houses.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          "物业区域名称,区划代码,幢号,房号,建筑面积,房屋用途\n别人的小区,990101,1幢,101,80,住宅\n",
        ),
      });
      await page.getByRole("button", { name: "上传并导入" }).click();
      await page.waitForURL(/house-imports\/[0-9a-f-]{36}$/);
      await expect
        .poll(
          async () => {
            await page.reload();
            return await page.getByText("完成时间").count();
          },
          { timeout: 30_000 },
        )
        .toBe(1);
      await look();
      expect(await wordsOf(page.getByRole("table"))).toContain("第 2 行物业区域名称别的小区");

      await menu(page, "批量交款");
      await look();
      await page.getByRole("link", { name: /示例花园二期/ }).click();
      await look();
      const buildings = page.locator('input[name="building"]');
      await buildings.nth(0).check({ force: true });
      await buildings.nth(1).check({ force: true });
      await page.getByRole("button", { name: "列出并全部选中" }).click();
      await look();
      const boxes = page.locator('input[name="house"]');
      expect(await page.locator('input[name="house"]:checked').count()).toBe(await boxes.count());
      await page.getByRole("button", { name: "列出，自己勾选" }).click();
      const code = await boxes.first().getAttribute("value");
      await boxes.first().check({ force: true });
      await page.getByRole("button", { name: "核对选中的房屋" }).click();
      await page.getByRole("button", { name: "返回修改选择" }).click();
      expect(await page.locator('input[name="house"]:checked').count()).toBe(1);
      await page.getByRole("button", { name: "核对选中的房屋" }).click();
      await look();
      await page.getByRole("button", { name: "提交", exact: true }).click();
      await page.waitForURL(/submitted=1$/);
      await look();
      expect(await wordsOf(page.locator("#batch-houses"))).toContain(code);
      const number = /deposits\/(\d{18})/.exec(page.url())?.[1] ?? "";
      const slip = await page.request.get(`/workbench/batch-deposits/${number}/slip`);
      expect(slip.headers()["content-type"]).toBe("application/pdf");

      await menu(page, "已交清证明");
      await look();
      await page.getByLabel("单套房屋").fill(code ?? "");
      await page.getByRole("button", { name: "为这一套开具" }).click();
      await page.getByText("还不能开具：未交 1 户").first().waitFor();
      await look();

      const desk = await startJourney(browser, way, "/bank");
      await signInAtDesk(desk.page, "teller-demo");
      await desk.page.getByLabel("通知单编号").fill(number);
      await desk.page.getByRole("button", { name: "查询" }).click();
      await desk.page.getByText("示例花园二期 1 套房屋").waitFor();
      await desk.look();
      await desk.page.getByLabel("银行流水号").fill(`BATCH-${number.slice(-9)}`);
      await desk.page.getByRole("button", { name: /^确认到账/ }).click();
      await desk.page.getByText("已入账").first().waitFor();

      await page.goto(`/workbench/batch-deposits/${number}`);
      await page.getByText("已办结").first().waitFor();
      await look();
      await menu(page, "已交清证明");
      await page.getByRole("link", { name: "示例花园二期" }).click();
      await page.getByLabel("单套房屋").fill(code ?? "");
      await page.getByRole("button", { name: "为这一套开具" }).click();
      await page.getByRole("heading", { name: "已开具", level: 1 }).waitFor();
      await look();
    },
    LONG_MS,
  );
});
