import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import type { Confirmation } from "#src/bank/confirm-payment.ts";
import { releasePaymentNotice } from "#src/bank/lock-payment-notice.ts";
import { issueDepositNotice } from "#src/business/owner-deposit/issue-payment-notice.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen, subtractFen } from "#src/kernel/money.ts";
import { seededRandom } from "#src/kernel/random.ts";
import { type OpenDatabase, openDatabase } from "#src/platform/database/client.ts";
import type { House } from "#src/register/find-house.ts";
import { auditOf } from "../support/audit-context.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import { inParallel, tally } from "../support/in-parallel.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildUse,
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

/** A house that paid 11,851.20 yuan and has 1,000.00 left: it must top up 10,851.20. */
async function buildHouseBelowTrigger(): Promise<House> {
  const house = await buildHouse(city);
  const paid = house.dueFen ?? fen(0n);
  await buildDeposit(city, house, { amountFen: paid });
  await buildUse(city, house, subtractFen(paid, fen(100_000)));
  return house;
}

const askForTopUp = (house: House, submissionKey: string = randomUUID()) =>
  issueDepositNotice(
    { db: desks.db, personalData: city.personalData },
    {
      houseCode: house.code,
      form: { depositKind: "02", payer: "张示例", phone: "13800005678" },
      seal: { submissionKey, amountSeen: fen(1_085_120) },
      browserHash: Buffer.alloc(32, 2),
      now: NOW,
    },
    auditOf("issue-payment-notice"),
  );

test("a notice asked for while another of the house is being paid never asks for the same money again", async () => {
  for (let round = 0; round < 15; round += 1) {
    const house = await buildHouseBelowTrigger();
    const first = await askForTopUp(house);
    if (!first.ok) throw new Error("the house has to top up");
    const message = confirmationOf({
      no: first.number as TestNotice["no"],
      amountFen: fen(1_085_120),
    });
    const asked = () => askForTopUp(house).then(({ ok }) => (ok ? "issued" : "refused"));
    await storm<unknown>([asked, () => confirm(message), asked, asked, asked]);
    const { rows } = await sql`select no from payment_notice where state in ('issued', 'locked')
      and estate_id = ${house.estateId} and house_id = ${house.houseId.toString()}::bigint`.execute(
      city.db,
    );
    expect(rows).toEqual([]);
  }
});

test("one form sent eight times at the same moment makes one application, and every answer names it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const house = await buildHouseBelowTrigger();
    const submissionKey = randomUUID();
    const outcomes = await storm(times(DESKS, () => () => askForTopUp(house, submissionKey)));
    const numbers = new Set(outcomes.map((outcome) => outcome.ok && outcome.number));
    expect(numbers.size).toBe(1);
    expect(tally(outcomes.map((outcome) => (outcome.ok ? outcome.kind : outcome.reason)))).toEqual({
      issued: 1,
      repeat: DESKS - 1,
    });
  }
});

test("desks, sweeps, new notices and reversals all at once leave books that hold every rule", async () => {
  const random = seededRandom(20261123);
  const houses: House[] = [];
  for (let at = 0; at < 5; at += 1) houses.push(await buildHouse(city));
  const notices: TestNotice[] = [];
  const messages: Confirmation[] = [];
  // Some notices ran out yesterday; desks act today or, late, tomorrow.
  const days = [NOW, new Date(NOW.getTime() + 86_400_000)];
  const act = (): (() => Promise<string>) => {
    const house = random.pick(houses);
    const now = random.pick(days);
    const teller = random.pick(["desk-a", "desk-b", "desk-c"]);
    const notice = notices.length === 0 ? undefined : random.pick(notices);
    const draw = random.int(100);
    if (notice === undefined || draw < 25) {
      const depositKind = random.pick(["00", "02", "04"] as const);
      const amountFen = fen(1 + random.int(500_000));
      const validDays = random.pick([0, 15]);
      return async () => {
        notices.push(
          await buildNotice({ ...city, db: desks.db }, house, {
            depositKind,
            amountFen,
            validDays,
          }),
        );
        return "issued";
      };
    }
    if (draw < 40) return async () => (await openAtDesk(desks, notice.no, { teller, now })).kind;
    if (draw < 48) {
      return async () => {
        await desks.db
          .transaction()
          .execute((tx) => releasePaymentNotice(tx, { no: notice.no, teller }));
        return "released";
      };
    }
    if (draw < 75) {
      const again = messages.length > 0 && random.chance(0.3) ? random.pick(messages) : undefined;
      const message = again ?? confirmationOf(notice, { teller, now });
      messages.push(message);
      return async () => (await confirm(message)).kind;
    }
    if (draw < 92) return () => takeBack(desks, notice.no, { now, teller });
    return async () => {
      const at = { today: shanghaiDate(now), now };
      await desks.db
        .transaction()
        .execute((tx) => expireApplications(tx, at, findDepositDescriptor));
      return "swept";
    };
  };
  const answers: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    // Drawn in rounds, so that later acts know the notices of earlier ones.
    answers.push(...(await storm(times(16, act))));
  }
  const counts = tally(answers);
  for (const kind of ["credited", "suspense", "repeat", "reversed", "another-day", "locked"]) {
    expect(counts[kind] ?? 0, `${kind} happened: ${JSON.stringify(counts)}`).toBeGreaterThan(0);
  }
  expect(await listOffenders(city.db)).toEqual([]);
  // Every accepted message is in the books once: the bank's money is the sum of the receipts.
  const { rows } = await sql<{ difference: bigint }>`
    select (select coalesce(sum(amount_fen), 0) from bank_receipt r
          join journal j on j.id = r.journal_id where j.kind <> 'reversal'
            and not exists (select from journal c where c.reverses = j.id))
        - (select coalesce(sum(e.amount_fen), 0) from entry e join journal j on j.id = e.journal_id
          where e.account_code = '1001' and j.notice_no is not null) as difference`.execute(
    city.db,
  );
  expect(rows.map(({ difference }) => String(difference))).toEqual(["0"]);
});

const isAsItShouldBe = ({ credited = 1, broken = 0 }: Record<string, number>) =>
  credited === 1 && broken === 0;

test("the storm on one house sees a confirmation that does not hold the house", async () => {
  const scratch = await testDatabase();
  const own = await buildCity(scratch);
  const pool = openDatabase(scratch.applicationConnection, { role: "fund_app", max: DESKS });
  const { rows } = await sql<{ source: string }>`select pg_get_functiondef(oid) as source
    from pg_proc where proname = 'confirm_payment_notice'`.execute(own.owner);
  const source = rows[0]?.source ?? "";
  // The row is read without waiting for whoever is crediting it at this moment.
  const planted = source
    .replace("perform hold_notice_houses(p_no);", "")
    .replace("join house_balance b", "left join house_balance b")
    .replace("b.first_paid_fen <>", "coalesce(b.first_paid_fen, 0) <>");
  expect(planted).not.toContain("hold_notice_houses");
  expect(planted).toContain("coalesce(b.first_paid_fen, 0) <>");
  await sql.raw(planted).execute(own.owner);
  let seen: Record<string, number> = {};
  for (let round = 0; round < 20 && isAsItShouldBe(seen); round += 1) {
    const house = await buildHouse(own);
    const notices: TestNotice[] = [];
    for (let at = 0; at < DESKS; at += 1) notices.push(await buildNotice(own, house));
    const answers = await storm(
      notices.map(
        (notice) => () =>
          bookMoney(pool, confirmationOf(notice)).then(
            ({ kind }) => kind,
            () => "broken" as const, // two that wait for each other's notices
          ),
      ),
    );
    seen = tally(answers);
  }
  await pool.close();
  await scratch.drop();
  expect(isAsItShouldBe(seen), JSON.stringify(seen)).toBe(false);
});
