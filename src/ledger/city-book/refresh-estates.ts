import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { isCountedSql } from "../estate-figures.ts";
import { dueSql, standingKindSql } from "../house-standing-sql.ts";
import { writePeriods } from "./write-periods.ts";

/**
 * Writes the rows of some estates anew from entries, balances and register, in one snapshot, and answers whether any
 * of them changed. Doing it twice changes nothing: whoever is not sure whether an estate has moved does it again.
 */
export async function refreshEstates(
  db: Db,
  estateIds: readonly number[],
  at: { now: Date; today: CalendarDate },
): Promise<boolean> {
  if (estateIds.length === 0) return false;
  const settings = await getCitySettings(db, at.today);
  const triggerPercent = settings["top-up-trigger-percent"];
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const changes = [
        await writePeriods(tx, estateIds),
        await writeUses(tx, estateIds),
        await writeNow(tx, estateIds, { ...at, triggerPercent }),
      ];
      return changes.includes(true);
    });
}

/**
 * A use that was paid in several parts is told once. One of which a part was reversed is told by what stands; one that
 * was reversed as a whole is gone. A note in a form that nobody knows any more leaves the amount without its story.
 */
async function writeUses(tx: Tx, estateIds: readonly number[]): Promise<boolean> {
  const ids = listParameter("int", estateIds);
  const { rows } = await sql<{ changed: bigint }>`
    with told as (
      select e.estate_id, j.book_date, coalesce(j.note ->> 'projectName', '维修使用') as project_name,
          coalesce(j.note ->> 'scopeWords', '') as scope_words, min(j.id) as first_id,
          count(distinct e.house_id)::int as house_count, sum(e.amount_fen)::bigint as amount_fen
        from entry e join journal j on j.id = e.journal_id
        where e.estate_id = any(${ids}) and e.house_id is not null and j.kind = 'use'
          and not exists (select from journal contra where contra.reverses = j.id)
        group by 1, 2, 3, 4, j.note ->> 'totalFen', j.note ->> 'contractorName'),
    fresh as materialized (
      select estate_id, row_number() over (partition by estate_id order by book_date, first_id)::int as n,
          book_date, project_name, scope_words, house_count, amount_fen
        from told),
    gone as (
      delete from estate_use old where old.estate_id = any(${ids})
          and not exists (select from fresh where (fresh.estate_id, fresh.n) = (old.estate_id, old.n))
        returning 1),
    written as (
      insert into estate_use as old (estate_id, n, book_date, project_name, scope_words, house_count, amount_fen)
        select * from fresh
        on conflict (estate_id, n) do update set
          (book_date, project_name, scope_words, house_count, amount_fen) = row (excluded.book_date,
            excluded.project_name, excluded.scope_words, excluded.house_count, excluded.amount_fen)
          where (old.book_date, old.project_name, old.scope_words, old.house_count, old.amount_fen)
            is distinct from (excluded.book_date, excluded.project_name, excluded.scope_words,
              excluded.house_count, excluded.amount_fen)
        returning 1)
    select (select count(*) from gone) + (select count(*) from written) as changed`.execute(tx);
  return (rows[0]?.changed ?? 0n) > 0n;
}

/** When a row was refreshed is no change of it. */
async function writeNow(
  tx: Tx,
  estateIds: readonly number[],
  { now, triggerPercent }: { now: Date; triggerPercent: number },
): Promise<boolean> {
  const ids = listParameter("int", estateIds);
  const { rows } = await sql<{ changed: boolean | null }>`
    with standing as (
      select h.estate_id, h.status, h.area_hundredths, b.principal_fen, b.interest_fen, b.first_paid_fen,
          ${standingKindSql(triggerPercent)} as kind
        from house h
          left join deposit_standard s on s.id = h.standard_id
          left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
          cross join ${dueSql} due
        where h.estate_id = any(${ids}) and ${isCountedSql}),
    summed as (
      select estate_id, count(*)::int as house_count, sum(area_hundredths)::bigint as area_hundredths,
          coalesce(sum(principal_fen), 0)::bigint as principal_fen,
          coalesce(sum(interest_fen), 0)::bigint as interest_fen,
          coalesce(sum(first_paid_fen) filter (where status <> 'closed'), 0)::bigint as first_paid_fen,
          (count(*) filter (where kind in ('paid-in-full', 'below-trigger')))::int as paid_count,
          (count(*) filter (where kind = 'below-trigger'))::int as below_count,
          (count(*) filter (where kind = 'part-paid'))::int as part_paid_count,
          (count(*) filter (where kind = 'unpaid'))::int as unpaid_count
        from standing group by estate_id),
    booked as (
      select e.estate_id, max(j.book_date) as until, max(j.id) as journal_id
        from entry e join journal j on j.id = e.journal_id
        where e.estate_id = any(${ids}) and e.house_id is not null group by e.estate_id),
    fresh as (
      select estate.id as estate_id, coalesce(s.house_count, 0) as house_count,
          coalesce(s.area_hundredths, 0) as area_hundredths, coalesce(s.principal_fen, 0) as principal_fen,
          coalesce(s.interest_fen, 0) as interest_fen, coalesce(s.first_paid_fen, 0) as first_paid_fen,
          coalesce(s.paid_count, 0) as paid_count, coalesce(s.below_count, 0) as below_count,
          coalesce(s.part_paid_count, 0) as part_paid_count, coalesce(s.unpaid_count, 0) as unpaid_count,
          booked.until as booked_until, coalesce(booked.journal_id, 0) as journal_id
        from estate left join summed s on s.estate_id = estate.id
          left join booked on booked.estate_id = estate.id
        where estate.id = any(${ids})),
    compared as materialized (
      select (old.house_count, old.area_hundredths, old.principal_fen, old.interest_fen, old.first_paid_fen,
          old.paid_count, old.below_count, old.part_paid_count, old.unpaid_count, old.booked_until,
          old.journal_id)
        is distinct from (fresh.house_count, fresh.area_hundredths, fresh.principal_fen, fresh.interest_fen,
          fresh.first_paid_fen, fresh.paid_count, fresh.below_count, fresh.part_paid_count,
          fresh.unpaid_count, fresh.booked_until, fresh.journal_id) as is_changed
        from fresh left join estate_now old on old.estate_id = fresh.estate_id),
    written as (
      insert into estate_now (estate_id, house_count, area_hundredths, principal_fen, interest_fen,
          first_paid_fen, paid_count, below_count, part_paid_count, unpaid_count, booked_until, journal_id,
          refreshed_at)
        select fresh.*, ${now}::timestamptz from fresh
        on conflict (estate_id) do update set
          (house_count, area_hundredths, principal_fen, interest_fen, first_paid_fen, paid_count, below_count,
            part_paid_count, unpaid_count, booked_until, journal_id, refreshed_at) = row (excluded.house_count,
            excluded.area_hundredths, excluded.principal_fen, excluded.interest_fen, excluded.first_paid_fen,
            excluded.paid_count, excluded.below_count, excluded.part_paid_count, excluded.unpaid_count,
            excluded.booked_until, excluded.journal_id, excluded.refreshed_at))
    select bool_or(is_changed) as changed from compared`.execute(tx);
  return rows[0]?.changed ?? false;
}
