import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "#src/kernel/calendar-date.ts";
import { type Fen, fen, negateFen } from "#src/kernel/money.ts";
import { buildCity, buildHouse, type TestCity, TODAY } from "#tests/support/builders.ts";
import { refusalOf } from "#tests/support/guard-control.ts";
import { buildDeposit } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { getHouseBalance, type HouseKey } from "./house-balances.ts";
import { type Journal, postJournal, reverseJournal } from "./post-journal.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

/** The application has no such right: the ledger's door is for the bank's functions and bulk loads. */
const post = (journal: Journal) =>
  city.owner.transaction().execute((tx) => postJournal(tx, journal));
const reverse = (journalId: bigint) =>
  city.owner
    .transaction()
    .execute((tx) => reverseJournal(tx, { journalId, bookDate: TODAY, actor: "test" }));

function deposit(house: HouseKey, overrides: Partial<Journal> & { amountFen?: Fen } = {}): Journal {
  const { amountFen = fen(1_185_120), ...head } = overrides;
  return {
    kind: "deposit",
    bookDate: TODAY,
    valueDate: TODAY,
    idempotencyKey: `key-of-house-${house.houseId}`,
    actor: "test",
    depositKind: "00",
    entries: [
      { account: "1001", custodyAccountId: city.custodyAccountId, amountFen },
      { account: "3001.01", house, amountFen: negateFen(amountFen) },
    ],
    ...head,
  };
}

describe("posting a journal", () => {
  test("writes the entries and what the house holds together", async () => {
    const house = await buildHouse(city);
    const { journalId, isRepeat } = await post(deposit(house));
    expect(isRepeat).toBe(false);
    expect(await getHouseBalance(city.db, house)).toEqual({
      principalFen: 1_185_120n,
      interestFen: 0n,
      reservedFen: 0n,
      firstPaidFen: 1_185_120n,
    });
    const entries = await city.db
      .selectFrom("entry")
      .select(["n", "account_code", "amount_fen"])
      .where("journal_id", "=", journalId)
      .orderBy("n")
      .execute();
    expect(entries).toEqual([
      { n: 1, account_code: "1001", amount_fen: 1_185_120n },
      { n: 2, account_code: "3001.01", amount_fen: -1_185_120n },
    ]);
  });

  for (const [kind, words, counts] of [
    ["00", "a first deposit", true],
    ["01", "a deposit that was called in", true],
    ["04", "what was missing", true],
    ["02", "a top-up", false],
    ["05", "another deposit", false],
  ] as const) {
    test(`${words} ${counts ? "counts" : "does not count"} towards the first deposit`, async () => {
      const house = await buildHouse(city);
      await post(deposit(house, { depositKind: kind, amountFen: fen(100) }));
      const { principalFen, firstPaidFen } = await getHouseBalance(city.db, house);
      expect([principalFen, firstPaidFen]).toEqual([100n, counts ? 100n : 0n]);
    });
  }

  test("is refused at once when the entries do not sum to zero, in the program and in the database", async () => {
    const house = await buildHouse(city);
    const unbalanced = deposit(house);
    await expect(post({ ...unbalanced, entries: unbalanced.entries.slice(0, 1) })).rejects.toThrow(
      "does not sum to zero",
    );
    const call = sql`select post_journal('opening', ${TODAY}, ${TODAY}, 'unbalanced', 'test', null, null, null,
      '{}', array['1001', '2901'], array[${city.custodyAccountId}, ${city.custodyAccountId}]::int[],
      array[null, null]::int[], array[null, null]::bigint[], array[5, -4]::bigint[],
      array[null, null]::jsonb[])`;
    expect(await refusalOf(call.execute(city.owner))).toBe("WX003");
  });

  test("leaves nothing behind when the house would fall below zero", async () => {
    const house = await buildHouse(city);
    await post(deposit(house, { amountFen: fen(100) }));
    const use = deposit(house, {
      kind: "use",
      depositKind: null,
      idempotencyKey: "use-too-much",
      amountFen: fen(-101),
    });
    expect(await refusalOf(post(use))).toBe("23514");
    expect((await getHouseBalance(city.db, house)).principalFen).toBe(100n);
    const journals = await city.db
      .selectFrom("journal")
      .select("id")
      .where("idempotency_key", "=", "use-too-much")
      .execute();
    expect(journals).toEqual([]);
  });

  test("a deposit has its kind, and a repair has none", async () => {
    const house = await buildHouse(city);
    expect(await refusalOf(post(deposit(house, { depositKind: null })))).toBe("23514");
    expect(await refusalOf(post(deposit(house, { kind: "interest" })))).toBe("23514");
  });

  test("money that is no whole fen within range never gets in", async () => {
    const amounts = (first: string, second: string) =>
      sql`select post_journal('opening', ${TODAY}, ${TODAY}, 'strange-money', 'test', null, null, null, '{}',
        array['1001', '2901'], array[${city.custodyAccountId}, ${city.custodyAccountId}]::int[],
        array[null, null]::int[], array[null, null]::bigint[], array[${first}, ${second}]::bigint[],
        array[null, null]::jsonb[])`.execute(city.owner);
    for (const text of ["0.5", "1e21", "１００", "NaN", "Infinity", "", "5 fen", "0x10g"]) {
      expect(await refusalOf(amounts(text, `-${text}`)), text).toBe("22P02");
    }
    expect(await refusalOf(amounts("9223372036854775808", "-9223372036854775808"))).toBe("22003");
    expect(await refusalOf(amounts("900000000000001", "-900000000000001"))).toBe("23514");
    expect(await refusalOf(amounts("-0", "0"))).toBe("23514");
    expect(() => fen(0.1 + 0.2)).toThrow();
    expect(() => fen(1e21)).toThrow();
  });
});

describe("the idempotency key", () => {
  test("the same journal again is the journal that was posted", async () => {
    const house = await buildHouse(city);
    const first = await post(deposit(house));
    const again = await post(
      deposit(house, { actor: "another desk", bookDate: addDays(TODAY, 1) }),
    );
    expect(again).toEqual({ journalId: first.journalId, isRepeat: true });
    expect((await getHouseBalance(city.db, house)).principalFen).toBe(1_185_120n);
  });

  test("other content under a used key is refused", async () => {
    const house = await buildHouse(city);
    const other = await buildHouse(city);
    const first = deposit(house);
    await post(first);
    const { idempotencyKey } = first;
    const changed: Record<string, Journal> = {
      amount: deposit(house, { amountFen: fen(1_185_119) }),
      "value date": deposit(house, { valueDate: addDays(TODAY, -1) }),
      "deposit kind": deposit(house, { depositKind: "04" }),
      house: deposit(other, { idempotencyKey }),
      kind: deposit(house, { kind: "opening" }),
      entries: {
        ...first,
        entries: [
          ...first.entries,
          { account: "1001", custodyAccountId: city.custodyAccountId, amountFen: fen(5) },
          { account: "2901", custodyAccountId: city.custodyAccountId, amountFen: fen(-5) },
        ],
      },
    };
    for (const [what, journal] of Object.entries(changed)) {
      expect(await refusalOf(post(journal)), what).toBe("WX409");
    }
    expect((await getHouseBalance(city.db, other)).principalFen).toBe(0n);
  });
});

describe("reversing a journal", () => {
  test("negates it exactly and gives back what counted towards the first deposit", async () => {
    const house = await buildHouse(city);
    const { journalId } = await post(deposit(house));
    const contra = await reverse(journalId);
    const { principalFen, firstPaidFen } = await getHouseBalance(city.db, house);
    expect([principalFen, firstPaidFen]).toEqual([0n, 0n]);
    const row = await city.db
      .selectFrom("journal")
      .select(["kind", "reverses", "deposit_kind"])
      .where("id", "=", contra.journalId)
      .executeTakeFirst();
    expect(row).toEqual({ kind: "reversal", reverses: journalId, deposit_kind: "00" });
  });

  test("a second reversal answers with the first", async () => {
    const { journalId } = await buildDeposit(city, await buildHouse(city), { amountFen: fen(7) });
    const first = await reverse(journalId);
    expect(await reverse(journalId)).toEqual({ journalId: first.journalId, isRepeat: true });
  });

  test("a reversal cannot be reversed, and what was never posted neither", async () => {
    const { journalId } = await buildDeposit(city, await buildHouse(city), { amountFen: fen(7) });
    const contra = await reverse(journalId);
    expect(await refusalOf(reverse(contra.journalId))).toBe("WX004");
    expect(await refusalOf(reverse(999_999n))).toBe("WX404");
  });
});
