import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { signInByPhone } from "../support/door-journey.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { listPaidHouses, writtenAddress } from "../support/paid-houses.ts";
import { readPdf } from "../support/pdf-text.ts";

/** A captcha, a message and a dozen pages, one after the other. */
const LONG_MS = 240_000;
/** Far from both ends of the list, where other walks take their houses. */
const FROM = 12;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/**
 * Each walk is that of another owner who paid, with a phone on record: only the first sign-in is a first one.
 * With script at a desk, without on a phone; the doors are walked all four ways.
 */
const walks = [WAYS[0], WAYS[3]].map((way, at) => {
  const houses = listPaidHouses(new Date()).filter(({ owner }) => owner.phone !== null);
  return { way, how: way.how, house: houses[FROM + at] ?? expect.fail("no paid house is left") };
});

const place = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "我的" }).getByRole("link", { name });

describe("登录 1 业主登录: 我的", () => {
  test.each(walks)(
    "$how",
    async ({ way, house }) => {
      const { page, context, look } = await startJourney(browser, way);
      const phone = house.owner.phone ?? "";
      await signInByPhone(page, phone);
      await look();

      await page.getByLabel("身份证号").fill("110101198506155021");
      await page.getByRole("button", { name: "关联房屋" }).click();
      await page.getByText("证件号码有一位不对").first().waitFor();
      await look();
      await page.getByLabel("身份证号").fill("110101198506155020");
      await page.getByRole("button", { name: "关联房屋" }).click();
      await page.getByText("没有可以关联的房屋").first().waitFor();
      await page.getByLabel("身份证号").fill(house.owner.documentNo);
      await page.getByRole("button", { name: "关联房屋" }).click();
      await page.getByText(/已关联 \d+ 套房屋/).waitFor();
      expect(await wordsOf(page.getByRole("main"))).toContain(house.owner.name);
      await look();

      const address = writtenAddress(house);
      await page.getByRole("link", { name: `看对账单和查看记录 ${address}` }).click();
      await page.getByRole("heading", { level: 1, name: address }).waitFor();
      await look();
      const statement = page.getByRole("link", { name: /打印 \d{4} 年对账单/ }).last();
      const path = (await statement.getAttribute("href")) ?? "";
      const pdf = await context.request.get(new URL(path, page.url()).href);
      const { text } = await readPdf(await pdf.body());
      expect(text).toContain(house.owner.name);
      expect(text).toContain("首次交款");
      await page.reload();
      expect(await wordsOf(page.locator("#looks"))).toContain("本人");
      expect(await wordsOf(page.locator("#looks"))).toContain("打印年度对账单");

      await page.getByRole("link", { name: `查看明细 ${address}` }).click();
      await page.getByRole("heading", { level: 1, name: address }).waitFor();
      await page.goBack();
      await page.getByRole("link", { name: `退款 ${address}` }).click();
      await page.getByRole("heading", { name: "再确认一次是您本人" }).waitFor();

      await page.goto("/me");
      await place(page, "我的业务").click();
      await page.getByRole("heading", { level: 1, name: "我的业务" }).waitFor();
      await look();
      await place(page, "关联房屋").click();
      await look();
      await page.getByLabel("房屋地址").fill(house.words);
      await page.getByRole("button", { name: "搜索" }).click();
      await page.getByRole("link", { name: `关联 ${address}` }).click();
      await page.getByRole("button", { name: "关联这套房屋" }).click();
      await page.getByText("有 3 处要改").waitFor();
      await look();

      await place(page, "账户与登录").click();
      expect(await wordsOf(page.getByRole("main"))).not.toContain(phone);
      await look();
      await page.getByRole("link", { name: "设置用户名和密码" }).click();
      await page.getByRole("heading", { name: "再确认一次是您本人" }).waitFor();

      await page.goto("/me");
      await page.getByRole("link", { name: `看对账单和查看记录 ${address}` }).click();
      await page.getByText("取消关联这套房屋").click();
      await page.getByRole("button", { name: "取消关联" }).click();
      await page.waitForURL(/\/me$/);
      expect(await page.getByText(address).count()).toBe(0);
    },
    LONG_MS,
  );
});
