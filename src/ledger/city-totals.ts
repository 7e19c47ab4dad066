import { sql } from "kysely";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";

/** The whole city's fund, summed over every house ledger. */
export interface LedgerTotals {
  depositedFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  /** Given back to owners. */
  refundedFen: Fen;
  balanceFen: Fen;
}

/**
 * Sums what houses deposited, earned, used and were given back, by the kind of journal (Decree 165 art. 30: published at
 * least once a year). Reads the whole ledger: callers keep the answer for a while.
 */
export async function getLedgerTotals(db: Db): Promise<LedgerTotals> {
  const { rows } = await sql<{ kind: string; total: bigint }>`
    select coalesce(original.kind, j.kind) as kind, (-sum(e.amount_fen))::bigint as total
      from entry e join journal j on j.id = e.journal_id
        left join journal original on original.id = j.reverses
      where e.house_id is not null group by 1`.execute(db);
  const of = (...kinds: string[]) =>
    fen(rows.filter((row) => kinds.includes(row.kind)).reduce((sum, row) => sum + row.total, 0n));
  return {
    depositedFen: of("deposit", "opening"),
    interestFen: of("interest"),
    usedFen: fen(-of("use")),
    refundedFen: fen(-of("refund")),
    balanceFen: fen(rows.reduce((sum, row) => sum + row.total, 0n)),
  };
}
