import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import { reverseJournal } from "#src/ledger/post-journal.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { BANK, buildCity, type TestCity, TODAY } from "../support/builders.ts";
import { listOffenders, proveGuard, refusalOf } from "../support/guard-control.ts";
import { inParallel, tally } from "../support/in-parallel.ts";
import { buildNotice, buildPaidHouse, buildUse } from "../support/payment-builders.ts";
import {
  approve,
  buildRefund,
  buildVoucher,
  disbursementOf,
  insertClaim,
  payOut,
  readVoucher,
  review,
  step,
  type TestVoucher,
} from "../support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

const openVoucher = async (city: TestCity) =>
  buildVoucher(city, (await buildPaidHouse(city)).house);

const paidVoucher = async (city: TestCity) => {
  const voucher = await openVoucher(city);
  const outcome = await payOut(city, disbursementOf(voucher));
  if (outcome.kind !== "paid") throw new Error(`not paid: ${outcome.kind}`);
  return { ...voucher, journalId: outcome.journalId };
};

/** A refund journal through the posting function, past what the paying function asks. */
async function post(
  tx: Db | Tx,
  city: TestCity,
  voucher: Pick<TestVoucher, "house">,
  amountFen: bigint,
) {
  const { rows } = await sql<{ journal_id: bigint }>`
    select journal_id from post_journal('refund', ${TODAY}, ${TODAY}, gen_random_uuid()::text, 'test', '00', null,
      null, '{}', array['3001.01', '1001'], array[null, ${city.custodyAccountId}]::int[],
      array[${voucher.house.estateId}, null]::int[], array[${voucher.house.houseId.toString()}, null]::bigint[],
      array[${amountFen.toString()}, ${(-amountFen).toString()}]::bigint[], array[null, null]::jsonb[])`.execute(
    tx,
  );
  return (rows[0] as { journal_id: bigint }).journal_id;
}

async function writeDisbursement(
  tx: Db | Tx,
  voucher: TestVoucher,
  money: { journalId: bigint; amountFen?: bigint; bankRef?: string },
) {
  await tx
    .insertInto("bank_disbursement")
    .values({
      bank_code: BANK.code,
      bank_ref: money.bankRef ?? `HAND-${money.journalId}`,
      body_hash: Buffer.alloc(32),
      voucher_no: voucher.no,
      amount_fen: money.amountFen ?? voucher.amountFen,
      value_date: TODAY,
      teller: "test",
      journal_id: money.journalId,
    })
    .execute();
}

const setState = (tx: Db | Tx, no: string, state: "paid" | "expired" | "issued") =>
  tx.updateTable("disbursement_voucher").set({ state }).where("no", "=", no).execute();

const free = (tx: Db | Tx, voucher: TestVoucher) =>
  tx
    .updateTable("house_balance")
    .set({ reserved_fen: 0n, reserved_principal_fen: 0n })
    .where("estate_id", "=", voucher.house.estateId)
    .execute();

/** Everything that a payment does, by an owner of the tables. */
const payByHand = (city: TestCity, voucher: TestVoucher, journalFen: bigint, bankRef?: string) =>
  city.owner.transaction().execute(async (tx) => {
    await free(tx, voucher);
    await setState(tx, voucher.no, "paid");
    const journalId = await post(tx, city, voucher, journalFen);
    await writeDisbursement(tx, voucher, {
      journalId,
      ...(bankRef === undefined ? {} : { bankRef }),
    });
    await step(tx, voucher.applicationId, "paid", { actorRole: "bank", actor: "test" });
  });

describe("C4: a house has one open refund", () => {
  test("a second refund is refused while the first is open", () =>
    proveGuard({
      drop: "drop index owner_refund_open_once",
      prepare: async (city) => {
        const { house } = await buildPaidHouse(city);
        await buildRefund(city, house);
        return house;
      },
      act: (city, house) => buildRefund(city, house),
      refusedWith: "23505",
      named: /C4 .*2 open refunds/,
    }));

  test("a refund's record follows its application", () =>
    proveGuard({
      drop: "drop trigger owner_refund_follows on application; drop trigger application_has_its_voucher on application",
      prepare: async (city) => buildRefund(city, (await buildPaidHouse(city)).house),
      act: async (city, refund) => {
        await city.db.transaction().execute((tx) =>
          step(tx, refund.applicationId, "cancelled", {
            actorRole: "applicant",
            actor: "visitor",
          }),
        );
        const { rows } = await sql<{ is_open: boolean }>`
          select is_open from owner_refund`.execute(city.db);
        if (rows[0]?.is_open === false) throw Object.assign(new Error(), { code: "followed" });
      },
      refusedWith: "followed",
      named: /C4 .*is "cancelled", its record says open/,
    }));

  test("a refund without its record does not commit", () =>
    proveGuard({
      drop: "drop trigger application_has_its_voucher on application",
      prepare: async (city) => buildPaidHouse(city),
      act: (city, { house }) =>
        city.owner.transaction().execute(async (tx) => {
          const { rows } = await sql<{ id: bigint }>`
            insert into application (number, kind, estate_id, house_id, submission_key, browser_hash, created_at)
              values ('310000000000000000', 'owner-refund', ${house.estateId}, ${house.houseId.toString()},
                gen_random_uuid(), '\\x00', now()) returning id`.execute(tx);
          await sql`insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at)
            values (${rows[0]?.id.toString()}, 1, 'owner-refund', '', 'submitted', 'applicant', 'test', now())`.execute(
            tx,
          );
        }),
      refusedWith: "WX022",
      named: /C4 .*is "submitted", its record says nothing/,
    }));
});

describe("C2: application, claim and voucher tell one story", () => {
  test("nobody is approved without a voucher", () =>
    proveGuard({
      drop: "drop trigger application_has_its_voucher on application",
      prepare: async (city) => {
        const refund = await buildRefund(city, (await buildPaidHouse(city)).house);
        await review(city, refund);
        return refund;
      },
      act: (city, refund) =>
        city.db.transaction().execute((tx) =>
          step(tx, refund.applicationId, "voucher-issued", {
            actorRole: "approver",
            actor: "staff:approver-demo",
          }),
        ),
      refusedWith: "WX023",
      named: /C2 a refund and its vouchers .*says "voucher-issued", open vouchers 0/,
    }));

  test("no voucher is issued behind the application's back", () =>
    proveGuard({
      drop: "drop trigger disbursement_voucher_has_its_application on disbursement_voucher",
      prepare: async (city) => buildRefund(city, (await buildPaidHouse(city)).house),
      act: (city, refund) =>
        sql`select issue_disbursement_voucher('710000000000000000', ${refund.applicationId.toString()}::bigint, 10000, 0,
          10000, '00', 'none', null, '{}', '\\x00', '\\x00', 'x', now(), ${TODAY})`.execute(
          city.db,
        ),
      refusedWith: "WX023",
      named: /C2 a refund and its vouchers .*says "submitted", open vouchers 1/,
    }));

  test("a voucher is for the amount that was claimed", () =>
    proveGuard({
      drop: "drop trigger disbursement_voucher_claimed on disbursement_voucher",
      prepare: async (city) => {
        const refund = await buildRefund(city, (await buildPaidHouse(city)).house);
        await review(city, refund);
        return refund;
      },
      act: (city, refund) =>
        approve(city, { ...refund, split: { ...refund.split, principalFen: fen(10_001) } }),
      refusedWith: "WX021",
      named: /C2 a voucher is for what its application claimed/,
    }));

  test("a claim is not changed behind the reviewer's back", () =>
    proveGuard({
      drop: "drop trigger owner_refund_claim_in_turn on owner_refund_claim",
      prepare: async (city) => {
        const refund = await buildRefund(city, (await buildPaidHouse(city)).house);
        await review(city, refund);
        return refund;
      },
      act: (city, { applicationId, split }) =>
        insertClaim(city.db, city, { applicationId, round: 2, split }),
      refusedWith: "WX020",
      named: /L8 .*owner_refund_claim trigger owner_refund_claim_in_turn is missing/,
    }));
});

describe("L4: what is reserved is what open vouchers take", () => {
  test("a voucher that ends gives its reserve free", () =>
    proveGuard({
      drop: "drop trigger disbursement_voucher_reserves on disbursement_voucher",
      prepare: openVoucher,
      act: (city, voucher) =>
        city.owner.transaction().execute(async (tx) => {
          await setState(tx, voucher.no, "expired");
          await step(tx, voucher.applicationId, "voucher-expired", {
            actorRole: "system",
            actor: "system",
          });
        }),
      refusedWith: "WX024",
      named: /L4 what a house has reserved .*reserved 10000 .*vouchers take 0/,
    }));

  test("a reserve is not given free while its voucher is out", () =>
    proveGuard({
      drop: "drop trigger house_reserve_has_its_voucher on house_balance",
      prepare: openVoucher,
      act: (city, voucher) => free(city.owner, voucher),
      refusedWith: "WX024",
      named: /L4 what a house has reserved .*reserved 0 .*vouchers take 10000/,
    }));
});

describe("L5: a voucher is paid once, and only by a bank's word", () => {
  test("nobody says paid where no bank did", () =>
    proveGuard({
      drop: "drop trigger disbursement_voucher_paid_by_bank on disbursement_voucher",
      prepare: openVoucher,
      act: (city, voucher) =>
        city.owner.transaction().execute(async (tx) => {
          await free(tx, voucher);
          await setState(tx, voucher.no, "paid");
          await step(tx, voucher.applicationId, "paid", { actorRole: "bank", actor: "test" });
        }),
      refusedWith: "WX027",
      named: /L5 a voucher says paid .*says "paid", disbursements 0/,
    }));

  test("a paid voucher is not opened again", () =>
    proveGuard({
      drop: "drop trigger disbursement_voucher_guarded on disbursement_voucher; drop trigger disbursement_voucher_reserves on disbursement_voucher; drop trigger disbursement_voucher_has_its_application on disbursement_voucher",
      prepare: paidVoucher,
      act: (city, voucher) => setState(city.owner, voucher.no, "issued"),
      refusedWith: "WX007",
      named: /L5 a voucher says paid .*says "issued", disbursements 1/,
    }));

  test("a second payment of a voucher is refused", () =>
    proveGuard({
      drop: "alter table bank_disbursement drop constraint bank_disbursement_voucher_no_key",
      prepare: paidVoucher,
      act: (city, voucher) =>
        city.owner.transaction().execute(async (tx) => {
          const journalId = await post(tx, city, voucher, voucher.amountFen);
          await writeDisbursement(tx, voucher, { journalId });
        }),
      refusedWith: "23505",
      named: /L5 a voucher says paid .*says "paid", disbursements 2/,
    }));
});

describe("L6: a reference is used once, whichever way the money goes", () => {
  test("a reference that brought money in takes none out", () =>
    proveGuard({
      drop: "drop trigger bank_disbursement_reference_once on bank_disbursement",
      prepare: async (city) => {
        const { house, message } = await buildPaidHouse(city);
        return { ...(await buildVoucher(city, house)), bankRef: message.bankRef };
      },
      act: (city, voucher) => payByHand(city, voucher, voucher.amountFen, voucher.bankRef),
      refusedWith: "WX025",
      named: /L6 a bank reference is used once, whichever/,
    }));

  test("a reference that took money out brings none in", () =>
    proveGuard({
      drop: "drop trigger bank_receipt_reference_once on bank_receipt",
      prepare: async (city) => {
        const { house } = await buildPaidHouse(city);
        const message = disbursementOf(await buildVoucher(city, house));
        await payOut(city, message);
        const notice = await buildNotice(city, house, { depositKind: "02", amountFen: fen(5) });
        return { ...notice, bankRef: message.bankRef };
      },
      act: (city, notice) =>
        sql`select * from confirm_payment_notice(${notice.no}, ${BANK.code}, ${notice.bankRef}, '\\x00',
          ${notice.amountFen.toString()}::bigint, ${TODAY}, ${TODAY}, now(), 'test', '{}')`.execute(
          city.db,
        ),
      refusedWith: "WX025",
      named: /L6 a bank reference is used once, whichever/,
    }));
});

describe("L7: what is paid out is what the voucher says", () => {
  for (const difference of [1n, -1n]) {
    test(`${difference} fen beside the voucher's amount does not commit`, () =>
      proveGuard({
        drop: "drop trigger bank_disbursement_matches_voucher on bank_disbursement",
        prepare: openVoucher,
        act: (city, voucher) => payByHand(city, voucher, voucher.amountFen + difference),
        refusedWith: "WX026",
        named: new RegExp(
          `L7 what was paid out .*voucher 10000/0 .*journals ${10_000n + difference}/0`,
        ),
      }));
  }

  test("a bank's word for another amount is refused", () =>
    proveGuard({
      drop: "alter table bank_disbursement drop constraint bank_disbursement_voucher_no_amount_fen_fkey",
      prepare: openVoucher,
      act: (city, voucher) =>
        city.owner.transaction().execute(async (tx) => {
          await free(tx, voucher);
          await setState(tx, voucher.no, "paid");
          const journalId = await post(tx, city, voucher, voucher.amountFen);
          await writeDisbursement(tx, voucher, { journalId, amountFen: 9_999n });
          await step(tx, voucher.applicationId, "paid", { actorRole: "bank", actor: "test" });
        }),
      refusedWith: "23503",
      named: /L7 what was paid out/,
    }));

  test("a refund without a bank's word does not commit", () =>
    proveGuard({
      drop: "drop trigger journal_of_refund_has_disbursement on journal",
      prepare: buildPaidHouse,
      act: (city, { house }) => post(city.owner, city, { house }, 5n),
      refusedWith: "WX028",
      named: /L7 every refund in the ledger .*refund without a disbursement/,
    }));

  test("a refund that was paid is not taken back", () =>
    proveGuard({
      drop: "drop trigger journal_of_refund_has_disbursement on journal",
      prepare: paidVoucher,
      act: (city, { journalId }) =>
        city.owner
          .transaction()
          .execute((tx) => reverseJournal(tx, { journalId, bookDate: TODAY, actor: "test" })),
      refusedWith: "WX028",
      named: /L7 every refund in the ledger .*reverses refund/,
    }));
});

describe("what the application may do to refunds", () => {
  let database: TestDatabase;
  let city: TestCity;
  beforeAll(async () => {
    database = await testDatabase();
    city = await buildCity(database);
    await paidVoucher(city);
    await openVoucher(city);
  });
  afterAll(() => database.drop());
  const attempt = (db: Db, statement: string) => refusalOf(sql.raw(statement).execute(db));

  test("it changes no voucher but its prints, no disbursement, no claim, no reserve", async () => {
    for (const statement of [
      "update disbursement_voucher set state = 'paid'",
      "update disbursement_voucher set locked_by = 'x'",
      "update disbursement_voucher set amount_fen = 1",
      "insert into disbursement_voucher select * from disbursement_voucher",
      "insert into bank_disbursement (bank_code) values ('SLYH')",
      "update bank_disbursement set amount_fen = 1",
      "update owner_refund set is_open = false",
      "update owner_refund_claim set principal_fen = 1",
      "delete from former_house_owner",
      "update house_balance set reserved_fen = 0",
      "select release_reserve(v) from disbursement_voucher v",
      "select end_disbursement_voucher(v, 'expired', null) from disbursement_voucher v",
      "select record_house_effect(v, now()) from disbursement_voucher v",
      "select post_refund(v, '', 1, 0, null, now()::date, now()::date, 'x', '{}') from disbursement_voucher v",
      "select hold_disbursement_voucher(no) from disbursement_voucher",
    ]) {
      expect(await attempt(city.db, statement), statement).toBe("42501");
    }
    expect(
      await attempt(city.db, "update disbursement_voucher set print_count = print_count + 1"),
    ).toBe("accepted");
  });

  test("amount, payee, code and day of a voucher are fixed, even for the owner of the tables", async () => {
    for (const set of [
      "principal_fen = principal_fen + 1, amount_fen = amount_fen + 1",
      "payee_account_cipher = '\\x01'",
      "code_hash = '\\x01'",
      "expires_on = expires_on + 1",
      "house_effect = 'closed'",
    ]) {
      const statement = `update disbursement_voucher set ${set} where state = 'issued'`;
      expect(await attempt(city.owner, statement), set).toBe("WX006");
    }
    for (const table of ["disbursement_voucher", "bank_disbursement", "owner_refund_claim"]) {
      expect(await attempt(city.owner, `delete from ${table}`), table).toBe("WX001");
      expect(await attempt(city.owner, `truncate ${table} cascade`), table).toBe("WX001");
    }
    expect(await listOffenders(city.db)).toEqual([]);
  });
});

describe("storms", () => {
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
  const fifty = <Answer>(task: (at: number) => Promise<Answer>) =>
    inParallel(
      10,
      Array.from({ length: 50 }, (_, at) => () => task(at)),
    );

  test("fifty clients refund one balance: one refund is open", async () => {
    const { house, notice } = await buildPaidHouse(city);
    const answers = await fifty(() =>
      refusalOf(buildRefund(city, house, { principalFen: notice.amountFen })),
    );
    expect(tally(answers)).toEqual({ accepted: 1, "23505": 49 });
  });

  test("fifty approvals of one refund: one voucher, one reserve", async () => {
    const { house, notice } = await buildPaidHouse(city);
    const refund = await buildRefund(city, house, { principalFen: notice.amountFen });
    await review(city, refund);
    const answers = await fifty(async () => {
      try {
        return (await approve(city, refund)).outcome;
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    });
    const { issued, ...refused } = tally(answers);
    expect(issued).toBe(1);
    expect(
      Object.keys(refused).every((one) => ["open-voucher", "balance-short"].includes(one)),
    ).toBe(true);
  });

  test("fifty payments of one voucher, and a repair of the same money: one payment, nothing below zero", async () => {
    const { house, notice } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house, { principalFen: notice.amountFen });
    const answers = await fifty(async (at) => {
      if (at % 5 === 4) return await refusalOf(buildUse(city, house, fen(1)));
      return (await payOut(city, disbursementOf(voucher))).kind;
    });
    expect(tally(answers)).toEqual({ paid: 1, "already-paid": 39, "23514": 10 });
  });

  test("one message fifty times: paid once, and every answer names its journal", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    const message = disbursementOf(await readVoucher(city, voucher.no));
    const outcomes = await fifty(() => payOut(city, message));
    expect(tally(outcomes.map(({ kind }) => kind))).toEqual({ paid: 1, repeat: 49 });
    expect(new Set(outcomes.map((one) => "journalId" in one && one.journalId)).size).toBe(1);
  });
});
