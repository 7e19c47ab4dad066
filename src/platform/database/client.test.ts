import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { clientConfig } from "./client.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function one(expression: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
    database.db,
  );
  return rows[0]?.value;
}

describe("what the database hands over", () => {
  it("keeps a day a day, in whatever time zone the machine is", async () => {
    expect(await one("date '2026-11-23'")).toBe("2026-11-23");
    expect(await one("array[date '2024-02-29', null]")).toEqual(["2024-02-29", null]);
  });

  it("keeps every fen of the largest amount", async () => {
    expect(await one("900000000000000::fen")).toBe(900_000_000_000_000n);
    expect(await one("9223372036854775807::bigint")).toBe(9_223_372_036_854_775_807n);
    expect(await one("array[1, null, -2]::bigint[]")).toEqual([1n, null, -2n]);
  });

  it("leaves a sum as exact text", async () => {
    expect(await one("0.1::numeric + 0.2")).toBe("0.3");
  });

  it("takes an instant for what it is", async () => {
    expect(await one("timestamptz '2026-11-23 00:00:00+08'")).toEqual(
      new Date("2026-11-22T16:00:00Z"),
    );
  });

  it("has its day change at midnight in Shanghai", async () => {
    expect(await one("current_setting('TimeZone')")).toBe("Asia/Shanghai");
  });
});

describe("the application's connections", () => {
  it("work as fund_app and cannot become the owner", async () => {
    expect(await one("current_user")).toBe("fund_app");
    await database.db.connection().execute(async (db) => {
      await sql`reset role`.execute(db);
      await expect(sql`drop table audit_event`.execute(db)).rejects.toThrow("must be owner");
      await expect(sql`set role fund_owner`.execute(db)).rejects.toThrow("permission denied");
      await sql`set role fund_app`.execute(db);
    });
  });

  it("end a statement after 5 s, a wait for a lock after 2 s, an idle transaction after 10 s", async () => {
    expect(await one("current_setting('statement_timeout')")).toBe("5s");
    expect(await one("current_setting('lock_timeout')")).toBe("2s");
    expect(await one("current_setting('idle_in_transaction_session_timeout')")).toBe("10s");
  });

  it("survive the end of one of them, idle or in use", async () => {
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity
      where usename = 'fund_login' and datname = current_database()`;
    const lost = database.db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      await sql.raw(kill).execute(database.owner);
      await sql`select 1`.execute(tx);
    });
    await expect(lost).rejects.toThrow();
    expect(await one("1")).toBe(1);
    await sql.raw(kill).execute(database.owner);
    await expect.poll(() => one("1").catch(() => "lost"), { timeout: 10_000 }).toBe(1);
  });
});

describe("an address", () => {
  it("keeps its own options and cannot shed the role", () => {
    const { connectionString } = clientConfig(
      "postgres://u:p@/fund?host=/run/postgresql&options=-c%20role%3Dpostgres",
      "fund_app",
    );
    const given = new URLSearchParams(connectionString?.split("?")[1]);
    expect(given.get("host")).toBe("/run/postgresql");
    expect(given.get("options")).toMatch(/^-c role=postgres .*-c role=fund_app /);
  });
});
