import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#src/platform/database/client.ts";
import { buildCity, buildHouse, type TestCity } from "../support/builders.ts";
import { listOffenders, refusalOf } from "../support/guard-control.ts";
import { buildNotice, buildPaidHouse, takeBack } from "../support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

/** One row in every table that is tried below: a trigger on rows says nothing about an empty table. */
async function populate(database: TestDatabase): Promise<TestCity> {
  const city = await buildCity(database);
  const { notice } = await buildPaidHouse(city);
  await takeBack(city, notice.no);
  await buildPaidHouse(city);
  await buildNotice(city, await buildHouse(city));
  await sql`insert into audit_event (request_id, event, actor, outcome)
    values ('r1', 'confirm-payment', 'test', 'credited')`.execute(city.db);
  return city;
}

const attempt = (db: Db, statement: string) => refusalOf(sql.raw(statement).execute(db));

/** Statements that would rewrite history; each table with the columns it has. */
const REWRITES: Record<string, string[]> = {
  journal: [
    "update journal set note = '{}'",
    "update journal set kind = kind",
    "delete from journal",
  ],
  entry: ["update entry set amount_fen = -amount_fen", "delete from entry"],
  bank_receipt: ["update bank_receipt set bank_ref = bank_ref || '-1'", "delete from bank_receipt"],
  application_event: [
    "update application_event set remark = 'x'",
    "update application_event set to_state = 'settled'",
    "delete from application_event",
  ],
  audit_event: ["update audit_event set actor = 'x'", "delete from audit_event"],
};
const HISTORIES = Object.keys(REWRITES);

describe("L8: history is append-only", () => {
  let database: TestDatabase;
  let city: TestCity;
  beforeAll(async () => {
    database = await testDatabase();
    city = await populate(database);
  });
  afterAll(() => database.drop());

  for (const [table, rewrites] of Object.entries(REWRITES)) {
    test(`${table} cannot be rewritten by the application, nor by the owner of the table`, async () => {
      for (const statement of rewrites) {
        expect(await attempt(city.db, statement), statement).toBe("42501");
        expect(await attempt(city.owner, statement), statement).toBe("WX001");
      }
      expect(await attempt(city.db, `truncate ${table}`)).toBe("42501");
      expect(await attempt(city.owner, `truncate ${table} cascade`)).toBe("WX001");
    });
  }

  test("the application adds to no table of money by itself", async () => {
    for (const statement of [
      `insert into journal (kind, book_date, value_date, idempotency_key, actor)
        values ('opening', now(), now(), 'by-hand-1', 'x')`,
      "insert into entry select * from entry",
      "insert into house_balance select * from house_balance",
      "update house_balance set principal_fen = 0",
      "delete from house_balance",
      "truncate house_balance",
      `insert into bank_receipt (bank_code, bank_ref, notice_no) values ('SLYH', 'HAND-1', '1')`,
      `select post_journal('opening', '2026-11-23', '2026-11-23', 'by-hand-2', 'x', null, null, null, '{}',
        array['1001', '2901'], array[1, 1], array[null, null]::int[], array[null, null]::bigint[],
        array[5, -5]::bigint[], array[null, null]::jsonb[])`,
      "select reverse_journal(1, '2026-11-23', 'x', '{}')",
      "select repeated_journal('x', 'x', null, null, null, null, null)",
    ]) {
      expect(await attempt(city.db, statement), statement).toBe("42501");
    }
  });

  test("the application changes a notice in its state, its lock and its prints only", async () => {
    for (const column of ["amount_fen", "no", "house_id", "bank_code", "expires_on", "basis"]) {
      const statement = `update payment_notice set ${column} = ${column}`;
      expect(await attempt(city.db, statement), column).toBe("42501");
    }
    expect(await attempt(city.db, "delete from payment_notice")).toBe("42501");
    expect(await attempt(city.owner, "delete from payment_notice")).toBe("WX001");
    expect(await attempt(city.db, "truncate payment_notice cascade")).toBe("42501");
    expect(await attempt(city.owner, "truncate payment_notice cascade")).toBe("WX001");
    expect(
      await attempt(city.db, "insert into payment_notice (no, state) values ('1', 'paid')"),
    ).toBe("42501");
  });

  test("the application changes no application, and cannot say its state when it makes one", async () => {
    expect(await attempt(city.db, "update application set state = 'settled'")).toBe("42501");
    expect(await attempt(city.db, "delete from application")).toBe("42501");
    expect(await attempt(city.owner, "delete from application")).toBe("WX001");
    expect(await attempt(city.owner, "truncate application cascade")).toBe("WX001");
    const inserted = "insert into application (number, state) values ('1', 'settled')";
    expect(await attempt(city.db, inserted)).toBe("42501");
  });

  test("the application cannot switch a guard off", async () => {
    for (const statement of [
      "alter table entry disable trigger all",
      "drop trigger entry_append_only on entry",
      "set session_replication_role = replica",
      "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
      "alter table journal drop constraint journal_reverses_key",
      "insert into application_transition values ('owner-deposit', '', 'settled', 'bank', null)",
      "update application_transition set notice_state = null",
      "insert into ledger_account values ('9999', 'x', 'asset', false, true)",
    ]) {
      expect(await attempt(city.db, statement), statement).toBe("42501");
    }
  });

  test("the application owns nothing", async () => {
    const { rows } = await sql`select relname from pg_class where relowner = 'fund_app'::regrole
      union all select proname from pg_proc where proowner = 'fund_app'::regrole`.execute(city.db);
    expect(rows).toEqual([]);
  });

  test("after all of this nothing has changed", async () => {
    expect(await listOffenders(city.db)).toEqual([]);
  });
});

describe("L8: without the guards history can be rewritten, and the checks say so", () => {
  test("with every grant the triggers still refuse", async () => {
    const database = await testDatabase();
    try {
      const city = await populate(database);
      await sql.raw(`grant all on ${HISTORIES.join(", ")} to fund_app`).execute(city.owner);
      for (const statement of Object.values(REWRITES).flat()) {
        expect(await attempt(city.db, statement), statement).toBe("WX001");
      }
      expect((await listOffenders(city.db)).join("\n")).toMatch(
        /L8 .*: entry the application may TRUNCATE/,
      );
    } finally {
      await database.drop();
    }
  });

  for (const table of HISTORIES) {
    test(`${table} without its triggers is rewritten, and the missing guard is named`, async () => {
      const database = await testDatabase();
      try {
        const city = await populate(database);
        await sql.raw(`drop trigger ${table}_append_only on ${table}`).execute(city.owner);
        await sql.raw(`drop trigger ${table}_no_truncate on ${table}`).execute(city.owner);
        const [rewrite] = REWRITES[table] as [string];
        expect(await attempt(city.owner, rewrite)).toBe("accepted");
        const offenders = (await listOffenders(city.db)).join("\n");
        expect(offenders).toMatch(new RegExp(`L8 .*${table}_append_only is missing`));
        expect(offenders).toMatch(new RegExp(`L8 .*${table}_no_truncate is missing`));
      } finally {
        await database.drop();
      }
    });
  }

  test("a trigger that is only disabled counts as missing", async () => {
    const database = await testDatabase();
    try {
      const city = await populate(database);
      await sql`alter table entry disable trigger entry_balanced`.execute(city.owner);
      expect((await listOffenders(city.db)).join("\n")).toMatch(/L8 .*entry_balanced is missing/);
    } finally {
      await database.drop();
    }
  });
});
