import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { groupNumber } from "#src/kernel/application-number.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { jpegBytes } from "../support/document-files.ts";
import { fromOutbox, signInByPhone } from "../support/door-journey.ts";
import { startJourney, WAYS, type Way, wordsOf } from "../support/journey.ts";
import { listPaidHouses, writtenAddress } from "../support/paid-houses.ts";
import { signInAtWorkbench } from "../support/workbench.ts";

/** Two people, two sign-ins, files and a dozen pages. */
const LONG_MS = 240_000;
/** Far from where other walks take their houses. */
const FROM = 40;

const WALKS: { way: Way; phone: string; documentNo: string; at: number }[] = [
  { way: WAYS[0], phone: "13922220001", documentNo: "110101198506155020", at: 0 },
  { way: WAYS[3], phone: "13922220002", documentNo: "110101199011205043", at: 1 },
];

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function attach(page: Page, way: Way, paper: string, seed: number): Promise<void> {
  const buffer = await jpegBytes(seed, { width: 900, height: 600 });
  const name = `${paper}.jpg`;
  await page
    .getByLabel(paper, { exact: true })
    .setInputFiles([{ name, mimeType: "image/jpeg", buffer }]);
  if (!way.javaScript) await page.getByRole("button", { name: "上传", exact: true }).click();
  await page.getByRole("listitem").filter({ hasText: name }).getByText("KB").waitFor();
}

async function decide(way: Way, number: string, label: string): Promise<void> {
  const desk = await startJourney(browser, way, "/review");
  await signInAtWorkbench(desk.page, "reviewer-demo");
  await desk.page.getByRole("link", { name: groupNumber(number) }).click();
  await desk.page.getByRole("heading", { level: 1 }).waitFor();
  await desk.look();
  for (const box of await desk.page.locator('input[name^="check-"]').all()) {
    await box.check({ force: true });
  }
  await desk.page.getByRole("button", { name: label }).click();
  await desk.page.waitForLoadState();
  await desk.look();
}

describe("登录 1 业主登录: 凭要件关联房屋", () => {
  test.each(WALKS)(
    "$way.how",
    async ({ way, phone, documentNo, at }) => {
      const house = listPaidHouses(new Date())[FROM + at] ?? expect.fail("no paid house is left");
      const address = writtenAddress(house);
      const { page, look } = await startJourney(browser, way);
      await signInByPhone(page, phone);
      await page.goto("/me/link");
      await page.getByLabel("房屋地址").fill(house.words);
      await page.getByRole("button", { name: "搜索" }).click();
      await page.getByRole("link", { name: `关联 ${address}` }).click();
      await page.getByRole("link", { name: "凭要件申请关联" }).click();
      await look();

      await page.getByRole("button", { name: "提交", exact: true }).click();
      await page.getByRole("link", { name: "请填写业主姓名" }).waitFor();
      await look();
      await page.getByLabel("业主姓名").fill("王试业");
      await page.getByLabel("身份证号").fill(documentNo);
      await page.getByRole("textbox", { name: "说明" }).fill("去年买的，还没有办过户");
      await attach(page, way, "申请人身份证明", 1 + at);
      await attach(page, way, "不动产权证或购房合同", 11 + at);
      expect(await page.getByLabel("业主姓名").inputValue()).toBe("王试业");
      await look();
      await page.getByRole("button", { name: "提交", exact: true }).click();
      await page.waitForURL(/submitted=1$/);
      await look();
      const number = /applications\/(37\d{16})/.exec(page.url())?.[1] ?? expect.fail(page.url());

      await page.goto("/me");
      const waiting = await wordsOf(page.getByRole("main"));
      expect(waiting).toContain("待审核");
      expect(waiting).not.toContain("余额合计");
      await look();
      await decide(way, number, "通过，不改登记");
      const told = await fromOutbox(({ to, text }) => to === phone && text.includes("房屋已关联"));
      expect(told.text).toContain(number.slice(-4));

      await page.goto("/me");
      await page.getByRole("heading", { name: address }).waitFor();
      const main = await wordsOf(page.getByRole("main"));
      expect(main).toContain("王试业");
      expect(main).not.toContain(house.owner.name);
      await page.getByRole("link", { name: `看对账单和查看记录 ${address}` }).click();
      await page.getByText("取消关联这套房屋").click();
      await page.getByRole("button", { name: "取消关联" }).click();
      await page.waitForURL(/\/me$/);
      expect(await page.getByText(address).count()).toBe(0);
    },
    LONG_MS,
  );
});
