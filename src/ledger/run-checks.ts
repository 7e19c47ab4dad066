import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";

/** One invariant as a query that lists what breaks it. No row means it holds. */
export interface Check {
  /** The number and the sentence of the rule. */
  name: string;
  query: string;
}

/** The outcome of one check: at most ten offenders are named. */
export interface CheckOutcome {
  name: string;
  offenders: { what: string; why: string }[];
}

/** Runs every check in one view of the database. */
export async function runChecks(db: Db, checks: readonly Check[]): Promise<CheckOutcome[]> {
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (tx) => {
      // A check reads the whole ledger; the time limit of a web request is not for it.
      await sql`set local statement_timeout = 0`.execute(tx);
      const outcomes: CheckOutcome[] = [];
      for (const check of checks) {
        const { rows } = await sql<{ what: string; why: string }>`
          select what, why from (${sql.raw(check.query)}) found limit 10`.execute(tx);
        outcomes.push({ name: check.name, offenders: rows });
      }
      return outcomes;
    });
}
