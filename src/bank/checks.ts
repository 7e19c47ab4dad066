import { guardsCheck } from "#src/ledger/guards-check.ts";
import type { Check } from "#src/ledger/run-checks.ts";
import { STATEMENT_CHECKS } from "./statements/checks.ts";

/** What must be true of notices, vouchers and the bank's messages at any moment; the database enforces each as well. */
export const BANK_CHECKS: readonly Check[] = [
  {
    name: "L5 a payment notice is credited at most once, and only when it says so",
    query: `select n.no as what,
          n.state || ', deposit journals ' || count(j.id) || ', reversals ' || count(contra.id) as why
      from payment_notice n left join journal j on j.notice_no = n.no and j.kind = 'deposit'
        left join journal contra on contra.reverses = j.id
      group by n.no, n.state
      having count(j.id) <> case when n.state in ('paid', 'reversed') then 1 else 0 end
        or count(contra.id) <> case when n.state = 'reversed' then 1 else 0 end`,
  },
  {
    name: "L6 a bank reference confirms once",
    query: `select bank_code || ' ' || bank_ref as what, count(*)::text as why
      from bank_receipt group by bank_code, bank_ref having count(*) > 1`,
  },
  {
    name: "L7 what was credited is the amount of the notice, to the right house",
    query: `select j.notice_no as what, format('house %s: notice %s, credited %s', coalesce(p.house_id, e.house_id),
          coalesce(p.amount_fen, 0), coalesce(-e.amount_fen, 0)) as why
      from (select p.*, j.id as journal_id from payment_notice_part p
          join journal j on j.notice_no = p.notice_no and j.kind = 'deposit') p
        full join (select e.* from entry e join journal j on j.id = e.journal_id
          where j.kind = 'deposit' and j.notice_no is not null and e.house_id is not null) e
          on e.journal_id = p.journal_id and e.estate_id = p.estate_id and e.house_id = p.house_id
        join journal j on j.id = coalesce(p.journal_id, e.journal_id)
      where p.amount_fen is distinct from -e.amount_fen::bigint`,
  },
  {
    name: "L7 the houses of a batch are as many and ask as much as its notice",
    query: `select n.no as what, format('notice %s for %s houses, its houses are %s with %s', n.amount_fen,
          n.house_count, count(h.n), coalesce(sum(h.amount_fen), 0)) as why
      from payment_notice n left join payment_notice_house h on h.notice_no = n.no
      where n.house_id is null or h.n is not null
      group by n.no, n.amount_fen, n.house_count, n.house_id
      having n.house_id is not null or count(h.n) <> n.house_count
        or coalesce(sum(h.amount_fen), 0) <> n.amount_fen or bool_or(h.estate_id <> n.estate_id)`,
  },
  {
    name: "L7 every receipt has its journal of the same amount",
    query: `select r.bank_ref as what, 'receipt ' || r.amount_fen || ', journal ' || coalesce(sum(e.amount_fen), 0) as why
      from bank_receipt r left join entry e on e.journal_id = r.journal_id and e.account_code = '1001'
      group by r.id, r.bank_ref, r.amount_fen having coalesce(sum(e.amount_fen), 0) <> r.amount_fen`,
  },
  {
    name: "L7 every journal of a notice has the bank's receipt",
    query: `select j.id::text as what, j.kind || ' of notice ' || j.notice_no || ' without a receipt' as why
      from journal j left join bank_receipt r on r.journal_id = j.id
      where j.notice_no is not null and j.kind <> 'reversal' and (r.id is null or r.notice_no <> j.notice_no
        or r.outcome <> case j.kind when 'deposit' then 'credited' else 'suspense' end)`,
  },
  {
    name: "L4 what a house has reserved is what its open vouchers will take",
    query: `select coalesce(b.house_id, v.house_id)::text as what,
          format('reserved %s of it principal %s, vouchers take %s of it principal %s', coalesce(b.reserved_fen, 0),
            coalesce(b.reserved_principal_fen, 0), coalesce(v.amount, 0), coalesce(v.principal, 0)) as why
      from house_balance b full join (
          select estate_id, house_id, sum(amount_fen) as amount, sum(principal_fen) as principal
            from disbursement_voucher where state in ('issued', 'locked') group by estate_id, house_id) v
        using (estate_id, house_id)
      where coalesce(b.reserved_fen, 0) <> coalesce(v.amount, 0)
        or coalesce(b.reserved_principal_fen, 0) <> coalesce(v.principal, 0)`,
  },
  {
    name: "L5 a voucher says paid exactly when a bank's word stands for it",
    query: `select v.no as what, format('says "%s", disbursements %s', v.state, count(d.id)) as why
      from disbursement_voucher v left join bank_disbursement d on d.voucher_no = v.no
      group by v.no, v.state having (v.state = 'paid')::integer <> count(d.id)`,
  },
  {
    name: "L6 a bank reference is used once, whichever way the money went",
    query: `select bank_code || ' ' || bank_ref as what, count(*)::text as why from (
        select bank_code, bank_ref from bank_receipt
        union all select bank_code, bank_ref from bank_disbursement) used
      group by bank_code, bank_ref having count(*) > 1`,
  },
  {
    name: "L7 what was paid out is what the voucher says, from the right house and account",
    query: `select v.no as what, format('voucher %s/%s of the first deposit %s, journals %s/%s/%s, bank %s', v.principal_fen,
          v.interest_fen, v.first_deposit_fen, m.principal, m.interest, m.first_deposit, m.bank) as why
      from bank_disbursement d join disbursement_voucher v on v.no = d.voucher_no
        cross join lateral (
          select coalesce(sum(e.amount_fen) filter (where e.account_code = v.fund_code || '.01'
                and (e.estate_id, e.house_id) = (v.estate_id, v.house_id)), 0) as principal,
              coalesce(sum(e.amount_fen) filter (where e.account_code = v.fund_code || '.02'
                and (e.estate_id, e.house_id) = (v.estate_id, v.house_id)), 0) as interest,
              coalesce(sum(e.amount_fen) filter (where e.account_code = v.fund_code || '.01'
                and j.deposit_kind in ('00', '01', '04')), 0) as first_deposit,
              coalesce(-sum(e.amount_fen) filter (where e.account_code = '1001'
                and e.custody_account_id = v.custody_account_id), 0) as bank
            from journal j join entry e on e.journal_id = j.id
            where j.id in (d.journal_id, d.rest_journal_id) and j.kind = 'refund') m
      where d.amount_fen <> v.amount_fen
        or (m.principal, m.interest, m.first_deposit, m.bank)
          <> (v.principal_fen, v.interest_fen, v.first_deposit_fen, v.amount_fen)`,
  },
  {
    name: "L7 every refund in the ledger has a bank's word, and none is taken back",
    query: `select j.id::text as what, 'refund without a disbursement' as why
        from journal j left join bank_disbursement d on j.id in (d.journal_id, d.rest_journal_id)
        where j.kind = 'refund' and d.id is null
      union all
      select j.id::text, 'reverses refund ' || j.reverses
        from journal j join journal o on o.id = j.reverses where o.kind = 'refund'`,
  },
  guardsCheck("L8 the guards of notices and receipts are in place", [
    {
      table: "bank_receipt",
      triggers: [
        "bank_receipt_append_only",
        "bank_receipt_no_truncate",
        "bank_receipt_matches_journal",
        "bank_receipt_reference_once",
      ],
      refused: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "payment_notice",
      triggers: [
        "payment_notice_guarded",
        "payment_notice_kept",
        "payment_notice_paid_by_journal",
        "payment_notice_adds_up",
      ],
      refused: ["DELETE", "TRUNCATE"],
    },
    {
      table: "payment_notice_house",
      triggers: [
        "payment_notice_house_append_only",
        "payment_notice_house_no_truncate",
        "payment_notice_house_adds_up",
      ],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "journal",
      triggers: ["journal_of_notice_has_receipt", "journal_of_refund_has_disbursement"],
      refused: [],
    },
    {
      table: "bank_disbursement",
      triggers: [
        "bank_disbursement_append_only",
        "bank_disbursement_no_truncate",
        "bank_disbursement_matches_voucher",
        "bank_disbursement_reference_once",
      ],
      refused: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "disbursement_voucher",
      triggers: [
        "disbursement_voucher_guarded",
        "disbursement_voucher_kept",
        "disbursement_voucher_no_truncate",
        "disbursement_voucher_claimed",
        "disbursement_voucher_has_its_application",
        "disbursement_voucher_reserves",
        "disbursement_voucher_paid_by_bank",
      ],
      refused: ["INSERT", "DELETE", "TRUNCATE"],
    },
    { table: "house_balance", triggers: ["house_reserve_has_its_voucher"], refused: [] },
  ]),
  ...STATEMENT_CHECKS,
];
