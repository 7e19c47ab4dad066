import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen, plainYuan } from "#src/kernel/money.ts";
import { addPeriodFigures, readPeriodFigures } from "#src/ledger/period-figures.ts";
import { reverseJournal } from "#src/ledger/post-journal.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import {
  buildBuilding,
  buildCity,
  buildHouse,
  NOW,
  type TestBuilding,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { refusalOf } from "#tests/support/guard-control.ts";
import { buildDeposit, buildUse } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildInstitution } from "#tests/support/test-institutions.ts";
import { sealContent } from "./content.ts";
import { listDifferences } from "./differences.ts";
import { parsePeriod } from "./rules.ts";
import { findStatement, lockStatement, reckonStatement } from "./statements.ts";

let database: TestDatabase;
let city: TestCity;
let institutionId: number;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  institutionId = (await buildInstitution(city, "committee", [])).id;
});
afterAll(() => database.drop());

const AUDIT = auditOf("estate-statement-locked", "institution:kept");

const period = (code: string) => parsePeriod(code) ?? expect.fail(`no period ${code}`);
const estateOf = (building: TestBuilding) => ({
  estateId: building.estateId,
  code: building.estateCode,
  name: "试验花园",
});

function lock(building: TestBuilding, code: string) {
  return lockStatement(city.db, {
    estate: estateOf(building),
    period: period(code),
    institutionId,
    actor: "institution:kept",
    audit: AUDIT,
    today: TODAY,
    now: NOW,
  });
}

/** Two houses: one deposit before the quarter, one in it, one in it and reversed after, one repair today. */
async function buildMovedEstate() {
  const building = await buildBuilding(city);
  const [first, second] = [
    await buildHouse(city, { building }),
    await buildHouse(city, { building }),
  ];
  await buildDeposit(city, first, {
    amountFen: fen(1_000_000n),
    bookDate: calendarDate("2026-06-30"),
  });
  await buildDeposit(city, second, {
    amountFen: fen(250_001n),
    bookDate: calendarDate("2026-07-01"),
  });
  const mistake = await buildDeposit(city, second, {
    amountFen: fen(99n),
    depositKind: "05",
    bookDate: calendarDate("2026-09-30"),
  });
  return { building, first, second, mistake };
}

describe("the figures of a period", () => {
  test("hold the days of the period, both included, and add up house by house", async () => {
    const { building, first, second, mistake } = await buildMovedEstate();
    await city.owner.transaction().execute((tx) =>
      reverseJournal(tx, {
        journalId: mistake.journalId,
        bookDate: calendarDate("2026-10-01"),
        actor: "test",
      }),
    );
    await buildUse(city, first, fen(400_000n));
    const figures = await readPeriodFigures(city.db, building.estateId, period("2026Q3"));
    const of = (code: string) => figures.find((one) => one.code === code);
    expect(of(first.code)).toMatchObject({
      openingFen: 1_000_000n,
      depositedFen: 0n,
      usedFen: 0n,
      closingFen: 1_000_000n,
    });
    expect(of(second.code)).toMatchObject({
      openingFen: 0n,
      depositedFen: 250_100n,
      closingFen: 250_100n,
    });
    const later = await readPeriodFigures(city.db, building.estateId, period("2026Q4"));
    expect(addPeriodFigures(later)).toMatchObject({
      openingFen: 1_250_100n,
      depositedFen: -99n,
      usedFen: 400_000n,
      closingFen: 850_001n,
    });
  });

  test("tie out to the entries and to the balances, whatever moved", async () => {
    const { building, first } = await buildMovedEstate();
    await buildUse(city, first, fen(123_456n));
    for (const code of ["2026M06", "2026M07", "2026Q3", "2026H1", "2025Y"]) {
      const { endsOn, startsOn } = period(code);
      const figures = await readPeriodFigures(city.db, building.estateId, period(code));
      for (const one of figures) {
        const moved = addFen(
          one.openingFen,
          one.depositedFen,
          one.interestFen,
          fen(-one.usedFen),
          fen(-one.refundedFen),
          one.otherFen,
        );
        expect(moved).toBe(one.closingFen);
      }
      const { openingFen, closingFen } = addPeriodFigures(figures);
      expect(openingFen).toBe(await sumOfEntries(building, "<", startsOn));
      expect(closingFen).toBe(await sumOfEntries(building, "<=", endsOn));
    }
    const untilNow = await readPeriodFigures(city.db, building.estateId, period("2026H2"));
    const { rows } = await sql<{ fen: bigint }>`
      select sum(principal_fen + interest_fen)::bigint as fen from house_balance
        where estate_id = ${building.estateId}`.execute(city.db);
    expect(addPeriodFigures(untilNow).closingFen).toBe(rows[0]?.fen);
  });
});

/** Straight from the entries, by another way than the figures take. */
async function sumOfEntries(building: TestBuilding, how: "<" | "<=", day: string): Promise<Fen> {
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(-sum(amount_fen), 0)::bigint as fen from entry
      where estate_id = ${building.estateId} and account_code like '300%'
        and journal_id in (select id from journal where book_date ${sql.raw(how)} ${day}::date)`.execute(
    city.db,
  );
  return fen(rows[0]?.fen ?? 0n);
}

describe("locking", () => {
  test("keeps what the ledger says under its number and hash", async () => {
    const { building } = await buildMovedEstate();
    const said = await reckonStatement(city.db, estateOf(building), period("2026Q3"));
    const outcome = await lock(building, "2026Q3");
    expect(outcome).toEqual({ kind: "locked", number: `${building.estateCode}-2026Q3-1` });
    const kept = await findStatement(city.db, `${building.estateCode}-2026Q3-1`);
    expect(kept?.content).toEqual(said);
    expect(kept?.hash).toBe(createHash("sha256").update(sealContent(said).text).digest("hex"));
    expect(said.totals).toMatchObject({
      opening: "10000.00",
      deposited: "2501.00",
      closing: "12501.00",
    });
    expect(said.totals.closing).toBe(plainYuan(fen(1_250_100n)));
  });

  test("refuses a period that is not over, also on its last day", async () => {
    const { building } = await buildMovedEstate();
    expect(await lock(building, "2026M11")).toEqual({ kind: "not-over" });
    expect(await lock(building, "2026Y")).toEqual({ kind: "not-over" });
  });

  test("refuses a second version that says the same", async () => {
    const { building } = await buildMovedEstate();
    await lock(building, "2026Q3");
    expect(await lock(building, "2026Q3")).toEqual({
      kind: "unchanged",
      number: `${building.estateCode}-2026Q3-1`,
    });
  });

  test("makes what differs the next version, with the differences named; the first stays", async () => {
    const { building, second } = await buildMovedEstate();
    await lock(building, "2026Q3");
    const first = await findStatement(city.db, `${building.estateCode}-2026Q3-1`);
    // Entered late with the book date of the quarter, as an import of an old ledger does.
    await buildDeposit(city, second, {
      amountFen: fen(500n),
      depositKind: "05",
      bookDate: calendarDate("2026-08-15"),
    });
    expect(await lock(building, "2026Q3")).toMatchObject({ kind: "locked" });
    const again = await findStatement(city.db, `${building.estateCode}-2026Q3-1`);
    const next = await findStatement(city.db, `${building.estateCode}-2026Q3-2`);
    expect(again).toEqual(first);
    const differences = listDifferences(
      first?.content ?? expect.fail(),
      next?.content ?? expect.fail(),
    );
    expect(differences).toEqual([
      { number: "", figure: "deposited", before: "2501.00", after: "2506.00" },
      { number: "", figure: "closing", before: "12501.00", after: "12506.00" },
      { number: second.code, figure: "deposited", before: "2501.00", after: "2506.00" },
      { number: second.code, figure: "closing", before: "2501.00", after: "2506.00" },
    ]);
  });

  test("gives a version once when two lock at the same moment", async () => {
    const { building } = await buildMovedEstate();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => lock(building, "2026Q3")));
    expect(outcomes.filter(({ kind }) => kind === "locked")).toHaveLength(1);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from estate_statement
      where estate_id = ${building.estateId}`.execute(city.db);
    expect(rows[0]?.n).toBe(1);
  });
});

describe("a locked statement", () => {
  const CHANGES = [
    "update estate_statement set content = content || ' '",
    "update estate_statement set locked_by = 'institution:other'",
    "update estate_statement set version = version + 1",
    "delete from estate_statement",
    "truncate estate_statement",
  ];
  beforeAll(async () => {
    const { building } = await buildMovedEstate();
    await lock(building, "2026Q3");
  });

  test.each(CHANGES)("never changes: %s", async (change) => {
    expect(await refusalOf(sql.raw(change).execute(city.db))).toBe("42501");
    expect(await refusalOf(sql.raw(change).execute(city.owner))).toBe("WX001");
  });

  test.each([
    ["another hash than its content", "content_hash = sha256('other')", "23514"],
    ["a version that skips one", "version = 9, number = estate_code || '-2026Q3-9'", "WX030"],
    ["a period that is not over", "ends_on = '2027-01-31'", "23514"],
  ])("is not made with %s", async (_, change, refusal) => {
    expect(await refusalOf(insertChanged(change))).toBe(refusal);
  });
});

/** The last statement once more as the next version, with some columns otherwise. */
async function insertChanged(change: string): Promise<void> {
  await city.owner.transaction().execute(async (tx) => {
    await sql`create temp table made on commit drop as select s.*, split_part(s.number, '-', 1) as estate_code
      from estate_statement s order by id desc limit 1`.execute(tx);
    await sql`update made set version = version + 1,
      number = regexp_replace(number, '[0-9]+$', (version + 1)::text)`.execute(tx);
    await sql.raw(`update made set ${change}`).execute(tx);
    await sql`insert into estate_statement (number, estate_id, period, starts_on, ends_on, version, content,
        content_hash, institution_id, locked_by, locked_at)
      select number, estate_id, period, starts_on, ends_on, version, content, content_hash, institution_id,
        locked_by, locked_at from made`.execute(tx);
  });
}
