import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { postJournal, reverseJournal } from "#src/ledger/post-journal.ts";
import type { House } from "#src/register/find-house.ts";
import { buildBuilding, buildCity, buildHouse, type TestCity, TODAY } from "../support/builders.ts";
import { listOffenders, refusalOf } from "../support/guard-control.ts";
import { buildDeposit, buildUse } from "../support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

const SEED = 20261123;
const amounts = fc.array(
  fc.bigInt({ min: -2_000_000n, max: 2_000_000n }).filter((amount) => amount !== 0n),
  { minLength: 1, maxLength: 12 },
);
const sumOf = (all: readonly bigint[]) => all.reduce((sum, amount) => sum + amount, 0n);

/** Writes a set of entries past the posting function; answers where the refusal came. */
async function writeSet(all: readonly bigint[]): Promise<"accepted" | "at commit" | "before"> {
  let isWritten = false;
  const answer = await refusalOf(
    city.owner.transaction().execute(async (tx) => {
      const { rows } = await sql<{ id: bigint }>`
        insert into journal (kind, book_date, value_date, idempotency_key, actor)
          values ('opening', ${TODAY}, ${TODAY}, gen_random_uuid()::text, 'test') returning id`.execute(
        tx,
      );
      const { id } = rows[0] as { id: bigint };
      await sql`insert into entry (journal_id, n, account_code, custody_account_id, amount_fen)
        select ${id.toString()}::bigint, n, '2901', ${city.custodyAccountId}, amount
          from unnest(${all.map(String)}::bigint[]) with ordinality as a(amount, n)`.execute(tx);
      isWritten = true;
    }),
  );
  if (answer === "accepted") return "accepted";
  return isWritten ? "at commit" : "before";
}

test("any set of entries that does not sum to zero is refused at commit", async () => {
  const unbalanced = amounts.filter((all) => sumOf(all) !== 0n);
  await fc.assert(
    fc.asyncProperty(unbalanced, async (all) => {
      expect(await writeSet(all)).toBe("at commit");
    }),
    { seed: SEED, numRuns: 150 },
  );
});

test("any set of two entries or more that sums to zero is accepted", async () => {
  const balanced = amounts
    .map((all) => [...all, -sumOf(all)])
    .filter((all) => all.at(-1) !== 0n && all.length >= 2);
  await fc.assert(
    fc.asyncProperty(balanced, async (all) => {
      expect(await writeSet(all)).toBe("accepted");
    }),
    { seed: SEED, numRuns: 100 },
  );
});

/** What a history may do: the houses are named by their place in the list, a reversal by its journal's. */
type Act =
  | { kind: "deposit"; house: number; amount: number; depositKind: "00" | "02" | "04" }
  | { kind: "interest"; house: number; amount: number }
  | { kind: "use"; house: number; amount: number }
  | { kind: "reverse"; journal: number };

const HOUSES = 4;
const house = fc.nat(HOUSES - 1);
const amount = fc.integer({ min: 1, max: 1_200_000 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("deposit" as const),
    house,
    amount,
    depositKind: fc.constantFrom("00" as const, "02" as const, "04" as const),
  }),
  fc.record({ kind: fc.constant("interest" as const), house, amount }),
  fc.record({ kind: fc.constant("use" as const), house, amount }),
  fc.record({ kind: fc.constant("reverse" as const), journal: fc.nat(30) }),
);

/** What each house must hold, counted in memory. */
interface Model {
  principal: bigint;
  interest: bigint;
  firstPaid: bigint;
}
/** What one journal did to its house. */
interface Effect extends Model {
  house: number;
  journalId: bigint;
  isReversed: boolean;
}

class History {
  readonly houses: House[];
  readonly models: Model[];
  readonly effects: Effect[] = [];

  constructor(houses: House[]) {
    this.houses = houses;
    this.models = houses.map(() => ({ principal: 0n, interest: 0n, firstPaid: 0n }));
  }

  async play(one: Act): Promise<void> {
    if (one.kind === "reverse") return await this.#reverse(one.journal);
    const key = this.houses[one.house] as House;
    const change = BigInt(one.amount);
    const none = { house: one.house, principal: 0n, interest: 0n, firstPaid: 0n };
    if (one.kind === "deposit") {
      const { amount: fenAmount, depositKind } = one;
      const firstPaid = depositKind === "02" ? 0n : change;
      await this.#apply({ ...none, principal: change, firstPaid }, () =>
        buildDeposit(city, key, { amountFen: fen(fenAmount), depositKind }),
      );
    } else if (one.kind === "use") {
      await this.#apply({ ...none, principal: -change }, () =>
        buildUse(city, key, fen(one.amount)),
      );
    } else {
      await this.#apply({ ...none, interest: change }, () => creditInterest(key, one.amount));
    }
  }

  async #reverse(at: number): Promise<void> {
    const effect = this.effects[at % Math.max(this.effects.length, 1)];
    if (effect === undefined) return;
    const reverse = () =>
      city.owner
        .transaction()
        .execute((tx) =>
          reverseJournal(tx, { journalId: effect.journalId, bookDate: TODAY, actor: "test" }),
        );
    if (effect.isReversed) {
      expect((await reverse()).isRepeat).toBe(true);
      return;
    }
    const { house: at_, principal, interest, firstPaid } = effect;
    const negated = {
      house: at_,
      principal: -principal,
      interest: -interest,
      firstPaid: -firstPaid,
    };
    effect.isReversed = await this.#apply(negated, reverse, false);
  }

  /** Does the act when the model has room for it; expects a refusal when not. */
  async #apply(
    change: Model & { house: number },
    write: () => Promise<{ journalId: bigint }>,
    isReversible = true,
  ): Promise<boolean> {
    const model = this.models[change.house] as Model;
    const next = {
      principal: model.principal + change.principal,
      interest: model.interest + change.interest,
      firstPaid: model.firstPaid + change.firstPaid,
    };
    if (Object.values(next).some((value) => value < 0n)) {
      expect(await refusalOf(write())).toBe("23514");
      return false;
    }
    const { journalId } = await write();
    this.models[change.house] = next;
    if (isReversible) this.effects.push({ ...change, journalId, isReversed: false });
    return true;
  }
}

function creditInterest(key: House, interest: number) {
  return city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "interest",
      bookDate: TODAY,
      valueDate: TODAY,
      idempotencyKey: `test-interest-${crypto.randomUUID()}`,
      actor: "test",
      entries: [
        { account: "3101", custodyAccountId: city.custodyAccountId, amountFen: fen(interest) },
        { account: "3001.02", house: key, amountFen: fen(-interest) },
      ],
    }),
  );
}

/** Plays a history on fresh houses and compares every balance with the model. */
async function playHistory(acts: readonly Act[]): Promise<void> {
  const building = await buildBuilding(city);
  const houses: House[] = [];
  for (let at = 0; at < HOUSES; at += 1) houses.push(await buildHouse(city, { building }));
  const history = new History(houses);
  for (const one of acts) await history.play(one);
  for (const [at, one] of houses.entries()) {
    const balance = await getHouseBalance(city.db, one);
    const model = history.models[at] as Model;
    expect(
      [balance.principalFen, balance.interestFen, balance.firstPaidFen],
      `house ${at}`,
    ).toEqual([model.principal, model.interest, model.firstPaid]);
  }
}

const histories = fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 25 }), playHistory);

test("deposits, interest, repairs and reversals in any order keep every balance equal to its entries", async () => {
  await fc.assert(histories, { seed: SEED, numRuns: 20 });
  expect(await listOffenders(city.db)).toEqual([]);
});

test("the property sees a posting function that forgets a fen", async () => {
  const { rows } = await sql<{ source: string }>`
    select pg_get_functiondef(oid) as source from pg_proc where proname = 'post_journal'`.execute(
    city.owner,
  );
  const source = rows[0]?.source ?? "";
  const planted = source.replace(
    "interest_fen = interest_fen + coalesce(v_house.interest, 0)",
    "interest_fen = interest_fen + greatest(coalesce(v_house.interest, 0) - 1, 0)",
  );
  expect(planted).not.toBe(source);
  await sql.raw(planted).execute(city.owner);
  await expect(
    fc.assert(histories, { seed: SEED, numRuns: 20, endOnFailure: true }),
  ).rejects.toThrow();
  expect((await listOffenders(city.db)).join("\n")).toMatch(/L2 each house's kept balance .*kept/);
  await sql.raw(source).execute(city.owner);
});
