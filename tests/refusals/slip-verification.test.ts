import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newApplicationNumber } from "#src/applications/create-application.ts";
import { cancelPaymentNotice } from "#src/bank/cancel-payment-notice.ts";
import { findHouseNotice } from "#src/bank/find-notice.ts";
import { findVoucher } from "#src/bank/find-voucher.ts";
import { printPaymentNotice } from "#src/bank/payment-notice-slip/print-payment-notice.ts";
import { printVoucherSlip, type VoucherContent } from "#src/bank/voucher-slip/print-voucher.ts";
import { printStatement } from "#src/business/owner-home/statement/statement.ts";
import { fen } from "#src/kernel/money.ts";
import { getHouseYear } from "#src/ledger/house-year.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { HOSTILE, letsMarkupThrough } from "../support/hostile-values.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildPaidHouse,
  buildUse,
  confirmationOf,
  type TestNotice,
  takeBack,
} from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { buildVoucher, disbursementOf, payOut } from "../support/refund-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite({ areRateLimitsOn: true, trustedProxyHops: 1 });
});
afterAll(() => site?.stop());

/** Prints without a compiler: what would stand on the slip. */
function spyPrinter() {
  const printed: Record<string, unknown>[] = [];
  const print = async ({ data }: { data: unknown }) => {
    printed.push(data as Record<string, unknown>);
    return new Uint8Array();
  };
  const printer = { print, close: async () => {}, childPid: () => null };
  return { printer, printed };
}

const PUBLIC_URL = "https://fund.example.invalid";

/** Prints a slip with the site's own key, and answers with the code on it and the address in its QR code. */
async function printed(act: (deps: Parameters<typeof printPaymentNotice>[0]) => Promise<unknown>) {
  const spy = spyPrinter();
  await act({
    printer: spy.printer,
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    fundCentreName: "示例市物业专项维修资金管理中心",
    publicUrl: PUBLIC_URL,
  });
  const [data = {}] = spy.printed;
  const { code } = data["mark"] as { code: string };
  return { code, statusPath: String(data["statusUrl"]).replace(PUBLIC_URL, "") };
}

async function printNotice({ no, house }: TestNotice) {
  const { db, personalData } = site.city;
  const notice = await findHouseNotice(db, no, personalData);
  if (notice === null) throw new Error("no notice");
  return await printed((deps) => printPaymentNotice(deps, db, { notice, house }, site.clock.now));
}

async function newNotice(): Promise<TestNotice & { code: string; statusPath: string }> {
  const notice = await buildNotice(site.city, await buildHouse(site.city));
  return { ...notice, ...(await printNotice(notice)) };
}

let addresses = 0;
/** A visitor at an address that nobody came from before. */
function newcomer(): WebVisitor {
  addresses += 1;
  const headers = { "x-forwarded-for": `203.0.113.${addresses}` };
  const visitor = site.visitor();
  return { ...visitor, get: (path, more) => visitor.get(path, { ...headers, ...more }) };
}

const verify = async (number: string, code: string, visitor = newcomer()) => {
  const answer = await visitor.get(`/verify/${number}?code=${code}`);
  return { ...answer, page: readPage(answer.text) };
};

/** Another code of the same form. */
const wrongOf = (code: string) => (code.startsWith("7") ? "8" : "7") + code.slice(1);

describe("a notice that was printed", () => {
  test("is valid while it may be paid, and tells what stands on it, the payer masked", async () => {
    const { no, code, house, expiresOn } = await newNotice();
    const { status, page, headers, text } = await verify(no, code);
    expect(status).toBe(200);
    expect(page.headings).toEqual(["真的，现在有效"]);
    for (const word of ["交款通知单", "张**", house.address, "11,851.20 元", expiresOn]) {
      expect(page.text).toContain(word);
    }
    expect(page.text).not.toMatch(/张示例|5678/);
    expect(text).toContain(`href="/applications/${no}"`);
    expect(headers["cache-control"]).toBe("no-store");
    expect(text).toContain('content="noindex"');
  });

  test("opens the page of its application in one step, which leads on to 验真", async () => {
    const { no, code, statusPath } = await newNotice();
    const status = await newcomer().get(statusPath);
    expect(status.status).toBe(200);
    expect(readPage(status.text).text).toContain("待交款");
    expect(status.text).toContain(`href="/verify/${no}?code=${code}"`);
    // Whoever came without a slip is not offered one to check.
    expect((await newcomer().get(`/applications/${no}`)).text).not.toContain("/verify/");
    expect((await newcomer().get(`/applications/${no}?code=%3Cscript%3E`)).text).not.toContain(
      "/verify/",
    );
  });

  test("is over once it was paid, and again once that was taken back", async () => {
    const notice = await newNotice();
    await bookMoney(site.city, confirmationOf(notice));
    expect((await verify(notice.no, notice.code)).page.headings).toEqual(["真的，但已交款"]);
    await takeBack(site.city, notice.no);
    expect((await verify(notice.no, notice.code)).page.headings).toEqual(["真的，但已冲正"]);
  });

  test("is over once it was cancelled", async () => {
    const { no, code } = await newNotice();
    await site.city.db.transaction().execute((tx) => cancelPaymentNotice(tx, no, NOW));
    expect((await verify(no, code)).page.headings).toEqual(["真的，但已作废"]);
  });

  test("is over after its last day, before any sweep wrote that down", async () => {
    const { no, code } = await newNotice();
    site.clock.now = new Date(NOW.getTime() + 16 * 86_400_000);
    const { page } = await verify(no, code);
    site.clock.now = NOW;
    expect(page.headings).toEqual(["真的，但已过期"]);
  });

  test("has the same code when it is printed again, and is replaced when its content changed", async () => {
    const notice = await newNotice();
    expect((await printNotice(notice)).code).toBe(notice.code);
    const moved = { ...notice.house, address: "示例花园 13幢 3单元 502" };
    const second = await printNotice({ ...notice, house: moved });
    expect(second.code).not.toBe(notice.code);
    expect((await verify(notice.no, notice.code)).page.headings).toEqual(["真的，但已被新的代替"]);
    expect((await verify(notice.no, second.code)).page.headings).toEqual(["真的，现在有效"]);
    await bookMoney(site.city, confirmationOf(notice));
    expect((await verify(notice.no, notice.code)).page.headings).toEqual(["真的，但已交款"]);
  });
});

test("a voucher is valid until it is paid; its code leads to the page of its application", async () => {
  const { db, personalData } = site.city;
  const voucher = await buildVoucher(site.city, (await buildPaidHouse(site.city)).house);
  const found = await findVoucher(db, voucher.no, personalData);
  if (found === null) throw new Error("no voucher");
  const content = { number: found.no, address: "示例花园 12幢 3单元 503" } as VoucherContent;
  const { code, statusPath } = await printed((deps) =>
    printVoucherSlip(deps, db, { voucher: found, content }, NOW),
  );
  const { page, text } = await verify(found.no, code);
  expect(page.headings).toEqual(["真的，现在有效"]);
  expect(text).toContain(`href="/applications/${found.applicationNumber}"`);
  expect(statusPath).toBe(
    `/applications/${found.applicationNumber}?code=${code}&slip=${found.no}#${found.no}`,
  );
  const { no } = await newNotice();
  const status = await newcomer().get(`/applications/${no}?code=${code}&slip=${found.no}`);
  expect(status.text).toContain(`href="/verify/${found.no}?code=${code}"`);
  await payOut(site.city, disbursementOf(voucher));
  expect((await verify(found.no, code)).page.headings).toEqual(["真的，但已付款"]);
});

test("a statement of a year is over once something was booked up to its day, the same day included", async () => {
  const { db, personalData } = site.city;
  const key = await buildHouse(site.city);
  await buildDeposit(site.city, key, { amountFen: fen(500_000n) });
  const house = await getHouse(db, key);
  const year = await getHouseYear(db, key, 2026);
  const spy = spyPrinter();
  await printStatement(
    {
      printer: spy.printer,
      personalData,
      publicUrl: PUBLIC_URL,
      config: { fundCentreName: "中心" },
    },
    db,
    { house, ownerName: "张示例", year },
    NOW,
  );
  const [data = {}] = spy.printed;
  const { numberGroups, codeGroups } = data["mark"] as Record<string, string>;
  const ask = () =>
    verify((numberGroups ?? "").replaceAll(" ", ""), (codeGroups ?? "").replaceAll("-", ""));
  const before = await ask();
  expect(before.page.headings).toEqual(["真的，现在有效"]);
  expect(before.page.text).not.toContain("张示例");
  await buildUse(site.city, key, fen(100n));
  expect((await ask()).page.headings).toEqual(["真的，但余额已变化"]);
});

describe("who guesses", () => {
  test("learns nothing: a wrong code, a wrong number and both are answered alike", async () => {
    const { no, code } = await newNotice();
    const unknown = newApplicationNumber("11", NOW);
    const answers = [
      await verify(no, wrongOf(code)),
      await verify(unknown, code),
      await verify(unknown, wrongOf(code)),
    ];
    for (const { status, page } of answers) {
      expect(status).toBe(404);
      expect(page.text).toContain("没有查到这张单据");
    }
    // The pages repeat what was typed and nothing else differs.
    const typed = new RegExp([no, unknown, code, wrongOf(code)].join("|"), "g");
    const bare = answers.map(({ text }) => text.replaceAll(typed, ""));
    expect(new Set(bare).size).toBe(1);
  });

  test("is stopped at one address, with right answers not counted", async () => {
    const { no, code } = await newNotice();
    const visitor = newcomer();
    for (let n = 0; n < 25; n += 1) expect((await verify(no, code, visitor)).status).toBe(200);
    for (let n = 0; n < 20; n += 1) {
      const { status } = await verify(newApplicationNumber("11", NOW), code, visitor);
      expect(status).toBe(404);
    }
    expect((await verify(newApplicationNumber("11", NOW), code, visitor)).status).toBe(429);
    expect((await verify(no, code, visitor)).status).toBe(429);
    expect((await verify(no, code)).status).toBe(200);
  });

  test("closes a slip to nobody else, from however many addresses", async () => {
    const { no, code } = await newNotice();
    for (let n = 0; n < 30; n += 1) expect((await verify(no, wrongOf(code))).status).toBe(404);
    expect((await verify(no, code)).status).toBe(200);
  });
});

describe("the form", () => {
  test("asks for both, keeps what was typed and says at each field what is wrong", async () => {
    const empty = readPage((await newcomer().get("/verify")).text);
    expect(empty.headings).toEqual(["验真"]);
    expect(empty.summary).toEqual([]);
    const answer = await newcomer().get("/verify?number=1126&code=7K3M");
    expect(answer.status).toBe(422);
    const { errors, values, title } = readPage(answer.text);
    expect(title).toMatch(/^出错：/);
    expect(Object.keys(errors)).toEqual(["number", "code"]);
    expect(values).toMatchObject({ number: "1126", code: "7K3M" });
  });

  test("takes number and code as people write them", async () => {
    const { no, code } = await newNotice();
    const typed = `number=${encodeURIComponent(`${no.slice(0, 4)}　${no.slice(4)}`)}`;
    const written = encodeURIComponent(code.toLowerCase().replace(/(....)(?=.)/g, "$1－"));
    const answer = await newcomer().get(`/verify?${typed}&code=${written}`);
    expect(readPage(answer.text).headings).toEqual(["真的，现在有效"]);
  });

  test("with the number alone asks for the code and blames nobody", async () => {
    const answer = await newcomer().get("/verify/112611230482719537");
    expect(answer.status).toBe(200);
    expect(readPage(answer.text).values["number"]).toBe("112611230482719537");
  });

  test.each(HOSTILE)("answers %s with sense", async (_, value) => {
    const sent = encodeURIComponent(value);
    for (const path of [
      `/verify?number=${sent}&code=7K3M-9QXA-2VTB`,
      `/verify?number=112611230482719537&code=${sent}`,
    ]) {
      const answer = await newcomer().get(path);
      expect([200, 404, 422]).toContain(answer.status);
      expect(letsMarkupThrough(answer.text)).toBe(false);
    }
  });
});

test("no code of a slip gets into the log", async () => {
  const { no, code } = await newNotice();
  await verify(no, code);
  await sql`alter table issued_slip rename to issued_slip_away`.execute(site.city.owner);
  const broken = await verify(no, code);
  await sql`alter table issued_slip_away rename to issued_slip`.execute(site.city.owner);
  expect(broken.status).toBe(500);
  expect(site.logged()).toContain("request failed");
  expect(site.logged()).not.toContain(code);
});
