import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { jpegBytes } from "../support/document-files.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { tabTo } from "../support/keyboard.ts";
import { listPaidHouses, type OwnedHouse } from "../support/paid-houses.ts";

/** 1280 × 900 enlarged twice and four times (WCAG 1.4.4, 1.4.10). */
const ZOOMED = [
  { zoom: "200 %", way: WAYS[0], size: { width: 640, height: 450 } },
  { zoom: "400 %", way: WAYS[2], size: { width: 320, height: 225 } },
] as const;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test.each(ZOOMED)(
  "交款 with Tab, arrows, Space and Enter alone, $way.how at $zoom",
  async ({ way, size }) => {
    const { page } = await startJourney(browser, way);
    await page.setViewportSize(size);
    await tabTo(page, "房屋地址", "业主自主办理区");
    await page.keyboard.insertText("示例花园12幢3单元506");
    await page.keyboard.press("Enter");
    await page.getByText("与您输入的一致").waitFor();
    await tabTo(page, "交款", "示例花园 12幢 3单元 506");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "购房人交款" }).waitFor();
    await tabTo(page, "首次交款");
    await page.keyboard.press("ArrowDown");
    expect(await page.getByLabel("欠款补交").isChecked()).toBe(true);
    await page.keyboard.press("ArrowUp");
    expect(await page.getByLabel("首次交款").isChecked()).toBe(true);
    await tabTo(page, /^交款人/);
    await page.keyboard.insertText("欧阳示例");
    await tabTo(page, /^手机号码(?!应)/);
    await page.keyboard.insertText("1380000567");
    await tabTo(page, "提交");
    await page.keyboard.press("Space");
    await page.getByText("有 1 处要改，改好再提交").waitFor();
    await tabTo(page, /^手机号码应是 11 位数字/);
    await page.keyboard.press("Enter");
    // Without script the browser itself puts the keyboard at the field, or just before it.
    const isThere = await page
      .locator("#field-phone")
      .evaluate((it) => it === document.activeElement);
    if (!isThere) await tabTo(page, /^手机号码(?!应)/);
    await page.keyboard.press("End");
    await page.keyboard.insertText("8");
    await tabTo(page, "提交");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "提交成功" }).waitFor();
    await tabTo(page, /^打印交款通知单/);
  },
  120_000,
);

test.each(ZOOMED)(
  "维修资金查询 with the keyboard alone, $way.how at $zoom",
  async ({ way, size }) => {
    const { page } = await startJourney(browser, way);
    await page.setViewportSize(size);
    await tabTo(page, "房屋地址", "维修资金查询");
    await page.keyboard.insertText("示例花园12幢3单元501");
    await page.keyboard.press("Enter");
    await page.getByText("与您输入的一致").waitFor();
    await tabTo(page, /^查看明细/, "示例花园 12幢 3单元 501");
    await page.keyboard.press("Enter");
    await page.getByText("当前余额").first().waitFor();
    expect(await wordsOf(page.locator("h1"))).toContain("示例花园 12幢 3单元 501");
    await tabTo(page, /^导出明细/);
    await page.goto("/help/questions");
    await tabTo(page, "要交多少钱？");
    await page.keyboard.press("Space");
    expect(await page.locator("details[open]").count()).toBe(1);
    await tabTo(page, "怎么算、举个例子");
  },
  120_000,
);

/** Houses from the middle of the list: other journeys take theirs from its beginning and its end. */
function planRefunds() {
  const houses = listPaidHouses(new Date()).filter(({ payments }) => payments === 1);
  return ZOOMED.map((one, at) => ({
    ...one,
    house: houses[Math.floor(houses.length / 2) + at] ?? expect.fail("no paid house is left"),
  }));
}

test.each(planRefunds())(
  "退款 with the keyboard alone, files and all, $way.how at $zoom",
  async ({ way, size, house }) => {
    const { page } = await startJourney(browser, way);
    await page.setViewportSize(size);
    await proveOwner(page, house);
    await tabTo(page, /^(卖房|退房)/);
    await page.keyboard.press("Space");
    const reason = page.getByRole("radio", { name: /^退房、合同解除/ });
    while (!(await reason.isChecked())) await page.keyboard.press("ArrowDown");
    await tabTo(page, "下一步");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "补充退款信息" }).waitFor();
    await uploadEach(page, way.javaScript);
    await tabTo(page, /^收款人户名/);
    await page.keyboard.insertText(house.owner.name);
    await tabTo(page, /^收款账号/);
    await page.keyboard.insertText("6222000012345673");
    await tabTo(page, /^开户银行/);
    await page.keyboard.insertText("示例银行民生支行");
    await tabTo(page, /^手机号码/);
    await page.keyboard.insertText("13800005678");
    await tabTo(page, /^我确认/);
    await page.keyboard.press("Space");
    await tabTo(page, "提交");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "提交成功" }).waitFor();
    await tabTo(page, /^打印退款申请单/);
  },
  240_000,
);

/** From the home to the reasons. */
async function proveOwner(page: Page, { words, owner }: OwnedHouse): Promise<void> {
  await tabTo(page, "房屋地址", "业主自主办理区");
  await page.keyboard.insertText(words);
  await page.keyboard.press("Enter");
  await page.getByText("与您输入的一致").waitFor();
  await tabTo(page, "退款");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "房屋退款" }).waitFor();
  await tabTo(page, /^业主姓名/);
  await page.keyboard.insertText(owner.name);
  await tabTo(page, /^证件号码/);
  await page.keyboard.insertText(owner.documentNo);
  await tabTo(page, "下一步");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "选择退款原因" }).waitFor();
}

/** Each file field opens the system's own choice of files with Space; without script 上传 sends what was chosen. */
async function uploadEach(page: Page, hasScript: boolean): Promise<void> {
  const labels = await page
    .locator("input[type=file]")
    .evaluateAll((fields) =>
      (fields as HTMLInputElement[]).map((field) => field.labels?.[0]?.textContent?.trim() ?? ""),
    );
  expect(labels.length).toBeGreaterThan(2);
  // Listened for all the time: the browser is told to hand its choosers over, and that must not race with a key.
  let chosen: { name: string; mimeType: string; buffer: Buffer }[] = [];
  page.on("filechooser", (chooser) => void chooser.setFiles(chosen));
  for (const [at, label] of labels.entries()) {
    const name = `照片${at}.jpg`;
    const buffer = await jpegBytes(at + 1, { width: 320, height: 240 });
    chosen = [{ name, mimeType: "image/jpeg", buffer }];
    await tabTo(page, label);
    await page.keyboard.press("Space");
    if (!hasScript) {
      const field = page.getByLabel(label, { exact: true });
      await expect.poll(() => field.inputValue()).toContain(name);
      await tabTo(page, "上传");
      await page.keyboard.press("Enter");
    }
    await page.getByRole("link", { name, exact: true }).waitFor();
  }
}
