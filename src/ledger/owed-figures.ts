import { sql } from "kysely";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import { isCountedSql } from "./estate-figures.ts";
import { dueSql } from "./house-standing-sql.ts";

/** What first deposits a building's houses have made and still owe. */
export interface OwedFigures {
  estateId: number;
  buildingId: number;
  houseCount: number;
  /** Houses that have made their first deposit in full. */
  paidCount: number;
  unpaidCount: number;
  partPaidCount: number;
  /** Deposited towards first deposits by houses that are not closed. */
  depositedFen: Fen;
  /** What unpaid and partly paid houses still owe of theirs. */
  owedFen: Fen;
}

/** Sums the houses of several estates by building: who has made the first deposit, and what is owed of it. */
export async function readOwedFigures(
  db: Db,
  estateIds: readonly number[],
): Promise<OwedFigures[]> {
  if (estateIds.length === 0) return [];
  const { rows } = await sql<Row>`
    with told as (
      select h.estate_id, h.building_id, h.status, coalesce(b.first_paid_fen, 0)::bigint as paid,
          case when h.status = 'recorded' and h.exempt_reason is null then due.fen end as due
        from house h
          left join deposit_standard s on s.id = h.standard_id
          left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
          cross join ${dueSql} due
        where h.estate_id = any (${listParameter("int", estateIds)}) and ${isCountedSql})
    select estate_id, building_id, count(*)::int as house_count,
        (count(*) filter (where due is not null and paid >= due and paid > 0))::int as paid_count,
        (count(*) filter (where due > 0 and paid = 0))::int as unpaid_count,
        (count(*) filter (where paid > 0 and paid < due))::int as part_paid_count,
        coalesce(sum(paid) filter (where status <> 'closed'), 0)::bigint as deposited_fen,
        coalesce(sum(due - paid) filter (where paid < due), 0)::bigint as owed_fen
      from told group by estate_id, building_id`.execute(db);
  return rows.map((row) => ({
    estateId: row.estate_id,
    buildingId: row.building_id,
    houseCount: row.house_count,
    paidCount: row.paid_count,
    unpaidCount: row.unpaid_count,
    partPaidCount: row.part_paid_count,
    depositedFen: fen(row.deposited_fen),
    owedFen: fen(row.owed_fen),
  }));
}

interface Row {
  estate_id: number;
  building_id: number;
  house_count: number;
  paid_count: number;
  unpaid_count: number;
  part_paid_count: number;
  deposited_fen: bigint;
  owed_fen: bigint;
}
