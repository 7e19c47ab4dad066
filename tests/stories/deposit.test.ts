import { afterAll, beforeAll, expect, test } from "vitest";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import { calendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildUse,
  confirmationOf,
  findDepositDescriptor,
  openAtDesk,
  takeBack,
} from "../support/payment-builders.ts";
import { lastJournal, printedStory } from "../support/print-journals.ts";
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

const onDay = (day: string) => new Date(`${day}T02:00:00Z`);

/** Plays a story about one house, 502, and prints what it left in the books. */
async function story(play: (house: House) => Promise<void>): Promise<string> {
  const house = await buildHouse(city);
  const since = await lastJournal(city.db);
  await play(house);
  return await printedStory(city.db, { since, houses: { "502": house } });
}

test("a first deposit is paid: 98.76 ㎡ at 120.00 yuan", async () => {
  const books = await story(async (house) => {
    const notice = await buildNotice(city, house);
    await openAtDesk(city, notice.no);
    await bookMoney(city, confirmationOf(notice));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2026-11-23  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("a deposit is paid twice: the bank repeats its message, then the payer pays at another branch", async () => {
  const books = await story(async (house) => {
    const notice = await buildNotice(city, house);
    const message = confirmationOf(notice);
    await bookMoney(city, message);
    await bookMoney(city, message);
    await bookMoney(city, confirmationOf(notice));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                        house      debit     credit
    --  --------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit   2026-11-23  1001 银行存款                         11,851.20
                              3001.01 商品住宅维修资金·本金  502               11,851.20
     2  suspense  2026-11-23  1001 银行存款                         11,851.20
                              2901 待清算款项                                  11,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("money comes after the last day", async () => {
  const books = await story(async (house) => {
    const notice = await buildNotice(city, house, { issuedAt: onDay("2026-11-02"), validDays: 15 });
    const now = onDay("2026-11-23");
    await city.db
      .transaction()
      .execute((tx) =>
        expireApplications(tx, { today: shanghaiDate(now), now }, findDepositDescriptor),
      );
    await bookMoney(city, confirmationOf(notice, { now }));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account          house      debit     credit
    --  --------  ----------  ---------------  -----  ---------  ---------
     1  suspense  2026-11-23  1001 银行存款           11,851.20
                              2901 待清算款项                    11,851.20

    502 holds principal 0.00, interest 0.00; of the first deposit 0.00
    "
  `);
});

test("a teller reverses on the same day, and the owner pays again with a new notice", async () => {
  const books = await story(async (house) => {
    const wrong = await buildNotice(city, house);
    await bookMoney(city, confirmationOf(wrong));
    await takeBack(city, wrong.no);
    const right = await buildNotice(city, house);
    await bookMoney(city, confirmationOf(right));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                        house      debit     credit
    --  --------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit   2026-11-23  1001 银行存款                         11,851.20
                              3001.01 商品住宅维修资金·本金  502               11,851.20
     2  reversal  2026-11-23  1001 银行存款                                    11,851.20
                              3001.01 商品住宅维修资金·本金  502    11,851.20
     3  deposit   2026-11-23  1001 银行存款                         11,851.20
                              3001.01 商品住宅维修资金·本金  502               11,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("arrears: part of the first deposit was paid years ago, the rest is paid now", async () => {
  const books = await story(async (house) => {
    const bookDate = calendarDate("2019-05-06");
    await buildDeposit(city, house, { amountFen: fen(800_000), bookDate });
    const rest = { depositKind: "04", amountFen: fen(385_120) } as const;
    await bookMoney(city, confirmationOf(await buildNotice(city, house, rest)));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house     debit    credit
    --  -------  ----------  -----------------------------  -----  --------  --------
     1  deposit  2019-05-06  1001 银行存款                         8,000.00
                             3001.01 商品住宅维修资金·本金  502              8,000.00
     2  deposit  2026-11-23  1001 银行存款                         3,851.20
                             3001.01 商品住宅维修资金·本金  502              3,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("a top-up: a repair took the balance below 30 %, the owner restores it", async () => {
  const books = await story(async (house) => {
    await buildDeposit(city, house, {
      amountFen: fen(1_185_120),
      bookDate: calendarDate("2016-03-01"),
    });
    await buildUse(city, house, fen(885_120));
    const restored = { depositKind: "02", amountFen: fen(885_120) } as const;
    await bookMoney(city, confirmationOf(await buildNotice(city, house, restored)));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2016-03-01  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  502               11,851.20
     2  use      2026-11-23  3001.01 商品住宅维修资金·本金  502     8,851.20
                             1001 银行存款                                     8,851.20
     3  deposit  2026-11-23  1001 银行存款                          8,851.20
                             3001.01 商品住宅维修资金·本金  502                8,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("two notices of one house are paid at two desks at the same time: one is credited, one waits", async () => {
  const books = await story(async (house) => {
    const [first, second] = [await buildNotice(city, house), await buildNotice(city, house)];
    await openAtDesk(city, first.no, { teller: "teller:a" });
    await openAtDesk(city, second.no, { teller: "teller:b" });
    await bookMoney(city, confirmationOf(first, { teller: "teller:a" }));
    await bookMoney(city, confirmationOf(second, { teller: "teller:b", now: NOW }));
  });
  expect(books).toMatchInlineSnapshot(`
    "
    no  kind      book date   account                        house      debit     credit
    --  --------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit   2026-11-23  1001 银行存款                         11,851.20
                              3001.01 商品住宅维修资金·本金  502               11,851.20
     2  suspense  2026-11-23  1001 银行存款                         11,851.20
                              2901 待清算款项                                  11,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});
