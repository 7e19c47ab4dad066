import { type RawBuilder, sql } from "kysely";
import { fen } from "#src/kernel/money.ts";
import type { YearMovement } from "./fund-years.ts";

/** Columns of `estate_year` as one statement's sums. */
export interface YearRow {
  year: number;
  deposited_fen: bigint;
  interest_fen: bigint;
  used_fen: bigint;
  refunded_fen: bigint;
  other_fen: bigint;
  first_paid_fen: bigint;
}

/** Sums `estate_year` under the alias `y`. */
export const yearSums: RawBuilder<unknown> = sql`
  sum(y.deposited_fen)::bigint as deposited_fen, sum(y.interest_fen)::bigint as interest_fen,
  sum(y.used_fen)::bigint as used_fen, sum(y.refunded_fen)::bigint as refunded_fen,
  sum(y.other_fen)::bigint as other_fen, sum(y.first_paid_fen)::bigint as first_paid_fen`;

/** Reads such sums. */
export function toYearMovement(row: YearRow): YearMovement {
  return {
    year: row.year,
    depositedFen: fen(row.deposited_fen),
    interestFen: fen(row.interest_fen),
    usedFen: fen(row.used_fen),
    refundedFen: fen(row.refunded_fen),
    otherFen: fen(row.other_fen),
    firstPaidFen: fen(row.first_paid_fen),
  };
}
