import { type RawBuilder, sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";

/**
 * Writes the months and years of some estates anew from their entries, and answers whether any row changed. What a
 * reversal takes back is taken from what it reverses, in the month of the reversal. A month without a movement has no
 * row, and years are summed from the months that are written with them: the two cannot differ.
 */
export async function writePeriods(tx: Tx, estateIds: readonly number[]): Promise<boolean> {
  const ids = listParameter("int", estateIds);
  const { rows } = await sql<{ changed: bigint }>`
    with told as materialized (
      select e.estate_id, extract(year from j.book_date)::smallint as year,
          extract(month from j.book_date)::smallint as month,
          coalesce(original.kind, j.kind) as kind, -e.amount_fen as fen,
          e.account_code like '%.01' and j.deposit_kind in ('00', '01', '04') and h.status <> 'closed' as is_first
        from entry e join journal j on j.id = e.journal_id
          left join journal original on original.id = j.reverses
          join house h on h.estate_id = e.estate_id and h.id = e.house_id
        where e.estate_id = any(${ids}) and e.house_id is not null),
    fresh_month as materialized (
      select estate_id, year, month,
          coalesce(sum(fen) filter (where kind in ('deposit', 'opening')), 0)::bigint as deposited_fen,
          coalesce(sum(fen) filter (where kind = 'interest'), 0)::bigint as interest_fen,
          coalesce(-sum(fen) filter (where kind = 'use'), 0)::bigint as used_fen,
          coalesce(-sum(fen) filter (where kind = 'refund'), 0)::bigint as refunded_fen,
          coalesce(sum(fen) filter (where kind not in ('deposit', 'opening', 'interest', 'use', 'refund')),
            0)::bigint as other_fen,
          coalesce(sum(fen) filter (where is_first), 0)::bigint as first_paid_fen
        from told group by estate_id, year, month),
    fresh_year as materialized (
      select estate_id, year, sum(deposited_fen)::bigint as deposited_fen,
          sum(interest_fen)::bigint as interest_fen, sum(used_fen)::bigint as used_fen,
          sum(refunded_fen)::bigint as refunded_fen, sum(other_fen)::bigint as other_fen,
          sum(first_paid_fen)::bigint as first_paid_fen
        from fresh_month group by estate_id, year),
    ${replaceRows("month", sql`estate_id, year, month`, ids)},
    ${replaceRows("year", sql`estate_id, year`, ids)}
    select (select count(*) from gone_month) + (select count(*) from written_month)
      + (select count(*) from gone_year) + (select count(*) from written_year) as changed`.execute(
    tx,
  );
  return (rows[0]?.changed ?? 0n) > 0n;
}

/** Takes out what is no more and writes what is new or other; a row that says the same is left alone. */
function replaceRows(
  period: "month" | "year",
  key: RawBuilder<unknown>,
  ids: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const table = sql.table(`estate_${period}`);
  const fresh = sql.table(`fresh_${period}`);
  return sql`
    ${sql.table(`gone_${period}`)} as (
      delete from ${table} where estate_id = any(${ids}) and (${key}) not in (select ${key} from ${fresh})
        returning 1),
    ${sql.table(`written_${period}`)} as (
      insert into ${table} as old (${key}, deposited_fen, interest_fen, used_fen, refunded_fen, other_fen,
          first_paid_fen)
        select * from ${fresh}
        on conflict (${key}) do update set
          (deposited_fen, interest_fen, used_fen, refunded_fen, other_fen, first_paid_fen) = row (
            excluded.deposited_fen, excluded.interest_fen, excluded.used_fen, excluded.refunded_fen,
            excluded.other_fen, excluded.first_paid_fen)
          where (old.deposited_fen, old.interest_fen, old.used_fen, old.refunded_fen, old.other_fen,
              old.first_paid_fen)
            is distinct from (excluded.deposited_fen, excluded.interest_fen, excluded.used_fen,
              excluded.refunded_fen, excluded.other_fen, excluded.first_paid_fen)
        returning 1)`;
}
