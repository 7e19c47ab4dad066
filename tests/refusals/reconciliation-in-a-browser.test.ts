import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildStatement } from "#src/bank/statements/build-statement.ts";
import { listCustodyAccounts } from "#src/bank/statements/custody-accounts.ts";
import { writeStatement } from "#src/bank/statements/write-statement.ts";
import { addDays } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { NOW, TODAY } from "../support/builders.ts";
import { type Journey, startJourney, WAYS, type Way, wordsOf } from "../support/journey.ts";
import { buildPaidHouse } from "../support/payment-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

const HOME = "/review/reconciliation";
const YESTERDAY = addDays(TODAY, -1);
const DAY_BEFORE = addDays(TODAY, -2);
const LONG_MS = 240_000;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("银行对账", () => {
  test.each([WAYS[1], WAYS[2]])(
    "$how",
    async (way) => {
      const site = await serveSite({ disclosurePolicy: "open" });
      try {
        await reconcile(site, way);
      } finally {
        await site.stop();
      }
    },
    LONG_MS,
  );
});

async function reconcile(site: ServedSite, way: Way): Promise<void> {
  const { house } = await buildPaidHouse(site.city, { valueDate: YESTERDAY });
  await catchUpCityBook(site.city.owner, NOW);
  const citizen = await startJourney(browser, way, "/disclosure", site.url);
  expect(await wordsOf(citizen.page.getByRole("main"))).toContain("还没有和银行核对过");

  const finance = await enter(site, way, "finance-demo");
  await finance.look();
  const file = await bankFile(site);
  await upload(finance.page, file.replace("|777.00|", "|778.00|"));
  await finance.page.getByText("校验值和内容对不上").first().waitFor();
  await finance.look();
  await upload(finance.page, file);
  await finance.page.getByRole("heading", { name: "银行有，平台没有（长款）" }).waitFor();
  await finance.look();
  const { pathname } = new URL(finance.page.url());

  const approver = await enter(site, way, "approver-demo");
  await approver.page.getByRole("link", { name: /等着关账/ }).click();
  await approver.page.waitForURL(new RegExp(pathname));
  await close(approver.page);
  await approver.page.getByText("还有 1 条差异没有处理，不能关账").first().waitFor();
  await approver.look();

  await explain(finance);
  await close(approver.page);
  await approver.page.getByText("页面打开以后有变化，请再看一遍再关账").first().waitFor();
  await close(approver.page);
  await approver.page.getByText("已关账").first().waitFor();
  await approver.look();
  expect(await wordsOf(approver.page.locator("#carried"))).toContain("正在向银行查询");

  await citizen.page.reload();
  const told = await wordsOf(citizen.page.getByRole("main"));
  expect(told).toContain(`与专户银行核对日期：${YESTERDAY}`);
  await citizen.page.goto(`/my-estate/${house.code.split("-")[0]}`);
  expect(await wordsOf(citizen.page.getByRole("main"))).toContain(`已经核对到 ${YESTERDAY}`);
  await finance.page.goto(HOME);
  expect(await wordsOf(finance.page.locator("#accounts"))).toContain(YESTERDAY);
  await finance.look();
}

/** Somebody of the fund centre, signed in already. */
async function enter(site: ServedSite, way: Way, username: string): Promise<Journey> {
  const { cookies } = await site.staff(username);
  const journey = await startJourney(browser, way, "/", site.url);
  const value = cookies.get("staff") ?? expect.fail("no session");
  await journey.page.context().addCookies([{ name: "staff", value, url: site.url }]);
  await journey.page.goto(HOME);
  return journey;
}

/** The bank's file of two days: what the ledger knows, and 777.00 yuan of yesterday that it does not. */
async function bankFile({ city }: ServedSite): Promise<string> {
  const account =
    (await listCustodyAccounts(city.db)).find(({ id }) => id === city.custodyAccountId) ??
    expect.fail("no account");
  const statement = await buildStatement(city.db, account, {
    firstDay: DAY_BEFORE,
    lastDay: YESTERDAY,
  });
  const [first] = statement.lines;
  if (first === undefined) return expect.fail("nothing was paid");
  const stray = {
    ...first,
    seq: 2,
    bankTxnNo: "T-UNKNOWN-1",
    requestId: null,
    noticeNo: null,
    amountFen: fen(77_700),
    at: new Date(`${DAY_BEFORE}T10:00:00+08:00`),
  };
  const closingFen = fen(statement.closingFen + 77_700n);
  return writeStatement({ ...statement, closingFen, lines: [first, stray] });
}

async function upload(page: Page, text: string): Promise<void> {
  const file = { name: "day.txt", mimeType: "text/plain", buffer: Buffer.from(text) };
  await page.getByLabel("对账文件", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "上传并核对" }).click();
}

/** A reason without a word to it is refused and kept; with one it is written down. */
async function explain({ page, look }: Journey): Promise<void> {
  await page.getByLabel("结转的原因", { exact: true }).selectOption("正在向银行查询");
  await page.getByRole("button", { name: "记下原因" }).click();
  await page.getByText("请写明查到哪一步").first().waitFor();
  await look();
  expect(await page.getByLabel("结转的原因", { exact: true }).inputValue()).toBe("bank-inquiry");
  await page.getByLabel("说明", { exact: true }).fill("已请支行查找原始凭证，由财务科跟进");
  await page.getByRole("button", { name: "记下原因" }).click();
  await page.getByText("原因已记下").waitFor();
}

async function close(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^关账到/ }).click();
}
