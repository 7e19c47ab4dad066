import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import {
  buildCity,
  buildHouse,
  NOW,
  OTHER_BANK,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { listOffenders } from "#tests/support/guard-control.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  openAtDesk,
  takeBack,
} from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import type { Confirmation } from "./confirm-payment.ts";

const TOMORROW = new Date(NOW.getTime() + 86_400_000);
const WEEKS_LATER = new Date(NOW.getTime() + 21 * 86_400_000);
let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

const confirm = (message: Confirmation) => bookMoney(city, message);
const unpaidNotice = async () => buildNotice(city, await buildHouse(city));
const stateOf = async (no: string) =>
  (
    await city.db
      .selectFrom("payment_notice")
      .select("state")
      .where("no", "=", no)
      .executeTakeFirstOrThrow()
  ).state;

/** Every journal about a notice: what kind, and what it did to bank, suspense and houses. */
async function journalsOf(no: string) {
  const { rows } = await sql<{ kind: string; bank: bigint; suspense: bigint; house: bigint }>`
    select j.kind,
        coalesce(sum(e.amount_fen) filter (where e.account_code = '1001'), 0)::bigint as bank,
        coalesce(-sum(e.amount_fen) filter (where e.account_code = '2901'), 0)::bigint as suspense,
        coalesce(-sum(e.amount_fen) filter (where e.house_id is not null), 0)::bigint as house
      from journal j join entry e on e.journal_id = j.id
      where j.notice_no = ${no} group by j.id order by j.id`.execute(city.db);
  return rows;
}

describe("money for a payable notice", () => {
  test("credits the house in full, at once, and the notice is paid", async () => {
    const notice = await unpaidNotice();
    const outcome = await confirm(confirmationOf(notice));
    expect(outcome).toMatchObject({ kind: "credited", superseded: [] });
    expect(await stateOf(notice.no)).toBe("paid");
    expect(await journalsOf(notice.no)).toEqual([
      { kind: "deposit", bank: 1_185_120n, suspense: 0n, house: 1_185_120n },
    ]);
    expect((await getHouseBalance(city.db, notice.house)).firstPaidFen).toBe(1_185_120n);
  });

  test("goes to the fund of sold public housing when the house is one of it", async () => {
    const notice = await buildNotice(city, await buildHouse(city, { houseNature: "reform" }));
    const outcome = await confirm(confirmationOf(notice));
    const { rows } = await sql`select account_code from entry where house_id is not null
      and journal_id = ${("journalId" in outcome ? outcome.journalId : 0n).toString()}`.execute(
      city.db,
    );
    expect(rows).toEqual([{ account_code: "3002.01" }]);
  });

  test("is taken on the last day of the notice", async () => {
    const notice = await buildNotice(city, await buildHouse(city), { validDays: 0 });
    expect((await confirm(confirmationOf(notice))).kind).toBe("credited");
  });

  test("is taken from the desk that holds the notice", async () => {
    const notice = await unpaidNotice();
    await openAtDesk(city, notice.no, { teller: "teller:a" });
    const outcome = await confirm(confirmationOf(notice, { teller: "teller:a" }));
    expect(outcome.kind).toBe("credited");
  });

  test("is taken by a second desk once the lease of the first has run out", async () => {
    const notice = await unpaidNotice();
    await openAtDesk(city, notice.no, { teller: "teller:a" });
    const atTheEnd = new Date(NOW.getTime() + 15 * 60_000);
    const early = confirmationOf(notice, {
      teller: "teller:b",
      now: new Date(atTheEnd.getTime() - 1),
    });
    expect((await confirm(early)).kind).toBe("locked-elsewhere");
    expect((await confirm({ ...early, now: atTheEnd })).kind).toBe("credited");
  });
});

describe("the same message again", () => {
  test("three times the same confirmation is one entry in the ledger", async () => {
    const notice = await unpaidNotice();
    const message = confirmationOf(notice);
    const first = await confirm(message);
    const journalId = "journalId" in first ? first.journalId : null;
    for (const now of [NOW, TOMORROW]) {
      // Repeated by another desk, on another day: still the message of the first time.
      const again = await confirm({ ...message, now, teller: "teller:b" });
      expect(again).toEqual({ kind: "repeat", first: "credited", journalId });
    }
    expect(await journalsOf(notice.no)).toHaveLength(1);
  });

  test("repeated money in suspense is told as such", async () => {
    const notice = await unpaidNotice();
    const late = confirmationOf(notice, { now: WEEKS_LATER });
    expect((await confirm(late)).kind).toBe("suspense");
    expect(await confirm(late)).toMatchObject({ kind: "repeat", first: "suspense" });
    expect(await journalsOf(notice.no)).toHaveLength(1);
  });

  test("a used reference with another amount, day or notice is refused and posts nothing", async () => {
    const { notice, message } = await buildPaidHouse(city);
    const other = await unpaidNotice();
    const changed: Record<string, Confirmation> = {
      amount: { ...message, amountFen: fen(1) },
      "value date": { ...message, valueDate: addDays(TODAY, -1) },
      notice: { ...message, no: other.no },
    };
    for (const [what, reused] of Object.entries(changed)) {
      expect(await confirm(reused), what).toEqual({ kind: "reference-used" });
    }
    expect(await journalsOf(notice.no)).toHaveLength(1);
    expect(await journalsOf(other.no)).toEqual([]);
    expect(await stateOf(other.no)).toBe("issued");
  });

  test("another bank may happen to use the same reference", async () => {
    const { message } = await buildPaidHouse(city);
    const notice = await unpaidNotice();
    const outcome = await confirm({ ...message, no: notice.no, bankCode: OTHER_BANK.code });
    expect(outcome.kind).toBe("wrong-bank");
  });
});

describe("money that is refused, with nothing posted", () => {
  for (const difference of [1, -1]) {
    test(`${difference} fen beside the notice's amount`, async () => {
      const notice = await unpaidNotice();
      const amountFen = fen(notice.amountFen + BigInt(difference));
      expect(await confirm(confirmationOf(notice, { amountFen }))).toEqual({
        kind: "amount-differs",
      });
      expect(await journalsOf(notice.no)).toEqual([]);
      expect(await stateOf(notice.no)).toBe("issued");
      // The reference is not used up: the right amount under it is taken.
      const right = confirmationOf(notice);
      expect((await confirm(right)).kind).toBe("credited");
    });
  }

  test("a number that no notice has", async () => {
    const message = confirmationOf({ ...(await unpaidNotice()), amountFen: fen(1) });
    const no = message.no.replace(/.$/, (last) => `${(Number.parseInt(last, 10) + 1) % 10}`);
    expect(await confirm({ ...message, no })).toEqual({ kind: "unknown" });
  });

  test("a bank that does not keep the estate's account", async () => {
    const notice = await unpaidNotice();
    const outcome = await confirm(confirmationOf(notice, { bankCode: OTHER_BANK.code }));
    expect(outcome).toEqual({ kind: "wrong-bank" });
    expect(await journalsOf(notice.no)).toEqual([]);
  });

  test("a desk while another desk holds the notice", async () => {
    const notice = await unpaidNotice();
    await openAtDesk(city, notice.no, { teller: "teller:a" });
    const outcome = await confirm(confirmationOf(notice, { teller: "teller:b" }));
    expect(outcome).toEqual({ kind: "locked-elsewhere" });
    expect(await journalsOf(notice.no)).toEqual([]);
  });
});

describe("money for a dead notice waits in suspense", () => {
  const inSuspense = [{ kind: "suspense", bank: 1_185_120n, suspense: 1_185_120n, house: 0n }];

  test("after the last day", async () => {
    const notice = await unpaidNotice();
    const outcome = await confirm(confirmationOf(notice, { now: WEEKS_LATER }));
    expect(outcome).toMatchObject({ kind: "suspense", reason: "expired" });
    expect(await stateOf(notice.no)).toBe("expired");
    expect(await journalsOf(notice.no)).toEqual(inSuspense);
    expect((await getHouseBalance(city.db, notice.house)).principalFen).toBe(0n);
  });

  test("after cancellation", async () => {
    const notice = await unpaidNotice();
    await city.db
      .updateTable("payment_notice")
      .set({ state: "cancelled" })
      .where("no", "=", notice.no)
      .execute();
    const outcome = await confirm(confirmationOf(notice));
    expect(outcome).toMatchObject({ kind: "suspense", reason: "cancelled" });
    expect(await journalsOf(notice.no)).toEqual(inSuspense);
  });

  test("paid a second time, through another branch", async () => {
    const { notice } = await buildPaidHouse(city);
    const outcome = await confirm(confirmationOf(notice));
    expect(outcome).toMatchObject({ kind: "suspense", reason: "already-paid" });
    expect((await journalsOf(notice.no)).map(({ kind }) => kind)).toEqual(["deposit", "suspense"]);
    expect((await getHouseBalance(city.db, notice.house)).principalFen).toBe(1_185_120n);
  });

  test("after the bank took the first payment back", async () => {
    const { notice } = await buildPaidHouse(city);
    await takeBack(city, notice.no);
    const outcome = await confirm(confirmationOf(notice));
    expect(outcome).toMatchObject({ kind: "suspense", reason: "reversed" });
    expect((await getHouseBalance(city.db, notice.house)).principalFen).toBe(0n);
  });

  test("when the house was closed meanwhile", async () => {
    const notice = await unpaidNotice();
    await city.owner
      .updateTable("house")
      .set({ status: "closed" })
      .where("estate_id", "=", notice.house.estateId)
      .where("id", "=", notice.house.houseId)
      .execute();
    const outcome = await confirm(confirmationOf(notice));
    expect(outcome).toMatchObject({ kind: "suspense", reason: "house-closed" });
    expect(await stateOf(notice.no)).toBe("cancelled");
    expect(await journalsOf(notice.no)).toEqual(inSuspense);
  });

  test("when the house deposited otherwise meanwhile", async () => {
    const notice = await unpaidNotice();
    await buildDeposit(city, notice.house, { amountFen: fen(500) });
    const outcome = await confirm(confirmationOf(notice));
    expect(outcome).toMatchObject({ kind: "suspense", reason: "house-paid-meanwhile" });
    expect(await stateOf(notice.no)).toBe("cancelled");
    expect((await getHouseBalance(city.db, notice.house)).principalFen).toBe(500n);
  });
});

describe("two notices of one house", () => {
  test("the first that is paid is credited, the other is void", async () => {
    const house = await buildHouse(city);
    const [first, second] = [await buildNotice(city, house), await buildNotice(city, house)];
    const outcome = await confirm(confirmationOf(second));
    expect(outcome).toMatchObject({ kind: "credited", superseded: [first.no] });
    expect(await stateOf(first.no)).toBe("cancelled");
    expect((await confirm(confirmationOf(first))).kind).toBe("suspense");
  });

  for (const depositKind of ["00", "02"] as const) {
    const words = depositKind === "00" ? "first deposit" : "top-up";
    test(`a ${words} that lies open at another desk is void as well: its money goes to suspense`, async () => {
      const house = await buildHouse(city);
      if (depositKind === "02") await buildDeposit(city, house, { amountFen: fen(1_185_120) });
      const terms = { depositKind, amountFen: fen(700_000) };
      const first = await buildNotice(city, house, terms);
      const second = await buildNotice(city, house, terms);
      await openAtDesk(city, second.no, { teller: "teller:b" });
      const before = (await getHouseBalance(city.db, house)).principalFen;
      expect((await confirm(confirmationOf(first, { teller: "teller:a" }))).kind).toBe("credited");
      const outcome = await confirm(confirmationOf(second, { teller: "teller:b" }));
      expect(outcome).toMatchObject({ kind: "suspense", reason: "cancelled" });
      expect((await getHouseBalance(city.db, house)).principalFen - before).toBe(700_000n);
    });
  }

  test("a notice of the neighbour stays as it is", async () => {
    const [notice, neighbour] = [await unpaidNotice(), await unpaidNotice()];
    await confirm(confirmationOf(notice));
    expect(await stateOf(neighbour.no)).toBe("issued");
  });
});

test("after all of this every rule of the books holds, but for applications this floor does not move", async () => {
  const offenders = await listOffenders(city.db);
  expect(offenders.filter((one) => !one.startsWith("C2 a deposit is settled"))).toEqual([]);
});
