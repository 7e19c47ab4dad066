import { guardsCheck } from "../guards-check.ts";
import type { Check } from "../run-checks.ts";

const FIGURES = [
  "deposited_fen",
  "interest_fen",
  "used_fen",
  "refunded_fen",
  "other_fen",
  "first_paid_fen",
] as const;

/**
 * Sums the entries of each estate the slow way and finds the periods that its rows tell otherwise. An estate that moved
 * after it was read last is left out: its turn comes.
 */
function toldOtherwise(period: "year" | "month"): string {
  const written =
    period === "year"
      ? "lpad(t.year::text, 4, '0')"
      : "t.year || '-' || lpad(t.month::text, 2, '0')";
  return `with said as (
        select e.estate_id, to_char(j.book_date, '${period === "year" ? "YYYY" : "YYYY-MM"}') as period,
            coalesce(-sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) in ('deposit', 'opening')), 0)
              as deposited,
            coalesce(-sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) = 'interest'), 0) as interest,
            coalesce(sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) = 'use'), 0) as used,
            coalesce(sum(e.amount_fen) filter (where coalesce(o.kind, j.kind) = 'refund'), 0) as refunded,
            -sum(e.amount_fen) as moved, max(j.id) as journal_id
          from entry e join journal j on j.id = e.journal_id left join journal o on o.id = j.reverses
          where e.house_id is not null group by 1, 2),
      newest as (select estate_id, max(journal_id) as journal_id from said group by 1),
      told as (select t.*, ${written} as period from estate_${period} t),
      compared as (
        select coalesce(s.estate_id, t.estate_id) as estate_id, coalesce(s.period, t.period) as period,
            format('%s/%s/%s/%s/%s', t.deposited_fen, t.interest_fen, t.used_fen, t.refunded_fen, t.other_fen)
              as told,
            format('%s/%s/%s/%s/%s', s.deposited, s.interest, s.used, s.refunded,
              s.moved - s.deposited - s.interest + s.used + s.refunded) as should
          from said s full join told t on t.estate_id = s.estate_id and t.period = s.period)
      select estate.code || ' ' || c.period as what, 'told ' || c.told || ', entries say ' || c.should as why
        from compared c join estate on estate.id = c.estate_id
          join estate_now n on n.estate_id = c.estate_id
          left join newest on newest.estate_id = c.estate_id
        where c.told <> c.should and n.journal_id >= coalesce(newest.journal_id, 0)`;
}

/** What must be true of the figures for 公示, which are derived from entries (decision 0014), and of locked years. */
export const CITY_BOOK_CHECKS: readonly Check[] = [
  {
    name: "L15 the years of the city's book are what the entries of its estates say",
    query: toldOtherwise("year"),
  },
  {
    name: "L15 the months of the city's book are what the entries of its estates say",
    query: toldOtherwise("month"),
  },
  {
    name: "L15 the months of the city's book add up to its years",
    query: `with summed as (
        select estate_id, year, ${FIGURES.map((figure) => `sum(${figure}) as ${figure}`).join(", ")}
          from estate_month group by 1, 2)
      select estate.code || ' ' || coalesce(y.year, m.year) as what, 'its months say something else' as why
        from estate_year y full join summed m on m.estate_id = y.estate_id and m.year = y.year
          join estate on estate.id = coalesce(y.estate_id, m.estate_id)
        where (${FIGURES.map((figure) => `y.${figure}`).join(", ")})
          is distinct from (${FIGURES.map((figure) => `m.${figure}`).join(", ")})`,
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
