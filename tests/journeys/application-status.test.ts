import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { searchFromHome, startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { applyForNotice, findUnpaidHouses, type UnpaidHouse } from "../support/unpaid-houses.ts";

let browser: TestBrowser;
let house: UnpaidHouse;
let number: string;

beforeAll(async () => {
  const url = inject("systemUrl");
  const [found] = await findUnpaidHouses(url, "示例花园二期12幢3单元502");
  if (found === undefined) throw new Error("示例花园二期 12幢3单元502 owes nothing");
  house = found;
  number = await applyForNotice(url, house);
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** The number with one digit typed wrong, and a number in order that nobody was given. */
const slipped = () => number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
const UNKNOWN = makeApplicationNumber("11", calendarDate("2026-11-23"), "000000000");

describe("快捷服务 4 业务受理状态查询", () => {
  test.each(WAYS)("$how", async (way) => {
    const { page, look } = await startJourney(browser, way);
    await searchFromHome(page, "业务受理状态查询", inGroups(slipped()));
    expect(await wordsOf(page.getByRole("main"))).toContain("业务单编号有一位不对");
    expect(await page.getByLabel("业务单编号").inputValue()).toBe(inGroups(slipped()));
    await look();
    await page.getByLabel("业务单编号").fill(number.slice(1));
    await page.getByRole("button", { name: "搜索" }).click();
    await page.getByText("应是 18 位数字，现在是 17 位").first().waitFor();
    await page.getByLabel("业务单编号").fill(UNKNOWN);
    await page.getByRole("button", { name: "搜索" }).click();
    await page.getByText("没有这个业务单编号").first().waitFor();
    await look();
    await page.getByLabel("业务单编号").fill(inFullWidth(number));
    await page.getByRole("button", { name: "搜索" }).click();
    await page.getByText("待交款", { exact: true }).waitFor();
    const words = await wordsOf(page.getByRole("main"));
    for (const told of ["业主交款", house.address, house.due, "到银行交款", "提交交款信息"]) {
      expect(words).toContain(told);
    }
    expect(words).toMatch(/\d+月\d+日前（含当天）带上它和身份证，到/);
    expect(words).not.toMatch(/欧|5678/);
    expect(await page.getByRole("link", { name: "打印交款通知单" }).count()).toBe(0);
    await look();
  });
});

/** As people copy it from paper: four digits, a blank, four digits. */
function inGroups(digits: string): string {
  return digits.replace(/\d{4}(?=\d)/g, "$& ");
}

function inFullWidth(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
}
