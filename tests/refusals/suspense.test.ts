import { afterAll, beforeAll, expect, test } from "vitest";
import { groupNumber } from "#src/kernel/application-number.ts";
import { reverseJournal } from "#src/ledger/post-journal.ts";
import { NOW } from "../support/builders.ts";
import { bookMoney, buildPaidHouse, confirmationOf } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let finance: WebVisitor;
beforeAll(async () => {
  site = await serveSite();
  finance = await site.staff("finance-demo");
});
afterAll(async () => {
  await site?.stop();
});

const DAY = 86_400_000;

/** Money for a notice that was paid already, registered so many days before today. */
async function paidAgain(daysAgo: number) {
  const { notice } = await buildPaidHouse(site.city);
  const message = confirmationOf(notice, { now: new Date(NOW.getTime() - daysAgo * DAY) });
  const outcome = await bookMoney(site.city, message);
  if (outcome.kind !== "suspense") throw new Error(`the money was ${outcome.kind}`);
  return { notice, message, journalId: outcome.journalId };
}

test("who keeps the accounts sees what waits in suspense, by its age, and nothing that was taken back", async () => {
  expect((await finance.get("/review/suspense")).text).toContain("没有待清算的款项");
  const fresh = await paidAgain(0);
  const old = await paidAgain(40);
  const gone = await paidAgain(50);
  await site.city.owner.transaction().execute(async (tx) => {
    const reversal = { journalId: gone.journalId, bookDate: gone.message.bookDate, actor: "test" };
    await reverseJournal(tx, reversal);
  });
  const { text } = readPage((await finance.get("/review/suspense")).text);
  expect(text).toContain("2 笔，等得最久的在前");
  expect(text).toContain("23,702.40");
  for (const { notice, message } of [old, fresh]) {
    expect(text).toContain(groupNumber(notice.no));
    expect(text).toContain(message.bankRef);
  }
  expect(text).toContain("这张通知单已经交过款");
  expect(text.indexOf("40 天")).toBeLessThan(text.indexOf("0 天", text.indexOf("40 天") + 3));
  expect(text.indexOf(old.message.bankRef)).toBeLessThan(text.indexOf(fresh.message.bankRef));
  expect(text).not.toContain(gone.message.bankRef);
  // What the page adds up is what the ledger holds on 2901.
  const { held } = await site.city.owner
    .selectFrom("entry")
    .select((eb) => eb.fn.sum<bigint>("amount_fen").as("held"))
    .where("account_code", "=", "2901")
    .executeTakeFirstOrThrow();
  expect(BigInt(held)).toBe(-2_370_240n);

  const csv = await finance.get("/review/suspense.csv");
  expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
  const lines = csv.text.trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`"40","这张通知单已经交过款","${groupNumber(old.notice.no)}"`);
  expect(lines[1]).toContain(`"${old.message.bankRef}"`);
  expect(lines[1]).toContain('"11851.20"');
  const auditor = await site.staff("auditor-demo");
  const trail = readPage((await auditor.get("/review/audit?event=suspense-exported")).text).text;
  expect(trail).toContain("导出待清算款项");
  expect(trail).toContain("2 笔");
});

test.each(["0", "-1", "abc", "2", "1e9"])(
  "page %s of a short list is not there",
  async (wanted) => {
    expect((await finance.get(`/review/suspense?page=${wanted}`)).status).toBe(404);
  },
);
