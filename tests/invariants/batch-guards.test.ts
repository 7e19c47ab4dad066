import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cancelPaymentNotice } from "#src/bank/cancel-payment-notice.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { type OpenDatabase, openDatabase } from "#src/platform/database/client.ts";
import { buildBatch, buildHouses, type TestBatch } from "../support/batch-builders.ts";
import { BANK, buildBuilding, buildCity, NOW, type TestCity, TODAY } from "../support/builders.ts";
import { listOffenders, proveGuard, refusalOf } from "../support/guard-control.ts";
import { inParallel, tally } from "../support/in-parallel.ts";
import { bookMoney, buildNotice, confirmationOf, takeBack } from "../support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

const openBatch = async (city: TestCity): Promise<TestBatch> =>
  await buildBatch(city, await buildHouses(city, await buildBuilding(city), 3));

/** Credits a batch by hand: the parts that `shift` names get that much more, so that the sum stays right. */
async function creditByHand(
  city: TestCity,
  batch: TestBatch,
  shift: readonly bigint[],
): Promise<void> {
  const amounts = batch.houses.map(({ dueFen }, at) => (dueFen ?? 0n) + (shift[at] ?? 0n));
  await city.owner.transaction().execute(async (tx) => {
    const { rows } = await sql<{ journal_id: bigint }>`
      select journal_id from post_journal('deposit', ${TODAY}, ${TODAY}, gen_random_uuid()::text, 'test', '00',
        ${batch.no}, null, '{}', ${["1001", ...amounts.map(() => "3001.01")]}::text[],
        ${[city.custodyAccountId, ...amounts.map(() => null)]}::int[],
        ${[null, ...batch.houses.map(({ estateId }) => estateId)]}::int[],
        ${[null, ...batch.houses.map(({ houseId }) => houseId.toString())]}::bigint[],
        ${[batch.amountFen.toString(), ...amounts.map((fen) => `${-fen}`)]}::bigint[],
        ${[null, ...amounts.map(() => null)]}::jsonb[])`.execute(tx);
    await tx
      .insertInto("bank_receipt")
      .values({
        bank_code: BANK.code,
        bank_ref: `HAND-${batch.no}`,
        body_hash: Buffer.alloc(32),
        notice_no: batch.no,
        amount_fen: batch.amountFen,
        value_date: TODAY,
        teller: "test",
        outcome: "credited",
        suspense_reason: null,
        journal_id: (rows[0] as { journal_id: bigint }).journal_id,
      })
      .execute();
    await tx
      .updateTable("payment_notice")
      .set({ state: "paid" })
      .where("no", "=", batch.no)
      .execute();
    await sql`insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at)
      select id, 2, kind, state, 'settled', 'bank', 'test', now() from application where notice_no = ${batch.no}`.execute(
      tx,
    );
  });
}

describe("L7: a batch is its houses, each with its own amount", () => {
  test("a fen moved from one house to another is not credited, though the sum is right", () =>
    proveGuard({
      drop: "drop trigger bank_receipt_matches_journal on bank_receipt",
      prepare: openBatch,
      act: (city, batch) => creditByHand(city, batch, [1n, -1n]),
      refusedWith: "WX013",
      named: /L7 what was credited .*house \d+: notice 1185120, credited 1185121/,
    }));

  test("another house cannot be slipped into a batch that was issued", () =>
    proveGuard({
      drop: "drop trigger payment_notice_house_adds_up on payment_notice_house",
      prepare: async (city) => {
        const batch = await openBatch(city);
        const [other] = await buildHouses(city, await buildBuilding(city), 1);
        return { batch, other };
      },
      act: async (city, { batch, other }) => {
        await sql`insert into payment_notice_house
          select ${batch.no}, 4, ${other?.estateId}, ${other?.houseId.toString()}::bigint, 1, 0, '3001.01', '{}'`.execute(
          city.db,
        );
      },
      refusedWith: "WX041",
      named: /L7 the houses of a batch .*its houses are 4 with/,
    }));

  test("a batch without its houses, or with another sum, does not commit", () =>
    proveGuard({
      drop: "drop trigger payment_notice_adds_up on payment_notice",
      prepare: openBatch,
      act: async (city, batch) => {
        await sql`insert into payment_notice (no, estate_id, house_count, deposit_kind, amount_fen, custody_account_id,
            bank_code, payer_name_cipher, payer_phone_cipher, basis, issued_at, expires_on)
          select '131611230000000017', estate_id, 2, deposit_kind, amount_fen, custody_account_id, bank_code,
              payer_name_cipher, payer_phone_cipher, basis, issued_at, expires_on
            from payment_notice where no = ${batch.no}`.execute(city.owner);
      },
      refusedWith: "WX041",
      named: /L7 the houses of a batch .*its houses are 0 with 0/,
    }));

  test.each([
    "update payment_notice_house set amount_fen = amount_fen + 1",
    "delete from payment_notice_house",
    "truncate payment_notice_house",
    "update payment_notice set house_count = 2 where house_id is null",
  ])("the owner of the tables itself cannot %s", async (statement) => {
    const database = await testDatabase();
    try {
      const city = await buildCity(database);
      await openBatch(city);
      expect(await refusalOf(sql.raw(statement).execute(city.owner))).toMatch(/WX001|WX006/);
      expect(await refusalOf(sql.raw(statement).execute(city.db))).toBe("42501");
    } finally {
      await database.drop();
    }
  });
});

describe("fifty clients at once", () => {
  const DESKS = 10;
  let database: TestDatabase;
  let city: TestCity;
  let desks: OpenDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    city = await buildCity(database);
    desks = openDatabase(database.applicationConnection, { role: "fund_app", max: DESKS });
  });
  afterAll(async () => {
    expect(await listOffenders(city.db)).toEqual([]);
    await desks.close();
    await database.drop();
  });
  const storm = <Answer>(tasks: readonly (() => Promise<Answer>)[]) => inParallel(DESKS, tasks);

  test("confirm one batch under one reference: it is credited once", async () => {
    const batch = await openBatch(city);
    const message = confirmationOf(batch);
    const answers = await storm(
      Array.from({ length: 50 }, () => async () => (await bookMoney(desks, message)).kind),
    );
    expect(tally(answers)).toEqual({ credited: 1, repeat: 49 });
  });

  test("confirm one batch under fifty references: once credited, the rest waits", async () => {
    const batch = await openBatch(city);
    const answers = await storm(
      Array.from({ length: 50 }, () => async () => {
        return (await bookMoney(desks, confirmationOf(batch))).kind;
      }),
    );
    expect(tally(answers)).toEqual({ credited: 1, suspense: 49 });
  });

  test("pay overlapping batches and single notices: each house is credited by one of them", async () => {
    const houses = await buildHouses(city, await buildBuilding(city), 12);
    const batches: { no: TestBatch["no"]; amountFen: TestBatch["amountFen"] }[] = [];
    for (let at = 0; at < 12; at += 1) {
      // In turning order: whoever locked houses as they are listed would wait in a circle.
      const turned = [...houses.slice(at), ...houses.slice(0, at)].slice(0, 5);
      batches.push(await buildBatch(city, at % 2 === 0 ? turned : turned.toReversed()));
    }
    for (const house of houses) batches.push(await buildNotice(city, house));
    const answers = await storm(
      batches.map((batch) => async () => (await bookMoney(desks, confirmationOf(batch))).kind),
    );
    expect(answers.filter((kind) => kind !== "credited" && kind !== "suspense")).toEqual([]);
    const { rows } = await sql<{ paid: number; most: number }>`
      select count(*)::int as paid, max(n)::int as most from (
        select p.house_id, count(*) as n from payment_notice_part p join payment_notice n on n.no = p.notice_no
          where n.state = 'paid' and p.estate_id = ${houses[0]?.estateId} group by p.house_id) x`.execute(
      city.db,
    );
    expect(rows[0]).toEqual({ paid: 12, most: 1 });
  });

  test("lose their connections in the middle: asked again, each batch is credited once and whole", async () => {
    for (let round = 0; round < 10; round += 1) {
      const batch = await openBatch(city);
      const message = confirmationOf(batch);
      const dying = openDatabase(database.applicationConnection, { role: "fund_app", max: 1 });
      const confirming = bookMoney(dying, message).then(
        ({ kind }) => kind,
        () => "lost",
      );
      await new Promise((resolve) => setTimeout(resolve, round));
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like '%confirm_payment_notice%' and pid <> pg_backend_pid()`.execute(
        city.owner,
      );
      const first = await confirming;
      await dying.close();
      const { kind } = await bookMoney(desks, message);
      expect(first === "credited" ? ["repeat"] : ["credited", "repeat"]).toContain(kind);
      for (const house of batch.houses) {
        const { firstPaidFen } = await getHouseBalance(city.db, house);
        expect(firstPaidFen).toBe(house.dueFen);
      }
    }
  });

  test("pay, cancel and reverse at the same moment: the books hold, whoever comes first", async () => {
    for (let round = 0; round < 5; round += 1) {
      const batch = await openBatch(city);
      await storm([
        async () => (await bookMoney(desks, confirmationOf(batch))).kind,
        async () => takeBack(desks, batch.no),
        async () => {
          try {
            return await desks.db
              .transaction()
              .execute((tx) => cancelPaymentNotice(tx, batch.no, NOW));
          } catch (error) {
            return (error as { code?: string }).code ?? "";
          }
        },
      ]);
    }
  });
});
