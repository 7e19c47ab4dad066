import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import {
  buildCity,
  buildCustodyAccount,
  buildHouse,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { buildDeposit } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { LEDGER_CHECKS } from "./checks.ts";
import { postJournal } from "./post-journal.ts";
import { runChecks } from "./run-checks.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

test("books without any journal hold every rule", async () => {
  const outcomes = await runChecks(city.db, LEDGER_CHECKS);
  expect(outcomes).toHaveLength(LEDGER_CHECKS.length);
  expect(outcomes.flatMap(({ offenders }) => offenders)).toEqual([]);
});

test("at most ten offenders of a rule are named, however many there are", async () => {
  for (let at = 0; at < 12; at += 1) {
    await buildDeposit(city, await buildHouse(city), { amountFen: fen(100) });
  }
  await city.owner.updateTable("house_balance").set({ first_paid_fen: 99n }).execute();
  const outcomes = await runChecks(city.db, LEDGER_CHECKS);
  const broken = outcomes.filter(({ offenders }) => offenders.length > 0);
  expect(broken.map(({ name, offenders }) => [name.slice(0, 2), offenders.length])).toEqual([
    ["L2", 10],
  ]);
  await city.owner.updateTable("house_balance").set({ first_paid_fen: 100n }).execute();
});

test("a custody account that paid out more than it had is named, though all journals balance", async () => {
  const custodyAccountId = await buildCustodyAccount(city.owner);
  await city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "opening",
      bookDate: TODAY,
      valueDate: TODAY,
      idempotencyKey: randomUUID(),
      actor: "test",
      entries: [
        { account: "1001", custodyAccountId, amountFen: fen(-5) },
        { account: "2901", custodyAccountId, amountFen: fen(5) },
      ],
    }),
  );
  const outcomes = await runChecks(city.db, LEDGER_CHECKS);
  expect(outcomes.flatMap(({ offenders }) => offenders)).toEqual([
    { what: `custody account ${custodyAccountId}`, why: "overdrawn: -5" },
  ]);
});

test("a check may take longer than a web request may, and cannot write", async () => {
  const setting = {
    name: "x",
    query: "select current_setting('statement_timeout') as what, '' as why",
  };
  const [outcome] = await runChecks(city.db, [setting]);
  expect(outcome?.offenders).toEqual([{ what: "0", why: "" }]);
  const writing = { name: "x", query: "select nextval('journal_id_seq')::text as what, '' as why" };
  await expect(runChecks(database.owner, [writing])).rejects.toThrow("read-only");
  const { rows } = await sql`show statement_timeout`.execute(city.db);
  expect(rows).toEqual([{ statement_timeout: "5s" }]);
});
