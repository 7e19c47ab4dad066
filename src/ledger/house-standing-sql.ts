import { type RawBuilder, sql } from "kysely";
import type { HouseStanding } from "./house-standing.ts";

/**
 * The same decision as `houseStanding`, for the database: sums over an estate of ten thousand houses are
 * made where the houses are. A test holds the two to each other. Wants the aliases `h` (house), `b`
 * (house_balance, outer joined) and `due` (see `dueSql`).
 */
export function standingKindSql(triggerPercent: number): RawBuilder<HouseStanding["kind"]> {
  return sql`case
    when h.status = 'closed' then 'closed'
    when h.exempt_reason is not null then 'exempt'
    when due.fen is null then 'no-standard'
    when coalesce(b.first_paid_fen, 0) = 0 then 'unpaid'
    when b.first_paid_fen < due.fen then 'part-paid'
    when (b.principal_fen + b.interest_fen) * 100 < b.first_paid_fen * ${triggerPercent}::bigint
      then 'below-trigger'
    else 'paid-in-full' end`;
}

/**
 * The first deposit of each house `h` by its standard `s` (outer joined), as `firstDepositDue` computes it:
 * half-up to the fen, then half-up to the standard's own rounding. A share of a price needs numbers longer
 * than bigint; areas, which nearly all standards go by, do not and are reckoned several times faster. To be
 * joined as `due`.
 */
export const dueSql = sql`lateral (
    select (2 * whole.fen + whole.unit) / (2 * whole.unit) * whole.unit as fen
      from (select
          case s.round_to when 'YUAN' then 100 when 'JIAO' then 10 else 1 end::bigint as unit,
          case when s.basis = 'PRICE' or s.coefficient_e4 > 100000000000 then
              div(2 * s.coefficient_e4::numeric
                * case s.basis when 'PRICE' then h.price_fen else h.area_hundredths end
                + 10000, 20000)::bigint
            else (2 * s.coefficient_e4 * h.area_hundredths + 10000) / 20000 end as fen) whole
  )`;
