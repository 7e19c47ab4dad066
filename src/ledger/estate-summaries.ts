import { sql } from "kysely";
import { type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import { isCountedSql } from "./estate-figures.ts";
import { dueSql, standingKindSql } from "./house-standing-sql.ts";

/** What the houses of an estate hold together, and how many of them somebody has to do something about. */
export interface EstateSummary {
  houseCount: number;
  balanceFen: Fen;
  /** What the balance is measured against. */
  firstPaidFen: Fen;
  /** Houses whose balance fell below the line of the city. */
  belowCount: number;
  /** Houses that have deposited nothing, or not all of the first deposit. */
  owingCount: number;
}

/** An estate without a single house. */
export const EMPTY_SUMMARY: EstateSummary = {
  houseCount: 0,
  balanceFen: ZERO_FEN,
  firstPaidFen: ZERO_FEN,
  belowCount: 0,
  owingCount: 0,
};

/** Sums several estates in one pass of the database; an estate without houses is left out. */
export async function readEstateSummaries(
  db: Db,
  estateIds: readonly number[],
  triggerPercent: number,
): Promise<ReadonlyMap<number, EstateSummary>> {
  if (estateIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    with told as (
      select h.estate_id, h.status, b.principal_fen, b.interest_fen, b.first_paid_fen,
          ${standingKindSql(triggerPercent)} as standing
        from house h
          left join deposit_standard s on s.id = h.standard_id
          left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
          cross join ${dueSql} due
        where h.estate_id = any(${listParameter("int", estateIds)}) and ${isCountedSql})
    select estate_id, count(*)::int as house_count,
        coalesce(sum(principal_fen + interest_fen), 0)::bigint as balance_fen,
        coalesce(sum(first_paid_fen) filter (where status <> 'closed'), 0)::bigint as first_paid_fen,
        (count(*) filter (where standing = 'below-trigger'))::int as below_count,
        (count(*) filter (where standing in ('unpaid', 'part-paid')))::int as owing_count
      from told group by estate_id`.execute(db);
  return new Map(
    rows.map((row) => [
      row.estate_id,
      {
        houseCount: row.house_count,
        balanceFen: fen(row.balance_fen),
        firstPaidFen: fen(row.first_paid_fen),
        belowCount: row.below_count,
        owingCount: row.owing_count,
      },
    ]),
  );
}

interface Row {
  estate_id: number;
  house_count: number;
  balance_fen: bigint;
  first_paid_fen: bigint;
  below_count: number;
  owing_count: number;
}
