import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { groupNumber } from "#src/kernel/application-number.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Journey, startJourney, WAYS, type Way, wordsOf } from "../support/journey.ts";
import { listPaidHouses } from "../support/paid-houses.ts";
import { handIn } from "../support/refund-visit.ts";
import { newWebVisitor } from "../support/web-visitor.ts";
import { signInAtWorkbench } from "../support/workbench.ts";

/** Both widths, and both with and without script. */
const DESKS: { way: Way; at: number }[] = [
  { way: WAYS[0], at: 0 },
  { way: WAYS[3], at: 1 },
];

/** Six pages and two sign-ins, one after the other. */
const LONG_MS = 240_000;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("the fund centre's review desk", () => {
  test.each(DESKS)(
    "$way.how",
    async ({ way, at }) => {
      const refund = await applyForRefund(at);
      const desk = await startJourney(browser, way, "/review");
      await signInAtWorkbench(desk.page, "intake-demo");
      await filterTheQueue(desk, refund);
      const reason = `核对收款账户，第${["一", "二"][at]}次`;
      await readInClear(desk, refund, reason);
      await seeInTrail(way, refund, reason);
    },
    LONG_MS,
  );
});

interface Case {
  number: string;
  /** The owner's, which nobody sees without a reason. */
  document: string;
}

/** Hands a refund in from a browser that is not seen again. The last houses of the list are this file's. */
async function applyForRefund(at: number): Promise<Case> {
  const house = listPaidHouses(new Date())
    .filter(({ payments }) => payments === 1)
    .at(-1 - at);
  if (house === undefined) return expect.fail("no paid house is left");
  const visitor = newWebVisitor(inject("systemUrl"));
  const found = await visitor.get(`/owner-service?q=${encodeURIComponent(house.words)}`);
  const code = /href="\/refund\/([A-Z0-9-]+)"/.exec(found.text)?.[1] ?? expect.fail(found.text);
  const owner = { name: house.owner.name, document: house.owner.documentNo };
  const changed = { payeeName: owner.name };
  const { number } = await handIn(visitor, { code }, { reason: "R01", owner, changed });
  expect(number, house.words).toMatch(/^\d{18}$/);
  return { number, document: owner.document };
}

/** The filters stand in the address, so that a queue can be kept as a bookmark and sent to a colleague. */
async function filterTheQueue({ page, look }: Journey, { number }: Case): Promise<void> {
  await page.getByRole("link", { name: groupNumber(number) }).waitFor();
  await look();
  await page.getByLabel("业务", { exact: true }).selectOption({ label: "业主退款" });
  await page.getByLabel("排序").selectOption({ label: "提交时间，晚的在前" });
  await page.getByRole("button", { name: "筛选" }).click();
  await page.waitForURL(/kind=owner-refund/);
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("kind"), searchParams.get("sort")]).toEqual(["owner-refund", "newest"]);
  const first = page.getByRole("main").getByRole("table").getByRole("link").first();
  expect(await wordsOf(first)).toBe(groupNumber(number));
  await page.reload();
  expect(await page.locator("#field-kind").inputValue()).toBe("owner-refund");
  await page.getByRole("link", { name: "超期" }).click();
  await page.waitForURL(/due=overdue/);
  expect(page.url()).toContain("kind=owner-refund");
  expect(await wordsOf(page.getByRole("main"))).toContain("没有符合条件的业务");
  await look();
}

/** Without a reason nothing is shown; with one, this once. */
async function readInClear({ page, look }: Journey, { number, document }: Case, reason: string) {
  await page.goto(`/review/applications/${number}`);
  expect(await wordsOf(page.getByRole("main"))).not.toContain(document);
  await look();
  const summary = page.getByText("查看姓名、证件号码等明文");
  await summary.click();
  await page.getByRole("button", { name: "查看明文" }).click();
  await page.getByText("请写明查看明文的理由").first().waitFor();
  await look();
  await page.getByLabel("查看理由").fill(reason);
  await page.getByRole("button", { name: "查看明文" }).click();
  await page.getByRole("heading", { name: "明文" }).waitFor();
  expect(await wordsOf(page.getByRole("main"))).toContain(document);
  await look();
  await page.goto(`/review/applications/${number}`);
  expect(await wordsOf(page.getByRole("main"))).not.toContain(document);
}

/** The auditor finds who looked at what, and why. */
async function seeInTrail(way: Way, { number }: Case, reason: string): Promise<void> {
  const auditor = await startJourney(browser, way, "/review");
  await signInAtWorkbench(auditor.page, "auditor-demo");
  await auditor.page.goto(`/review/audit?subject=${number}`);
  const row = auditor.page.getByRole("row").filter({ hasText: "查看明文" });
  const words = await wordsOf(row);
  expect(words).toContain("工作人员 intake-demo");
  expect(words).toContain(reason);
  await auditor.look();
}
