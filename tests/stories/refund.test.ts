import { afterAll, beforeAll, expect, test } from "vitest";
import { getRefundFacts, listPaidDeposits } from "#src/business/owner-refund/queries.ts";
import { offerRefund, type RefundBasis } from "#src/business/owner-refund/rules.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen, negateFen } from "#src/kernel/money.ts";
import { postJournal } from "#src/ledger/post-journal.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { buildCity, buildHouse, type TestCity } from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildUse,
  confirmationOf,
} from "../support/payment-builders.ts";
import { lastJournal, printedStory } from "../support/print-journals.ts";
import { buildVoucher, cannotPay, disbursementOf, payOut } from "../support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(async () => {
  expect(await listOffenders(city.db)).toEqual([]);
  await database.drop();
});

const PAID_ON = calendarDate("2025-06-30");

/** Plays a story about one house, 502, and prints what it left in the books. */
async function story(play: (house: House) => Promise<void>): Promise<string> {
  const house = await buildHouse(city);
  const since = await lastJournal(city.db);
  await play(house);
  return await printedStory(city.db, { since, houses: { "502": house } });
}

const deposited = (house: House, amount: number, depositKind: "00" | "01" | "02" = "00") =>
  buildDeposit(city, house, { amountFen: fen(amount), depositKind, bookDate: PAID_ON });

/** Interest shared to the house. */
async function earned(house: House, amountFen: Fen): Promise<void> {
  const bookDate = calendarDate("2026-06-30");
  await city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "interest",
      bookDate,
      valueDate: bookDate,
      idempotencyKey: `interest-${house.code}`,
      actor: "test",
      entries: [
        { account: "1001", custodyAccountId: city.custodyAccountId, amountFen },
        { account: "3001.02", house, amountFen: negateFen(amountFen) },
      ],
    }),
  );
}

/** The refund of a reason as the rules compute it, approved, with its voucher. */
async function approved(house: House, reason: RefundReasonCode, typed: Partial<RefundBasis> = {}) {
  const facts = await getRefundFacts(city.db, await getHouse(city.db, house));
  const basis = { newAreaHundredths: null, journalId: null, askedFen: null, ...typed };
  const offer = offerRefund(reason, facts, basis);
  if (!offer.ok) throw new Error(`nothing is refunded: ${offer.reason}`);
  return await buildVoucher(city, house, { reason, ...offer });
}

async function refunded(house: House, reason: RefundReasonCode, typed: Partial<RefundBasis> = {}) {
  const outcome = await payOut(city, disbursementOf(await approved(house, reason, typed)));
  if (outcome.kind !== "paid") throw new Error(`not paid: ${outcome.kind}`);
}

const lastDeposit = async (house: House) =>
  (await listPaidDeposits(city.db, house)).at(-1)?.journalId ?? null;

test("R01: the contract is dissolved, principal and interest go back", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_185_120);
    await earned(house, fen(16_195));
    await refunded(house, "R01");
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                        house      debit     credit
    --  --------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit   2025-06-30  1001 银行存款                         11,851.20
                              3001.01 商品住宅维修资金·本金  502               11,851.20
     2  interest  2026-06-30  1001 银行存款                            161.95
                              3001.02 商品住宅维修资金·利息  502                  161.95
     3  refund    2026-11-23  3001.01 商品住宅维修资金·本金  502    11,851.20
                              3001.02 商品住宅维修资金·利息  502       161.95
                              1001 银行存款                                    12,013.15

    502 holds principal 0.00, interest 0.00; of the first deposit 0.00
    "
  `);
});

test("R02: 100.00 too much were paid", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_195_120);
    await refunded(house, "R02");
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2025-06-30  1001 银行存款                         11,951.20
                             3001.01 商品住宅维修资金·本金  502               11,951.20
     2  refund   2026-11-23  3001.01 商品住宅维修资金·本金  502       100.00
                             1001 银行存款                                       100.00

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("R03: the house was measured 1.20 ㎡ smaller", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_185_120);
    await refunded(house, "R03", { newAreaHundredths: 9_756 });
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2025-06-30  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20
     2  refund   2026-11-23  3001.01 商品住宅维修资金·本金  502       144.00
                             1001 银行存款                                       144.00

    502 holds principal 11,707.20, interest 0.00; of the first deposit 11,707.20
    "
  `);
});

test("R04: the first deposit was paid twice, the later payment goes back", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_185_120);
    await deposited(house, 1_185_120);
    await refunded(house, "R04", { journalId: await lastDeposit(house) });
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2025-06-30  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20
     2  deposit  2025-06-30  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20
     3  refund   2026-11-23  3001.01 商品住宅维修资金·本金  502    11,851.20
                             1001 银行存款                                    11,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("R05: a top-up was paid for the wrong house", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_185_120);
    await deposited(house, 300_000, "02");
    await refunded(house, "R05", { journalId: await lastDeposit(house) });
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2025-06-30  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20
     2  deposit  2025-06-30  1001 银行存款                          3,000.00
                             3001.01 商品住宅维修资金·本金  502                3,000.00
     3  refund   2026-11-23  3001.01 商品住宅维修资金·本金  502     3,000.00
                             1001 银行存款                                     3,000.00

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("R06: the house is gone, everything goes back and the house is closed", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_185_120);
    await earned(house, fen(16_195));
    await buildUse(city, house, fen(250_000));
    await refunded(house, "R06");
    const late = await buildNotice(city, house, { depositKind: "02", amountFen: fen(100) });
    await bookMoney(city, confirmationOf(late));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                        house      debit     credit
    --  --------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit   2025-06-30  1001 银行存款                         11,851.20
                              3001.01 商品住宅维修资金·本金  502               11,851.20
     2  interest  2026-06-30  1001 银行存款                            161.95
                              3001.02 商品住宅维修资金·利息  502                  161.95
     3  use       2026-11-23  3001.01 商品住宅维修资金·本金  502     2,500.00
                              1001 银行存款                                     2,500.00
     4  refund    2026-11-23  3001.01 商品住宅维修资金·本金  502     9,351.20
                              3001.02 商品住宅维修资金·利息  502       161.95
                              1001 银行存款                                     9,513.15
     5  suspense  2026-11-23  1001 银行存款                              1.00
                              2901 待清算款项                                       1.00

    502 holds principal 0.00, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("R07: an approval names 12,000.00, of which only a part was first deposit", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_185_120);
    await deposited(house, 300_000, "02");
    await refunded(house, "R07", { askedFen: fen(1_200_000) });
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2025-06-30  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20
     2  deposit  2025-06-30  1001 银行存款                          3,000.00
                             3001.01 商品住宅维修资金·本金  502                3,000.00
     3  refund   2026-11-23  3001.01 商品住宅维修资金·本金  502    11,851.20
                             1001 银行存款                                    11,851.20
     4  refund   2026-11-23  3001.01 商品住宅维修资金·本金  502       148.80
                             1001 银行存款                                       148.80

    502 holds principal 2,851.20, interest 0.00; of the first deposit 0.00
    "
  `);
});

test("a refund that the bank could not pay moves nothing", async () => {
  const books = await story(async (house) => {
    await deposited(house, 1_195_120);
    const voucher = await approved(house, "R02");
    await cannotPay(city, voucher.no);
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2025-06-30  1001 银行存款                         11,951.20
                             3001.01 商品住宅维修资金·本金  502               11,951.20

    502 holds principal 11,951.20, interest 0.00; of the first deposit 11,951.20
    "
  `);
});
