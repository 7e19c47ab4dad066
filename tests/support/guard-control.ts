import { sql } from "kysely";
import { expect } from "vitest";
import { APPLICATION_CHECKS } from "#src/applications/checks.ts";
import { BANK_CHECKS } from "#src/bank/checks.ts";
import { LEDGER_CHECKS } from "#src/ledger/checks.ts";
import { type CheckOutcome, runChecks } from "#src/ledger/run-checks.ts";
import type { Db } from "#src/platform/database/client.ts";
import { buildCity, type TestCity } from "./builders.ts";
import { testDatabase } from "./test-database.ts";

const ALL_CHECKS = [...LEDGER_CHECKS, ...BANK_CHECKS, ...APPLICATION_CHECKS];

/** Names what breaks a rule, each as "L2 …: 17 kept 5/0/5, entries say 4/0/4". */
export async function listOffenders(db: Db): Promise<string[]> {
  return (await runChecks(db, ALL_CHECKS)).flatMap((check: CheckOutcome) =>
    check.offenders.map(({ what, why }) => `${check.name}: ${what} ${why}`),
  );
}

/** The SQLSTATE with which the database refuses, or "accepted". */
export async function refusalOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return "accepted";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** A guard of the database, an act that it alone refuses, and the check that would name the damage. */
export interface GuardControl<Ground> {
  /** What is taken away in the scratch database, as SQL. */
  drop: string;
  /** What the act needs: made before the guard is dropped, in the same database. */
  prepare: (city: TestCity) => Promise<Ground>;
  act: (city: TestCity, ground: Ground) => Promise<unknown>;
  /** SQLSTATE of the refusal. */
  refusedWith: string;
  /** The beginning of the check's name and of what it says. */
  named: RegExp;
}

/**
 * Proves a guard twice, each time in a database of its own: with it the act is refused and no check finds
 * anything; without it the same act goes through, and the check names what it did.
 */
export async function proveGuard<Ground>(one: GuardControl<Ground>): Promise<void> {
  const guarded = await attempt(one, false);
  expect(guarded, "with the guard").toEqual({ answer: one.refusedWith, offenders: [] });
  const unguarded = await attempt(one, true);
  expect(unguarded.answer, "without the guard").toBe("accepted");
  expect(unguarded.offenders.join("\n"), "named by the checks").toMatch(one.named);
}

async function attempt<Ground>(one: GuardControl<Ground>, isDropped: boolean) {
  const database = await testDatabase();
  try {
    const city = await buildCity(database);
    const ground = await one.prepare(city);
    if (isDropped) await sql.raw(one.drop).execute(city.owner);
    const answer = await refusalOf(one.act(city, ground));
    return { answer, offenders: await listOffenders(city.db) };
  } finally {
    await database.drop();
  }
}
