import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import type { Confirmation, ConfirmationOutcome } from "#src/bank/confirm-payment.ts";
import { fen } from "#src/kernel/money.ts";
import { seededRandom } from "#src/kernel/random.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { postJournal } from "#src/ledger/post-journal.ts";
import { type OpenDatabase, openDatabase } from "#src/platform/database/client.ts";
import type { House } from "#src/register/find-house.ts";
import {
  buildBuilding,
  buildCity,
  buildHouse,
  NOW,
  type TestCity,
  TODAY,
} from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import { inParallel, tally } from "../support/in-parallel.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  findDepositDescriptor,
  openAtDesk,
  type TestNotice,
  takeBack,
} from "../support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

const DESKS = 8;
let database: TestDatabase;
let city: TestCity;
let desks: OpenDatabase;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  desks = openDatabase(database.applicationConnection, { role: "fund_app", max: DESKS });
});
afterAll(async () => {
  await desks.close();
  await database.drop();
});

const storm = <Answer>(tasks: readonly (() => Promise<Answer>)[]) => inParallel(DESKS, tasks);
const times = <Item>(count: number, make: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => make(at));
const confirm = (message: Confirmation) => bookMoney(desks, message);
const kinds = (outcomes: readonly ConfirmationOutcome[]) => tally(outcomes.map(({ kind }) => kind));

async function buildNotices(count: number, house?: House): Promise<TestNotice[]> {
  const notices: TestNotice[] = [];
  const building = await buildBuilding(city);
  for (let at = 0; at < count; at += 1) {
    notices.push(await buildNotice(city, house ?? (await buildHouse(city, { building }))));
  }
  return notices;
}

async function countJournals(no: string) {
  const { rows } = await sql<{ kind: string; count: number; bank: bigint }>`
    select j.kind, count(*)::int as count, sum(e.amount_fen)::bigint as bank
      from journal j join entry e on e.journal_id = j.id and e.account_code = '1001'
      where j.notice_no = ${no} group by j.kind order by j.kind`.execute(city.db);
  return rows;
}

describe("storms on one notice", () => {
  test("one message a hundred times: one journal, and every answer names it", async () => {
    const notice = await buildNotice(city, await buildHouse(city));
    const message = confirmationOf(notice);
    const outcomes = await storm(times(100, () => () => confirm(message)));
    expect(kinds(outcomes)).toEqual({ credited: 1, repeat: 99 });
    const journals = new Set(outcomes.map((one) => "journalId" in one && one.journalId));
    expect(journals.size).toBe(1);
    expect(await countJournals(notice.no)).toEqual([
      { kind: "deposit", count: 1, bank: notice.amountFen },
    ]);
  });

  test("paid a hundred times under a hundred references: one credit, the rest waits in suspense", async () => {
    const notice = await buildNotice(city, await buildHouse(city));
    const outcomes = await storm(times(100, () => () => confirm(confirmationOf(notice))));
    expect(kinds(outcomes)).toEqual({ credited: 1, suspense: 99 });
    expect(await countJournals(notice.no)).toEqual([
      { kind: "deposit", count: 1, bank: notice.amountFen },
      { kind: "suspense", count: 99, bank: 99n * notice.amountFen },
    ]);
    expect((await getHouseBalance(city.db, notice.house)).principalFen).toBe(notice.amountFen);
  });

  test("one reference for twenty notices at once: one is credited, nineteen are refused", async () => {
    const notices = await buildNotices(20);
    const outcomes = await storm(
      notices.map((notice) => () => confirm(confirmationOf(notice, { bankRef: "ONE-REF-1" }))),
    );
    expect(kinds(outcomes)).toEqual({ credited: 1, "reference-used": 19 });
  });
});

describe("storms on one house", () => {
  for (const depositKind of ["00", "02"] as const) {
    const words = depositKind === "00" ? "first deposit" : "top-up";
    test(`fifty notices for one ${words}: one is credited, all other money is in suspense`, async () => {
      const house = await buildHouse(city);
      if (depositKind === "02") await buildDeposit(city, house, { amountFen: fen(1_185_120) });
      const before = await getHouseBalance(city.db, house);
      const notices: TestNotice[] = [];
      for (let at = 0; at < 50; at += 1) {
        notices.push(await buildNotice(city, house, { depositKind, amountFen: fen(1_000 + at) }));
      }
      // Half of them lie open at desks, which does not make them payable twice.
      for (const [at, { no }] of notices.entries()) {
        if (at % 2 === 0) await openAtDesk(city, no, { teller: `desk-${at}` });
      }
      const outcomes = await storm(
        notices.map(
          (notice, at) => () => confirm(confirmationOf(notice, { teller: `desk-${at}` })),
        ),
      );
      expect(kinds(outcomes)).toEqual({ credited: 1, suspense: 49 });
      const credited = notices[outcomes.findIndex(({ kind }) => kind === "credited")] as TestNotice;
      const after = await getHouseBalance(city.db, house);
      expect(after.principalFen - before.principalFen).toBe(credited.amountFen);
      const { rows } = await sql<{ bank: bigint; suspense: bigint }>`
        select sum(amount_fen) filter (where account_code = '1001')::bigint as bank,
            -sum(amount_fen) filter (where account_code = '2901')::bigint as suspense
          from entry join journal on journal.id = journal_id
          where notice_no = any(${notices.map(({ no }) => no)})`.execute(city.db);
      const whole = notices.reduce((sum, { amountFen }) => sum + amountFen, 0n);
      expect(rows).toEqual([{ bank: whole, suspense: whole - credited.amountFen }]);
      expect(await listOffenders(city.db)).toEqual([]);
    });
  }
});

describe("storms of reversals", () => {
  test("everything reversed twice at the same moment is reversed once", async () => {
    const paid = [];
    for (let at = 0; at < 40; at += 1) paid.push(await buildPaidHouse(city));
    const twice = [...paid, ...paid].sort((a, b) => a.notice.no.localeCompare(b.notice.no));
    const answers = await storm(
      twice.map(
        ({ notice }) =>
          () =>
            takeBack(desks, notice.no),
      ),
    );
    expect(tally(answers)).toEqual({ reversed: 40, repeat: 40 });
    for (const { house } of paid) {
      const { principalFen, firstPaidFen } = await getHouseBalance(city.db, house);
      expect([principalFen, firstPaidFen]).toEqual([0n, 0n]);
    }
    expect(await listOffenders(city.db)).toEqual([]);
  });

  test("a notice confirmed and reversed at the same moment ends in one of the two, with its money", async () => {
    const notices = await buildNotices(30);
    const answers = await storm<string>(
      notices.flatMap((notice) => [
        async () => (await confirm(confirmationOf(notice))).kind,
        () => takeBack(desks, notice.no),
      ]),
    );
    const { reversed = 0, "not-paid": early = 0 } = tally(answers);
    expect(reversed + early).toBe(30);
    const { rows } = await sql<{ reversed: number }>`
      select count(*) filter (where state = 'reversed')::int as reversed from payment_notice
        where no = any(${notices.map(({ no }) => no)})`.execute(city.db);
    expect(rows).toEqual([{ reversed }]);
    expect(await listOffenders(city.db)).toEqual([]);
  });
});

test("money and the sweep of the last day meet: nothing is credited, nothing is lost", async () => {
  const issuedAt = new Date("2026-11-20T02:00:00Z");
  const notices: TestNotice[] = [];
  for (let at = 0; at < 40; at += 1) {
    notices.push(await buildNotice(city, await buildHouse(city), { issuedAt, validDays: 0 }));
  }
  const sweep = async () => {
    await desks.db
      .transaction()
      .execute((tx) => expireApplications(tx, { today: TODAY, now: NOW }, findDepositDescriptor));
    return "swept";
  };
  const answers = await storm<string>(
    notices.flatMap((notice, at) => [
      async () => (await confirm(confirmationOf(notice))).kind,
      ...(at % 8 === 0 ? [sweep] : []),
    ]),
  );
  expect(tally(answers)).toEqual({ suspense: 40, swept: 5 });
  const { rows } =
    await sql`select n.state as notice, a.state as application, count(*)::int as count
    from payment_notice n join application a on a.notice_no = n.no
    where n.no = any(${notices.map(({ no }) => no)}) group by 1, 2`.execute(city.db);
  expect(rows).toEqual([{ notice: "expired", application: "in-suspense", count: 40 }]);
  expect(await listOffenders(city.db)).toEqual([]);
});

test("long journals over the same houses in every order do not wait for each other in a circle", async () => {
  const building = await buildBuilding(city);
  const houses: House[] = [];
  for (let at = 0; at < 12; at += 1) houses.push(await buildHouse(city, { building }));
  const random = seededRandom(7);
  const owners = openDatabase(database.ownerConnection, { max: DESKS });
  const { custodyAccountId } = city;
  const credit = (at: number) => {
    const order = [...houses].sort(() => (random.chance(0.5) ? 1 : -1));
    return () =>
      owners.db.transaction().execute((tx) =>
        postJournal(tx, {
          kind: "interest",
          bookDate: TODAY,
          valueDate: TODAY,
          idempotencyKey: `circle-${at}`,
          actor: "test",
          entries: [
            { account: "3101", custodyAccountId, amountFen: fen(order.length) },
            ...order.map((house) => ({ account: "3001.02" as const, house, amountFen: fen(-1) })),
          ],
        }),
      );
  };
  await storm(times(100, credit));
  await owners.close();
  for (const house of houses) {
    expect((await getHouseBalance(city.db, house)).interestFen).toBe(100n);
  }
});

test("whoever looks during a storm sees books that balance", async () => {
  const notices = await buildNotices(80);
  let isOver = false;
  let looks = 0;
  const look = async () => {
    while (!isOver) {
      const { bank, claims, kept } = await city.db
        .transaction()
        .setIsolationLevel("repeatable read")
        .execute(async (tx) => {
          const entries = await sql<{ bank: bigint; claims: bigint; houses: bigint }>`
            select coalesce(sum(amount_fen) filter (where account_code = '1001'), 0)::bigint as bank,
                coalesce(-sum(amount_fen) filter (where account_code <> '1001'), 0)::bigint as claims,
                coalesce(-sum(amount_fen) filter (where house_id is not null), 0)::bigint as houses
              from entry`.execute(tx);
          const balances = await sql<{ kept: bigint }>`
            select sum(principal_fen + interest_fen)::bigint as kept from house_balance`.execute(
            tx,
          );
          const { houses, ...sums } = entries.rows[0] as {
            bank: bigint;
            claims: bigint;
            houses: bigint;
          };
          return { ...sums, kept: (balances.rows[0] as { kept: bigint }).kept - houses };
        });
      expect([bank - claims, kept]).toEqual([0n, 0n]);
      looks += 1;
    }
  };
  const looking = look();
  await storm<unknown>(
    notices.flatMap((notice) => [
      () => confirm(confirmationOf(notice)),
      () => takeBack(desks, notice.no),
    ]),
  );
  isOver = true;
  await looking;
  expect(looks).toBeGreaterThan(5);
});
