import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import { reverseJournal } from "#src/ledger/post-journal.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { BANK, buildCity, buildHouse, type TestCity, TODAY } from "../support/builders.ts";
import { proveGuard, refusalOf } from "../support/guard-control.ts";
import { buildNotice, buildPaidHouse, type TestNotice } from "../support/payment-builders.ts";
import { testDatabase } from "../support/test-database.ts";

interface Money {
  kind: "deposit" | "suspense";
  no: string;
  amountFen: bigint;
  house: HouseKey;
}

/** A journal through the posting function, but past what the bank's function asks. */
async function post(tx: Db | Tx, city: TestCity, money: Money): Promise<bigint> {
  const isDeposit = money.kind === "deposit";
  const { rows } = await sql<{ journal_id: bigint }>`
    select journal_id from post_journal(${money.kind}, ${TODAY}, ${TODAY}, gen_random_uuid()::text, 'test',
      ${isDeposit ? "00" : null}, ${money.no}, null, '{}', array['1001', ${isDeposit ? "3001.01" : "2901"}],
      array[${city.custodyAccountId}, ${isDeposit ? null : city.custodyAccountId}]::int[],
      array[null, ${isDeposit ? money.house.estateId : null}]::int[],
      array[null, ${isDeposit ? money.house.houseId.toString() : null}]::bigint[],
      array[${money.amountFen.toString()}, ${(-money.amountFen).toString()}]::bigint[],
      array[null, null]::jsonb[])`.execute(tx);
  return (rows[0] as { journal_id: bigint }).journal_id;
}

async function writeReceipt(
  tx: Db | Tx,
  receipt: {
    no: string;
    amountFen: bigint;
    journalId: bigint;
    bankRef?: string;
    isSuspense?: boolean;
  },
): Promise<void> {
  await tx
    .insertInto("bank_receipt")
    .values({
      bank_code: BANK.code,
      bank_ref: receipt.bankRef ?? `HAND-${receipt.journalId}`,
      body_hash: Buffer.alloc(32),
      notice_no: receipt.no,
      amount_fen: receipt.amountFen,
      value_date: TODAY,
      teller: "test",
      outcome: receipt.isSuspense ? "suspense" : "credited",
      suspense_reason: receipt.isSuspense ? "cancelled" : null,
      journal_id: receipt.journalId,
    })
    .execute();
}

const setState = (db: Db | Tx, no: string, state: "paid" | "issued" | "reversed") =>
  db.updateTable("payment_notice").set({ state }).where("no", "=", no).execute();

const openNotice = async (city: TestCity) => buildNotice(city, await buildHouse(city));

describe("L5: a payment notice is credited at most once, and paid only by its money", () => {
  test("the application cannot say paid where no money came", () =>
    proveGuard({
      drop: "drop trigger payment_notice_paid_by_journal on payment_notice",
      prepare: openNotice,
      act: (city, { no }) => setState(city.db, no, "paid"),
      refusedWith: "WX011",
      named: /L5 .*paid, deposit journals 0/,
    }));

  test("the application cannot say reversed where the money is still there", () =>
    proveGuard({
      drop: "drop trigger payment_notice_paid_by_journal on payment_notice",
      prepare: buildPaidHouse,
      act: (city, { notice }) => setState(city.db, notice.no, "reversed"),
      refusedWith: "WX011",
      named: /L5 .*reversed, deposit journals 1, reversals 0/,
    }));

  test("a notice cannot be issued as paid", () =>
    proveGuard({
      drop: "drop trigger payment_notice_paid_by_journal on payment_notice",
      prepare: openNotice,
      act: (city, { no }) =>
        sql`insert into payment_notice select '999999999999999999', estate_id, house_id, deposit_kind,
            amount_fen, first_paid_seen_fen, account_code, custody_account_id, bank_code, payer_name_cipher,
            payer_phone_cipher, basis, issued_at, expires_on, 'paid'
          from payment_notice where no = ${no}`.execute(city.owner),
      refusedWith: "WX011",
      named: /L5 .*999999999999999999 paid, deposit journals 0/,
    }));

  test("a paid notice cannot be opened again", () =>
    proveGuard({
      drop: "drop trigger payment_notice_guarded on payment_notice",
      prepare: buildPaidHouse,
      act: (city, { notice }) => setState(city.db, notice.no, "issued"),
      refusedWith: "WX007",
      named: /L5 .*issued, deposit journals 1/,
    }));

  test("a second deposit for a notice is refused", () =>
    proveGuard({
      drop: "drop index journal_notice_credited_once",
      prepare: buildPaidHouse,
      act: (city, { notice, house }) =>
        city.owner.transaction().execute(async (tx) => {
          const money = { no: notice.no, amountFen: notice.amountFen, house };
          const journalId = await post(tx, city, { kind: "deposit", ...money });
          await writeReceipt(tx, { ...money, journalId });
        }),
      refusedWith: "23505",
      named: /L5 .*paid, deposit journals 2/,
    }));

  test("a deposit of a notice cannot be taken back behind the notice's back", () =>
    proveGuard({
      drop: "drop trigger journal_of_notice_has_receipt on journal",
      prepare: buildPaidHouse,
      act: (city, { journalId }) =>
        city.owner
          .transaction()
          .execute((tx) => reverseJournal(tx, { journalId, bookDate: TODAY, actor: "test" })),
      refusedWith: "WX011",
      named: /L5 .*paid, deposit journals 1, reversals 1/,
    }));

  test("money for a notice that does not exist is not posted as its deposit", () =>
    proveGuard({
      drop: "drop trigger journal_of_notice_has_receipt on journal",
      prepare: buildHouse,
      act: (city, house) =>
        post(city.owner, city, { kind: "deposit", no: "999999999999999999", amountFen: 5n, house }),
      refusedWith: "WX011",
      named: /L7 every journal of a notice .*999999999999999999 without a receipt/,
    }));
});

describe("L6: a bank reference confirms once", () => {
  test("a second receipt under one reference is refused", () =>
    proveGuard({
      drop: "alter table bank_receipt drop constraint bank_receipt_bank_code_bank_ref_key",
      prepare: buildPaidHouse,
      act: (city, { notice, house, message }) =>
        city.owner.transaction().execute(async (tx) => {
          const money = { no: notice.no, amountFen: 5n, house };
          const journalId = await post(tx, city, { kind: "suspense", ...money });
          const { bankRef } = message;
          await writeReceipt(tx, { ...money, journalId, bankRef, isSuspense: true });
        }),
      refusedWith: "23505",
      named: /L6 .*SLYH REF-\d+ 2/,
    }));
});

describe("L7: what is credited is the amount of the notice", () => {
  const payByHand = (city: TestCity, notice: TestNotice, journalFen: bigint, receiptFen: bigint) =>
    city.owner.transaction().execute(async (tx) => {
      const { no, house } = notice;
      const journalId = await post(tx, city, { kind: "deposit", no, amountFen: journalFen, house });
      await writeReceipt(tx, { no, amountFen: receiptFen, journalId });
      await setState(tx, no, "paid");
      await sql`insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at)
        select id, 2, kind, state, 'settled', 'bank', 'test', now() from application where notice_no = ${no}`.execute(
        tx,
      );
    });

  for (const difference of [1n, -1n]) {
    test(`${difference} fen beside the notice's amount is not credited`, () =>
      proveGuard({
        // The trigger counts house by house since notices can have many, so it would see the fen as well.
        drop: `alter table bank_receipt drop constraint bank_receipt_credited_notice_no_amount_fen_fkey;
          drop trigger bank_receipt_matches_journal on bank_receipt`,
        prepare: openNotice,
        act: (city, notice) => {
          const amountFen = notice.amountFen + difference;
          return payByHand(city, notice, amountFen, amountFen);
        },
        refusedWith: "23503",
        named: new RegExp(
          `L7 what was credited .*notice 1185120, credited ${1_185_120n + difference}`,
        ),
      }));
  }

  test("a receipt whose journal moved another amount does not commit", () =>
    proveGuard({
      drop: "drop trigger bank_receipt_matches_journal on bank_receipt",
      prepare: openNotice,
      act: (city, notice) => payByHand(city, notice, notice.amountFen - 1n, notice.amountFen),
      refusedWith: "WX013",
      named: /L7 every receipt .*receipt 1185120, journal 1185119/,
    }));

  test("a receipt whose journal credited another house does not commit", () =>
    proveGuard({
      drop: "drop trigger bank_receipt_matches_journal on bank_receipt",
      prepare: async (city) => ({ ...(await openNotice(city)), house: await buildHouse(city) }),
      act: (city, notice) => payByHand(city, notice, notice.amountFen, notice.amountFen),
      refusedWith: "WX013",
      named: /L7 what was credited .*notice 1185120, credited 0/,
    }));

  test("a deposit without the bank's receipt does not commit", () =>
    proveGuard({
      drop: "drop trigger journal_of_notice_has_receipt on journal",
      prepare: openNotice,
      act: (city, { no, amountFen, house }) =>
        city.owner.transaction().execute(async (tx) => {
          await post(tx, city, { kind: "deposit", no, amountFen, house });
          await setState(tx, no, "paid");
        }),
      refusedWith: "WX012",
      named: /L7 every journal of a notice .*without a receipt/,
    }));
});

test("amount, house, bank, day and basis of a notice are fixed, even for the owner of the tables", async () => {
  const database = await testDatabase();
  try {
    const city = await buildCity(database);
    const { no } = await openNotice(city);
    const rewrite = (set: string) =>
      refusalOf(sql.raw(`update payment_notice set ${set} where no = '${no}'`).execute(city.owner));
    for (const set of [
      "amount_fen = amount_fen + 1",
      "house_id = house_id + 1",
      "bank_code = 'SFYH'",
      "expires_on = expires_on + 1",
      "first_paid_seen_fen = 1",
      "deposit_kind = '02'",
      `basis = '{"areaHundredths": 1}'`,
    ]) {
      expect(await rewrite(set), set).toBe("WX006");
    }
    expect(await rewrite("print_count = print_count + 1")).toBe("accepted");
  } finally {
    await database.drop();
  }
});
