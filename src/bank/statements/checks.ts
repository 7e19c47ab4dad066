import { guardsCheck } from "#src/ledger/guards-check.ts";
import type { Check } from "#src/ledger/run-checks.ts";

/** What must be true of closed statements (decision 0017); the database enforces each as well. */
export const STATEMENT_CHECKS: readonly Check[] = [
  {
    name: "L17 a closed statement's balance is what was taken over, matched and carried",
    query: `with closed as (
        select c.statement_id, c.custody_account_id, c.last_day, s.closing_fen,
            first_value(s.opening_fen) over (partition by c.custody_account_id order by c.last_day) as taken_over,
            coalesce((select sum(e.amount_fen) from statement_match m
              left join bank_disbursement d on d.journal_id = m.journal_id
              join entry e on e.journal_id in (m.journal_id, d.rest_journal_id) and e.account_code = '1001'
                and e.custody_account_id = m.custody_account_id
              where m.statement_id = c.statement_id), 0) as matched,
            coalesce((select sum(l.amount_fen) from statement_carry x join statement_note n on n.id = x.note_id
              join bank_statement_line l on (l.statement_id, l.seq) = (n.line_statement_id, n.line_seq)
              where x.statement_id = c.statement_id), 0) as carried
          from statement_closing c join bank_statement s on s.id = c.statement_id),
      told as (select *, taken_over + sum(matched) over (partition by custody_account_id order by last_day) + carried
          as makes from closed)
      select 'statement ' || statement_id as what, format('the bank says %s, matched and carried make %s', closing_fen,
          makes) as why
        from told where makes <> closing_fen`,
  },
  {
    name: "L17 closed statements follow each other, each closed by another than its uploader",
    query: `with closed as (
        select s.*, c.closed_by, lag(s.last_day) over own as day_before, lag(s.closing_fen) over own as fen_before
          from statement_closing c join bank_statement s on s.id = c.statement_id
          window own as (partition by c.custody_account_id order by c.last_day))
      select 'statement ' || id as what, format('%s to %s, opens at %s, uploaded by %s, closed by %s', first_day, last_day,
          opening_fen, uploaded_by, closed_by) as why
        from closed where closed_by = uploaded_by or first_day <> day_before + 1 or opening_fen <> fen_before`,
  },
  {
    name: "L17 a first statement opens with what was taken over until its first day",
    query: `with first as (
        select distinct on (c.custody_account_id) c.custody_account_id, s.first_day, s.opening_fen
          from statement_closing c join bank_statement s on s.id = c.statement_id
          order by c.custody_account_id, c.last_day),
      taken as (select f.*, coalesce((select sum(b.amount_fen) from bank_movement b
          where b.custody_account_id = f.custody_account_id and b.kind = 'opening' and b.bank_day <= f.first_day), 0)
          as fen from first f)
      select 'account ' || custody_account_id as what, format('the first statement opens at %s, taken over were %s',
          opening_fen, fen) as why
        from taken where fen <> opening_fen`,
  },
  {
    name: "L17 what is settled is a pair whose sum is nothing",
    query: `select format('pair %s of statement %s', x.pair, x.statement_id) as what,
          format('%s items make %s', count(*), sum(coalesce(l.amount_fen, moved.fen))) as why
        from statement_settled x
          left join bank_statement_line l on (l.statement_id, l.seq) = (x.line_statement_id, x.line_seq)
          left join lateral (select sum(e.amount_fen) as fen from entry e where e.journal_id = x.journal_id
            and e.account_code = '1001' and e.custody_account_id = x.custody_account_id) moved on true
        group by x.statement_id, x.pair
        having count(*) <> 2 or sum(coalesce(l.amount_fen, moved.fen)) is distinct from 0`,
  },
  guardsCheck("L17 the guards of statements are in place", [
    ...[
      "bank_statement",
      "statement_closing",
      "statement_match",
      "statement_settled",
      "statement_carry",
    ].map((table) => ({
      table,
      triggers: [`${table}_append_only`, `${table}_no_truncate`],
      refused: ["UPDATE", "DELETE", "TRUNCATE"] as const,
    })),
    {
      table: "bank_statement_line",
      triggers: [
        "bank_statement_line_append_only",
        "bank_statement_line_no_truncate",
        "bank_statement_line_at_once",
      ],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "statement_note",
      triggers: ["statement_note_append_only", "statement_note_while_open"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "statement_closing",
      triggers: ["statement_closing_follows", "statement_closing_is_worked"],
      refused: [],
    },
    { table: "statement_match", triggers: ["statement_match_not_late"], refused: [] },
    { table: "statement_settled", triggers: ["statement_settled_not_late"], refused: [] },
    { table: "statement_carry", triggers: ["statement_carry_not_late"], refused: [] },
  ]),
];
