import { CITY_BOOK_CHECKS } from "./city-book/checks.ts";
import { guardsCheck } from "./guards-check.ts";
import type { Check } from "./run-checks.ts";

/** What must be true of the ledger at any moment; the database enforces each as well (docs/accounts.md). */
export const LEDGER_CHECKS: readonly Check[] = [
  {
    name: "L1 every journal has two entries or more, without a gap, and sums to zero",
    query: `select j.id::text as what, count(e.n) || ' entries, sum ' || coalesce(sum(e.amount_fen), 0) as why
      from journal j left join entry e on e.journal_id = j.id
      group by j.id having count(e.n) < 2 or count(e.n) <> max(e.n) or coalesce(sum(e.amount_fen), 0) <> 0`,
  },
  {
    name: "L1 all entries together sum to zero",
    query: `select 'ledger' as what, sum(amount_fen)::text as why from entry having sum(amount_fen) <> 0`,
  },
  {
    name: "L2 each house's kept balance is the sum of its entries",
    query: `with recomputed as (
        select e.estate_id, e.house_id,
            coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.01'), 0) as principal,
            coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.02'), 0) as interest,
            coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.01'
              and j.deposit_kind in ('00', '01', '04')), 0) as first_paid
          from entry e join journal j on j.id = e.journal_id where e.house_id is not null
          group by e.estate_id, e.house_id)
      select coalesce(r.house_id, b.house_id)::text as what,
          format('kept %s/%s/%s, entries say %s/%s/%s', b.principal_fen, b.interest_fen, b.first_paid_fen,
            r.principal, r.interest, r.first_paid) as why
        from recomputed r full join house_balance b using (estate_id, house_id)
        where coalesce(b.principal_fen, 0) <> coalesce(r.principal, 0)
          or coalesce(b.interest_fen, 0) <> coalesce(r.interest, 0)
          or coalesce(b.first_paid_fen, 0) <> coalesce(r.first_paid, 0)`,
  },
  {
    name: "L2 every entry names the house or the custody account that its account is kept by",
    query: `select e.journal_id::text as what, format('entry %s on %s', e.n, e.account_code) as why
      from entry e join ledger_account a on a.code = e.account_code
      where a.is_per_house <> (e.house_id is not null)
        or a.is_per_custody_account <> (e.custody_account_id is not null)`,
  },
  {
    name: "L3 house ledgers, suspense and undistributed gain together are what the bank holds",
    query: `select 'all custody accounts' as what, 'bank ' || bank || ', claims ' || claims as why from (
        select coalesce(sum(amount_fen) filter (where account_code = '1001'), 0) as bank,
            coalesce(-sum(amount_fen) filter (where account_code <> '1001'), 0) as claims from entry) t
        where bank <> claims
      union all
      select 'all houses', 'kept ' || kept || ', 3001 and 3002 say ' || control from (
        select (select coalesce(sum(principal_fen + interest_fen), 0) from house_balance) as kept,
            (select coalesce(-sum(amount_fen), 0) from entry where account_code like '300%') as control) t
        where kept <> control
      union all
      select 'custody account ' || custody_account_id, 'overdrawn: ' || sum(amount_fen)
        from entry where account_code = '1001' group by custody_account_id having sum(amount_fen) < 0`,
  },
  {
    name: "L3 a house's money lies in the fund of its nature",
    query: `select h.code as what, h.house_nature || ', holds ' || -sum(e.amount_fen) || ' in '
          || left(e.account_code, 4) as why
      from entry e join house h on h.estate_id = e.estate_id and h.id = e.house_id
      group by h.code, h.house_nature, left(e.account_code, 4)
      having sum(e.amount_fen) <> 0
        and left(e.account_code, 4) <> case h.house_nature when 'reform' then '3002' else '3001' end`,
  },
  {
    name: "L4 no house is below zero, nothing is reserved beyond its balance",
    query: `select house_id::text as what, format('%s/%s/%s', principal_fen, interest_fen, reserved_fen) as why
      from house_balance where principal_fen < 0 or interest_fen < 0
        or reserved_fen < 0 or reserved_fen > principal_fen + interest_fen
        or reserved_principal_fen not between 0 and principal_fen
        or reserved_fen - reserved_principal_fen not between 0 and interest_fen`,
  },
  guardsCheck("L8 the guards of the ledger and of the audit trail are in place", [
    {
      table: "journal",
      triggers: ["journal_append_only", "journal_no_truncate", "journal_not_empty"],
      refused: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "entry",
      triggers: ["entry_append_only", "entry_no_truncate", "entry_balanced"],
      refused: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "house_balance",
      triggers: [],
      refused: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "audit_event",
      triggers: ["audit_event_append_only", "audit_event_no_truncate"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
  ]),
  {
    name: "L9 a reversal negates its original exactly, once, and is not reversed",
    query: `select id::text as what, 'reverses nothing, or is no reversal' as why
        from journal where (kind = 'reversal') <> (reverses is not null)
      union all
      select r.id::text, 'does not negate ' || r.reverses
      from journal r join journal o on o.id = r.reverses
      where o.kind = 'reversal'
        or (r.deposit_kind, r.notice_no, r.value_date)
          is distinct from (o.deposit_kind, o.notice_no, o.value_date)
        or exists (select from journal other where other.reverses = o.id and other.id <> r.id)
        or exists (
        select from (select * from entry where journal_id = o.id) a
          full join (select * from entry where journal_id = r.id) b on a.n = b.n
          where a.amount_fen is distinct from -b.amount_fen or a.account_code is distinct from b.account_code
            or a.house_id is distinct from b.house_id or a.estate_id is distinct from b.estate_id
            or a.custody_account_id is distinct from b.custody_account_id)`,
  },
  {
    name: "L14 a merged house is closed, holds nothing, and its money went where it says",
    query: `select h.code as what, 'was merged, status ' || h.status || ', holds ' || coalesce(b.principal_fen
            + b.interest_fen, 0) || ', of the first deposit ' || coalesce(b.first_paid_fen, 0) as why
        from house h left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
        where h.merged_into_house_id is not null and (h.status <> 'closed'
          or coalesce(b.principal_fen + b.interest_fen + b.first_paid_fen, 0) <> 0)
      union all
      select j.id::text, 'moves money between houses that were not merged' from journal j
        where j.kind = 'house-merge' and not is_merging(j.id)`,
  },
  guardsCheck("L14 the guards of merged houses are in place", [
    {
      table: "house",
      triggers: ["house_stays_merged", "house_merged_is_empty", "house_keeps_its_fund"],
      refused: ["DELETE", "TRUNCATE"],
    },
    { table: "journal", triggers: ["journal_of_merging_has_houses"], refused: [] },
  ]),
  {
    name: "L13 every amount is whole fen within range",
    query: `select journal_id::text as what, amount_fen::text as why from entry
      where amount_fen not between -900000000000000 and 900000000000000 or amount_fen = 0`,
  },
  ...CITY_BOOK_CHECKS,
];
