import { guardsCheck } from "#src/ledger/guards-check.ts";
import type { Check } from "#src/ledger/run-checks.ts";

/** What must be true of notices and receipts at any moment; the database enforces each as well. */
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
    query: `select n.no as what, 'notice ' || n.amount_fen || ', credited ' || coalesce(sum(-e.amount_fen), 0) as why
      from payment_notice n join journal j on j.notice_no = n.no and j.kind = 'deposit'
        left join entry e on e.journal_id = j.id and e.estate_id = n.estate_id and e.house_id = n.house_id
      group by n.no, n.amount_fen having coalesce(sum(-e.amount_fen), 0) <> n.amount_fen`,
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
  guardsCheck("L8 the guards of notices and receipts are in place", [
    {
      table: "bank_receipt",
      triggers: [
        "bank_receipt_append_only",
        "bank_receipt_no_truncate",
        "bank_receipt_matches_journal",
      ],
      refused: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "payment_notice",
      triggers: ["payment_notice_guarded", "payment_notice_kept", "payment_notice_paid_by_journal"],
      refused: ["DELETE", "TRUNCATE"],
    },
    { table: "journal", triggers: ["journal_of_notice_has_receipt"], refused: [] },
  ]),
];
