import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { keepServiceHours } from "./service-hours.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const START = new Date("2026-11-26T01:00:00Z").getTime();

async function keep(db = database.db) {
  const at = { now: START };
  const warnings: unknown[] = [];
  const log = { warn: (...said: unknown[]) => void warnings.push(said) };
  const hours = await keepServiceHours({ db, clock: () => new Date(at.now), log });
  return { at, hours, warnings };
}

test("every footer has the city's own hours, and new ones a minute after they are set", async () => {
  const { at, hours } = await keep();
  const first = hours();
  expect(first).toBe("工作日 9:00–12:00、13:30–17:00");
  await sql`insert into city_setting (key, effective_from, value, legal_basis)
    values ('service-hours', '2026-11-26', '[["08:30", "16:00"]]', '示例')`.execute(database.owner);
  expect(hours()).toBe(first);
  at.now += 60_000;
  await expect.poll(hours).toBe("工作日 8:30–16:00");
});

test("a setting that cannot be read leaves the footer without hours, and says so in the log", async () => {
  const gone = await testDatabase();
  await gone.drop();
  const { hours, warnings } = await keep(gone.db);
  expect(hours()).toBeUndefined();
  expect(warnings).toHaveLength(1);
});
