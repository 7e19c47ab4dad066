import { guardsCheck } from "../guards-check.ts";
import type { Check } from "../run-checks.ts";

/** What must be true of the figures for 公示, which are derived from entries (decision 0014), and of locked years. */
export const CITY_BOOK_CHECKS: readonly Check[] = [
  {
    name: "L15 the years of the city's book are what the entries of its estates say",
    // An estate that moved after it was read last is left out: its turn comes.
    query: `with said as (
        select e.estate_id, extract(year from j.book_date)::smallint as year,
            coalesce(-sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) in ('deposit', 'opening')), 0)
              as deposited,
            coalesce(-sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) = 'interest'), 0) as interest,
            coalesce(sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) = 'use'), 0) as used,
            coalesce(sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) = 'refund'), 0) as refunded,
            -sum(e.amount_fen) as moved, max(j.id) as journal_id
          from entry e join journal j on j.id = e.journal_id left join journal o on o.id = j.reverses
          where e.house_id is not null group by 1, 2),
      newest as (select estate_id, max(journal_id) as journal_id from said group by 1),
      compared as (
        select coalesce(s.estate_id, y.estate_id) as estate_id, coalesce(s.year, y.year) as year,
            format('%s/%s/%s/%s/%s', y.deposited_fen, y.interest_fen, y.used_fen, y.refunded_fen, y.other_fen)
              as told,
            format('%s/%s/%s/%s/%s', s.deposited, s.interest, s.used, s.refunded,
              s.moved - s.deposited - s.interest + s.used + s.refunded) as should
          from said s full join estate_year y on y.estate_id = s.estate_id and y.year = s.year)
      select estate.code || ' ' || c.year as what, 'told ' || c.told || ', entries say ' || c.should as why
        from compared c join estate on estate.id = c.estate_id
          join estate_now n on n.estate_id = c.estate_id
          left join newest on newest.estate_id = c.estate_id
        where c.told <> c.should and n.journal_id >= coalesce(newest.journal_id, 0)`,
  },
  {
    name: "L16 a locked year was prepared by one person and locked by another, version after version",
    query: `select l.year || '-' || l.version as what, 'prepared and locked by ' || l.locked_by as why
        from locked_year l join prepared_year p on p.id = l.prepared_year_id
        where l.locked_by = p.prepared_by or l.year <> p.year
      union all
      select year::text, 'versions have a gap' from locked_year
        group by year having max(version) <> count(*)
      union all
      select id::text, 'is not what was hashed' from prepared_year
        where content_hash <> sha256(convert_to(content, 'UTF8'))`,
  },
  guardsCheck("L16 the guards of locked years are in place", [
    {
      table: "prepared_year",
      triggers: ["prepared_year_append_only", "prepared_year_no_truncate"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "locked_year",
      triggers: ["locked_year_checked", "locked_year_append_only", "locked_year_no_truncate"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
  ]),
];
