import { sql } from "kysely";
import { describe, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import { postJournal, reverseJournal } from "#src/ledger/post-journal.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { buildHouse, type TestCity, TODAY } from "../support/builders.ts";
import { proveGuard } from "../support/guard-control.ts";
import { buildDeposit, buildUse } from "../support/payment-builders.ts";
import { buildVoucher } from "../support/refund-builders.ts";

/** A journal written past the posting function, as only an owner of the tables could. */
async function writeJournal(
  tx: Db | Tx,
  head: { kind?: string; depositKind?: string | null; reverses?: bigint | null } = {},
): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    insert into journal (kind, book_date, value_date, idempotency_key, actor, deposit_kind, reverses)
      values (${head.kind ?? "opening"}, ${TODAY}, ${TODAY}, gen_random_uuid()::text, 'test',
        ${head.depositKind ?? null}, ${head.reverses?.toString() ?? null}) returning id`.execute(
    tx,
  );
  return (rows[0] as { id: bigint }).id;
}

/** Entries of bank and suspense, which touch no house. */
async function writeEntries(
  tx: Db | Tx,
  city: TestCity,
  journalId: bigint,
  amounts: readonly (string | number)[],
): Promise<void> {
  const values = amounts.map(
    (amount, at) =>
      `(${journalId}, ${at + 1}, '${at === 0 ? "1001" : "2901"}', ${city.custodyAccountId}, ${amount})`,
  );
  await sql
    .raw(
      `insert into entry (journal_id, n, account_code, custody_account_id, amount_fen) values ${values}`,
    )
    .execute(tx);
}

const nothing = async () => {};

describe("L1: a journal has two entries or more that sum to zero", () => {
  test("an unbalanced journal does not commit, whoever writes it", () =>
    proveGuard({
      drop: "drop trigger entry_balanced on entry",
      prepare: nothing,
      act: (city) =>
        city.owner.transaction().execute(async (tx) => {
          await writeEntries(tx, city, await writeJournal(tx), [500, -499]);
        }),
      refusedWith: "WX003",
      named: /L1 every journal .*sum 1/,
    }));

  test("a journal of one entry does not commit", () =>
    proveGuard({
      drop: "drop trigger entry_balanced on entry",
      prepare: nothing,
      act: (city) =>
        city.owner.transaction().execute(async (tx) => {
          await writeEntries(tx, city, await writeJournal(tx), [500]);
        }),
      refusedWith: "WX002",
      named: /L1 every journal .*1 entries/,
    }));

  test("a journal without any entry does not commit", () =>
    proveGuard({
      drop: "drop trigger journal_not_empty on journal",
      prepare: nothing,
      act: (city) => writeJournal(city.owner),
      refusedWith: "WX002",
      named: /L1 every journal .*0 entries/,
    }));

  test("an entry added later to a journal of another day unbalances it and does not commit", () =>
    proveGuard({
      drop: "drop trigger entry_balanced on entry",
      prepare: async (city) => buildDeposit(city, await buildHouse(city), { amountFen: fen(100) }),
      act: (city, { journalId }) =>
        sql`insert into entry (journal_id, n, account_code, custody_account_id, amount_fen)
          values (${journalId.toString()}, 3, '2901', ${city.custodyAccountId}, -1)`.execute(
          city.owner,
        ),
      refusedWith: "WX003",
      named: /L1 every journal .*3 entries/,
    }));

  test("an entry cannot hide in front of the last one", () =>
    proveGuard({
      drop: "drop trigger entry_balanced on entry",
      prepare: nothing,
      act: (city) =>
        city.owner.transaction().execute(async (tx) => {
          const id = await writeJournal(tx);
          await sql`insert into entry (journal_id, n, account_code, custody_account_id, amount_fen)
            values (${id.toString()}, 1, '1001', ${city.custodyAccountId}, 7),
              (${id.toString()}, 3, '2901', ${city.custodyAccountId}, -7)`.execute(tx);
        }),
      refusedWith: "WX002",
      named: /L1 every journal .*2 entries, sum 0/,
    }));

  test("an entry of nothing is no entry", () =>
    proveGuard({
      drop: "alter table entry drop constraint entry_amount_fen_check",
      prepare: nothing,
      act: (city) =>
        city.owner.transaction().execute(async (tx) => {
          await writeEntries(tx, city, await writeJournal(tx), [500, -500, 0]);
        }),
      refusedWith: "23514",
      named: /L13 .* 0$/m,
    }));
});

describe("L2: a house's kept balance is the sum of its entries", () => {
  test("the application cannot write a balance", () =>
    proveGuard({
      drop: "grant update on house_balance to fund_app",
      prepare: async (city) => buildDeposit(city, await buildHouse(city), { amountFen: fen(100) }),
      act: (city) =>
        city.db.updateTable("house_balance").set({ principal_fen: 1_000_000n }).execute(),
      refusedWith: "42501",
      named: /L2 .*kept 1000000\/0\/100, entries say 100\/0\/100/,
    }));

  test("a house's line in the ledger must be a house's, a bank's line a bank's", () =>
    proveGuard({
      drop: "alter table entry drop constraint entry_of_house_account, drop constraint entry_of_custody_account",
      prepare: buildHouse,
      act: (city, house) =>
        city.owner.transaction().execute(async (tx) => {
          const id = (await writeJournal(tx)).toString();
          await sql`insert into entry (journal_id, n, account_code, custody_account_id, estate_id, house_id, amount_fen)
            values (${id}, 1, '1001', ${city.custodyAccountId}, null, null, 7),
              (${id}, 2, '2901', null, ${house.estateId}, ${house.houseId.toString()}, -7)`.execute(
            tx,
          );
        }),
      refusedWith: "23514",
      named: /L2 every entry names .*entry 2 on 2901/,
    }));
});

describe("L4: no house falls below zero", () => {
  test("a repair cannot spend more than the house holds", () =>
    proveGuard({
      drop: "alter table house_balance drop constraint house_balance_principal_fen_check, drop constraint reserved_within_balance, drop constraint reserved_within_parts",
      prepare: async (city) => {
        const house = await buildHouse(city);
        await buildDeposit(city, house, { amountFen: fen(100) });
        await buildDeposit(city, await buildHouse(city), { amountFen: fen(100) });
        return house;
      },
      act: (city, house) => buildUse(city, house, fen(101)),
      refusedWith: "23514",
      named: /L4 .*-1\/0\/0/,
    }));

  test("interest that was never shared cannot be taken back", () =>
    proveGuard({
      drop: "alter table house_balance drop constraint house_balance_interest_fen_check, drop constraint reserved_within_parts",
      prepare: async (city) => {
        const house = await buildHouse(city);
        await buildDeposit(city, house, { amountFen: fen(100) });
        return house;
      },
      act: (city, house) =>
        city.owner.transaction().execute((tx) =>
          postJournal(tx, {
            kind: "interest",
            bookDate: TODAY,
            valueDate: TODAY,
            idempotencyKey: "interest-taken",
            actor: "test",
            entries: [
              { account: "3001.02", house, amountFen: fen(1) },
              { account: "3101", custodyAccountId: city.custodyAccountId, amountFen: fen(-1) },
            ],
          }),
        ),
      refusedWith: "23514",
      named: /L4 .*100\/-1\/0/,
    }));

  const unguarded =
    "alter table house_balance drop constraint reserved_within_balance, drop constraint reserved_within_parts";

  test("nothing is reserved beyond the balance", () =>
    proveGuard({
      drop: `${unguarded}; drop trigger house_reserve_has_its_voucher on house_balance`,
      prepare: async (city) => buildDeposit(city, await buildHouse(city), { amountFen: fen(100) }),
      act: (city) =>
        city.owner
          .updateTable("house_balance")
          .set({ reserved_fen: 101n, reserved_principal_fen: 101n })
          .execute(),
      refusedWith: "23514",
      named: /L4 .*100\/0\/101/,
    }));

  const heldHouse = async (city: TestCity) => {
    const house = await buildHouse(city);
    await buildDeposit(city, house, { amountFen: fen(100) });
    await buildVoucher(city, house, { principalFen: fen(60) });
    return house;
  };

  test("what is reserved cannot be spent", () =>
    proveGuard({
      drop: unguarded,
      prepare: heldHouse,
      act: (city, house) => buildUse(city, house, fen(41)),
      refusedWith: "23514",
      named: /L4 .*59\/0\/60/,
    }));

  test("reserved principal cannot be spent, although interest would make up for it", () =>
    proveGuard({
      drop: "alter table house_balance drop constraint reserved_within_parts",
      prepare: async (city) => {
        const house = await heldHouse(city);
        await city.owner.transaction().execute((tx) =>
          postJournal(tx, {
            kind: "interest",
            bookDate: TODAY,
            valueDate: TODAY,
            idempotencyKey: "interest-shared",
            actor: "test",
            entries: [
              { account: "1001", custodyAccountId: city.custodyAccountId, amountFen: fen(50) },
              { account: "3001.02", house, amountFen: fen(-50) },
            ],
          }),
        );
        return house;
      },
      act: (city, house) => buildUse(city, house, fen(41)),
      refusedWith: "23514",
      named: /L4 .*59\/50\/60/,
    }));

  test("nothing is reserved without a voucher", () =>
    proveGuard({
      drop: "drop trigger house_reserve_has_its_voucher on house_balance",
      prepare: async (city) => buildDeposit(city, await buildHouse(city), { amountFen: fen(100) }),
      act: (city) =>
        city.owner
          .updateTable("house_balance")
          .set({ reserved_fen: 5n, reserved_principal_fen: 5n })
          .execute(),
      refusedWith: "WX024",
      named: /L4 what a house has reserved .*reserved 5 of it principal 5, vouchers take 0/,
    }));
});

describe("L9: a reversal negates its original exactly, once, and is not reversed", () => {
  const twoDeposits = async (city: TestCity) => {
    const house = await buildHouse(city);
    await buildDeposit(city, house, { amountFen: fen(1000) });
    return { house, ...(await buildDeposit(city, house, { amountFen: fen(100) })) };
  };
  const contra = (
    city: TestCity,
    ground: { house: { estateId: number; houseId: bigint }; journalId: bigint },
    amount = 100n,
  ) =>
    sql`select * from post_journal('reversal', ${TODAY}, ${TODAY}, gen_random_uuid()::text, 'test', '00',
      null, ${ground.journalId.toString()}::bigint, '{}', array['1001', '3001.01'],
      array[${city.custodyAccountId}, null]::int[], array[null, ${ground.house.estateId}]::int[],
      array[null, ${ground.house.houseId.toString()}]::bigint[],
      array[${(-amount).toString()}, ${amount.toString()}]::bigint[], array[null, null]::jsonb[])`.execute(
      city.owner,
    );
  const withoutComparison =
    "create or replace function check_reversal(p_contra journal) returns void language sql as 'select'";

  test("a journal is reversed once", () =>
    proveGuard({
      drop: "alter table journal drop constraint journal_reverses_key",
      prepare: async (city) => {
        const ground = await twoDeposits(city);
        await contra(city, ground);
        return ground;
      },
      act: contra,
      refusedWith: "23505",
      named: /L9 .*does not negate/,
    }));

  test("a reversal of another amount does not commit", () =>
    proveGuard({
      drop: withoutComparison,
      prepare: twoDeposits,
      act: (city, ground) => contra(city, ground, 99n),
      refusedWith: "WX005",
      named: /L9 .*does not negate/,
    }));

  test("a reversal at another house does not commit", () =>
    proveGuard({
      drop: withoutComparison,
      prepare: async (city) => {
        const { journalId } = await twoDeposits(city);
        const { house } = await twoDeposits(city);
        return { house, journalId };
      },
      act: contra,
      refusedWith: "WX005",
      named: /L9 .*does not negate/,
    }));

  test("a reversal that forgets the kind of deposit would leave 已交 too high and does not commit", () =>
    proveGuard({
      drop: withoutComparison,
      prepare: twoDeposits,
      act: (city, { house, journalId }) =>
        sql`select * from post_journal('reversal', ${TODAY}, ${TODAY}, 'without-kind', 'test', null, null,
          ${journalId.toString()}::bigint, '{}', array['1001', '3001.01'],
          array[${city.custodyAccountId}, null]::int[], array[null, ${house.estateId}]::int[],
          array[null, ${house.houseId.toString()}]::bigint[], array[-100, 100]::bigint[],
          array[null, null]::jsonb[])`.execute(city.owner),
      refusedWith: "WX005",
      named: /L9 .*does not negate/,
    }));

  test("a reversal is not reversed", () =>
    proveGuard({
      drop: withoutComparison,
      prepare: async (city) => {
        const { house, journalId } = await twoDeposits(city);
        const first = await city.owner
          .transaction()
          .execute((tx) => reverseJournal(tx, { journalId, bookDate: TODAY, actor: "test" }));
        return { house, journalId: first.journalId };
      },
      act: (city, ground) => contra(city, ground, -100n),
      refusedWith: "WX004",
      named: /L9 .*does not negate/,
    }));

  test("a reversal names what it reverses", () =>
    proveGuard({
      drop: "alter table journal drop constraint journal_reversal_names_original",
      prepare: nothing,
      act: (city) =>
        city.owner.transaction().execute(async (tx) => {
          await writeEntries(tx, city, await writeJournal(tx, { kind: "reversal" }), [5, -5]);
        }),
      refusedWith: "23514",
      named: /L9 .*reverses nothing/,
    }));
});

describe("L13: money is whole fen within ±9e14", () => {
  const NINE_E14 = 900_000_000_000_000n;

  test("one fen beyond the range is refused", () =>
    proveGuard({
      drop: "alter domain fen drop constraint fen_check",
      prepare: buildHouse,
      act: (city, house) => overTheTop(city, house),
      refusedWith: "23514",
      named: new RegExp(`L13 .*${NINE_E14 + 1n}`),
    }));

  async function overTheTop(city: TestCity, house: { estateId: number; houseId: bigint }) {
    const amount = NINE_E14 + 1n;
    await sql`select * from post_journal('opening', ${TODAY}, ${TODAY}, 'over-the-top', 'test', null, null,
      null, '{}', array['1001', '3001.01'], array[${city.custodyAccountId}, null]::int[],
      array[null, ${house.estateId}]::int[], array[null, ${house.houseId.toString()}]::bigint[],
      array[${amount.toString()}, ${(-amount).toString()}]::bigint[], array[null, null]::jsonb[])`.execute(
      city.owner,
    );
  }
});
