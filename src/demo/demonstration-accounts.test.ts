import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findSessionUser, startSession } from "#src/platform/sessions.ts";
import { buildCity, NOW } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildTellers } from "#tests/support/test-tellers.ts";
import { ACCOUNT_TABLES, settleDemonstrationAccounts } from "./demonstration-accounts.ts";
import { seedTellers } from "./tellers.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await buildTellers(await buildCity(database));
  await seedTellers(database.owner);
});
afterAll(async () => {
  await database.drop();
});

async function openUsers(): Promise<string[]> {
  const rows = await database.owner
    .selectFrom("bank_teller")
    .select("username")
    .where("is_disabled", "=", false)
    .orderBy("username")
    .execute();
  return rows.map((row) => row.username);
}

async function signedIn(username: string): Promise<string> {
  const { id } = await database.owner
    .selectFrom("bank_teller")
    .select("id")
    .where("username", "=", username)
    .executeTakeFirstOrThrow();
  return await startSession(database.db, { audience: "bank", userId: id, now: NOW });
}

const isSignedIn = async (token: string) =>
  (await findSessionUser(database.db, { audience: "bank", token, now: NOW })) !== null;

const REAL = ["teller-one", "teller-other", "teller-two"];
const DEMONSTRATION = ["teller-demo", "teller-other-demo", "teller2-demo"];

it("closes the demonstration's accounts and their sessions, and nobody else's", async () => {
  const [demonstration, real] = [await signedIn("teller-demo"), await signedIn("teller-one")];
  expect(await settleDemonstrationAccounts(database.owner, false)).toBe(3);
  expect(await openUsers()).toEqual(REAL);
  expect(await isSignedIn(demonstration)).toBe(false);
  expect(await isSignedIn(real)).toBe(true);
});

it("ends a session of an account that was closed before", async () => {
  const token = await signedIn("teller-demo");
  expect(await settleDemonstrationAccounts(database.owner, false)).toBe(0);
  expect(await isSignedIn(token)).toBe(false);
});

it("opens them again when the database is a demonstration again", async () => {
  await settleDemonstrationAccounts(database.owner, true);
  expect(await openUsers()).toEqual([...DEMONSTRATION, ...REAL].sort());
});

it("knows every table that keeps passwords, so that no account of a later one stays open", async () => {
  const { rows } = await sql<{ table: string }>`
    select table_name as "table" from information_schema.columns
      where table_schema = 'public' and column_name = 'password_hash'`.execute(database.owner);
  expect(rows.map((row) => row.table).sort()).toEqual(
    ACCOUNT_TABLES.map(({ table }) => table).sort(),
  );
});
