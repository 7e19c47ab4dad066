import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { readPdf } from "../support/pdf-text.ts";
import { readPrintedCode } from "../support/read-printed-code.ts";
import { applyForNotice, findUnpaidHouses, type UnpaidHouse } from "../support/unpaid-houses.ts";
import { newWebVisitor } from "../support/web-visitor.ts";

/** The QR code of 客户联, the upper third of a payment notice. */
const CUSTOMERS_CODE = { left: 158, top: 12, width: 46, height: 46 };

let browser: TestBrowser;
let house: UnpaidHouse;
let number: string;
let scanned: string;
let code: string;

beforeAll(async () => {
  const url = inject("systemUrl");
  const [found] = await findUnpaidHouses(url, "示例花园二期12幢3单元503");
  if (found === undefined) throw new Error("示例花园二期 12幢3单元503 owes nothing");
  house = found;
  const visitor = newWebVisitor(url);
  number = await applyForNotice(url, house, visitor);
  const { bytes } = await visitor.get(`/applications/${number}/slips/payment-notice`);
  scanned = await readPrintedCode(bytes, CUSTOMERS_CODE);
  code = /防伪码([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec((await readPdf(bytes)).text)?.[1] ?? "";
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("验真", () => {
  test.each(WAYS)("$how", async (way) => {
    const { page, look } = await startJourney(browser, way, scanned);
    // What is scanned is the progress, in one step; whether the paper is genuine is the next.
    await page.getByText("待交款", { exact: true }).waitFor();
    await look();
    await page.getByRole("link", { name: "验一验手里的单据是不是真的" }).click();
    await page.getByRole("heading", { name: "真的，现在有效" }).waitFor();
    const words = await wordsOf(page.getByRole("main"));
    for (const told of ["交款通知单", "欧**", house.address, house.due]) {
      expect(words).toContain(told);
    }
    expect(words).not.toMatch(/欧阳|5678/);
    await look();
    await page.getByRole("link", { name: "再查一张" }).click();
    await page.getByRole("button", { name: "查验" }).click();
    await page.getByText("请填写单据上的 18 位编号").first().waitFor();
    await look();
    await page.getByLabel("编号").fill(number.replace(/\d{4}(?=\d)/g, "$& "));
    await page.getByLabel("防伪码").fill(code.replace(/.$/, code.endsWith("0") ? "1" : "0"));
    await page.getByRole("button", { name: "查验" }).click();
    await page.getByRole("heading", { name: "没有查到这张单据" }).waitFor();
    await look();
    await page.getByLabel("防伪码").fill(code.toLowerCase());
    await page.getByRole("button", { name: "查验" }).click();
    await page.getByRole("heading", { name: "真的，现在有效" }).waitFor();
    await page.getByRole("link", { name: "看办理进度" }).click();
    await page.getByText("待交款", { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });
});
