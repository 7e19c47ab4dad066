import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Journey, startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { listPaidHouses } from "../support/paid-houses.ts";

const PAYER = { name: "欧阳示例", phone: "13800005678" };

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test.each([WAYS[1], WAYS[2]])("交款 survives back and refresh, $how", async (way) => {
  const journey = await startJourney(browser, way, "/owner-service?q=示例花园12幢3单元506");
  const { page } = journey;
  const first = page.getByRole("article").filter({ hasText: "与您输入的一致" });
  await first.getByRole("link", { name: "交款", exact: true }).click();
  const form = page.url();
  await sendWrongPhone(page);

  await page.reload();
  expect(await page.getByLabel("交款人").inputValue(), "refresh after 422").toBe(PAYER.name);
  await page.goBack();
  await expectForm(page, "back after 422");
  expect(await page.getByLabel("交款人").inputValue()).toBe(PAYER.name);

  const number = await send(journey);
  await page.reload();
  expect(page.url(), "refresh on success").toContain(number);
  expect(await wordsOf(page.locator("h1"))).toBe("提交成功");
  await page.goBack();
  await expectForm(page, "back after 303");
  await page.goForward();
  expect(page.url(), "forward again").toContain(number);

  if (!way.javaScript) return;
  await page.goto(form);
  await sendWrongPhone(page);
  await send(journey);
  await page.goBack();
  await expectForm(page, "back over a refusal");
});

test("退款 survives back and refresh", async () => {
  const houses = listPaidHouses(new Date()).filter(({ payments }) => payments === 1);
  const { words, owner } = houses[5] ?? expect.fail("no paid house is left");
  const journey = await startJourney(browser, WAYS[1], `/owner-service?q=${words}`);
  const { page } = journey;
  const exact = page.getByRole("article").filter({ hasText: "与您输入的一致" });
  await exact.getByRole("link", { name: "退款", exact: true }).click();
  await page.getByLabel("业主姓名").fill("欧阳不是");
  await page.getByLabel("证件号码").fill(owner.documentNo);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByText("姓名或证件号与登记的业主不一致").first().waitFor();
  await page.goBack();
  expect(await wordsOf(page.locator("h1")), "back after 422").toBe("房屋退款");
  await page.getByLabel("业主姓名").fill("欧阳不是");
  await page.getByLabel("证件号码").fill(owner.documentNo);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByText("姓名或证件号与登记的业主不一致").first().waitFor();
  await page.getByLabel("业主姓名").fill(owner.name);
  await page.getByLabel("证件号码").fill(owner.documentNo);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("heading", { name: "选择退款原因" }).waitFor();
  await page.reload();
  expect(await wordsOf(page.locator("h1")), "refresh after 303").toBe("选择退款原因");
  // Who is proven already is not asked again: the way back over the refusal leads on.
  await page.goBack();
  expect(await wordsOf(page.locator("h1")), "back over a refusal").toBe("选择退款原因");
  await page.getByRole("radio", { name: /^退房/ }).check({ force: true });
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("heading", { name: "补充退款信息" }).waitFor();
  await page.getByLabel("收款人户名").fill(owner.name);
  await page.getByRole("button", { name: "提交", exact: true }).last().click();
  await page.getByText("处要改，改好再提交").waitFor();
  await page.reload();
  expect(await page.getByLabel("收款人户名").inputValue(), "refresh after 422").toBe(owner.name);
  await page.goBack();
  expect(await wordsOf(page.getByRole("main")), "back after 422").toContain("补充退款信息");
  await journey.look();
});

async function sendWrongPhone(page: Page): Promise<void> {
  await page.getByLabel("交款人").fill(PAYER.name);
  await page.getByLabel("手机号码").fill("1380000567");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("有 1 处要改，改好再提交").waitFor();
}

/** Answers with the number of the application. */
async function send({ page }: Journey): Promise<string> {
  await page.getByLabel("交款人").fill(PAYER.name);
  await page.getByLabel("手机号码").fill(PAYER.phone);
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByRole("heading", { name: "提交成功" }).waitFor();
  return /\/applications\/(\d{18})/.exec(page.url())?.[1] ?? expect.fail(page.url());
}

async function expectForm(page: Page, when: string): Promise<void> {
  expect(await wordsOf(page.locator("h1")), when).toBe("购房人交款");
  expect(await page.getByRole("button", { name: "提交" }).isEnabled(), when).toBe(true);
  expect(await page.getByText("处要改").count(), when).toBe(0);
}
