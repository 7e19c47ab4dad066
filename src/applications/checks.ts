import { guardsCheck } from "#src/ledger/guards-check.ts";
import type { Check } from "#src/ledger/run-checks.ts";

/** What must be true of applications and their timelines at any moment. */
export const APPLICATION_CHECKS: readonly Check[] = [
  {
    name: "C1 every step of every application is a named transition from where it stood",
    query: `select e.application_id::text as what, format('step %s: "%s" to "%s"', e.seq, e.from_state, e.to_state) as why
      from (select *, lag(to_state, 1, '') over (partition by application_id order by seq) as stood,
          lag(seq, 1, 0) over (partition by application_id order by seq) as before from application_event) e
        left join application_transition t using (kind, from_state, to_state, actor_role)
      where t.kind is null or e.stood <> e.from_state or e.seq <> e.before + 1`,
  },
  {
    name: "C2 the state of an application is the end of its timeline",
    query: `select a.number as what, format('says "%s", timeline says "%s"', a.state, e.to_state) as why
      from application a left join lateral (select to_state from application_event
        where application_id = a.id order by seq desc limit 1) e on true
      where a.state is distinct from e.to_state`,
  },
  {
    name: "C2 a deposit is settled exactly when its payment notice is paid",
    query: `select a.number as what, format('says "%s", notice says "%s"', a.state, n.state) as why
      from application a join payment_notice n on n.no = a.notice_no
      where a.kind in ('owner-deposit', 'batch-deposit') and (a.state = 'settled') <> (n.state = 'paid')`,
  },
  {
    name: "C2 an unrecorded house is on its way through the fund centre exactly when its notice is paid",
    query: `select a.number as what, format('says "%s", notice says "%s"', a.state, n.state) as why
      from application a join payment_notice n on n.no = a.notice_no
      where a.kind = 'unrecorded-deposit' and (n.state = 'paid') <> (a.state in
        ('to-verify', 'checked', 'correcting', 'verified', 'merged', 'rejected'))`,
  },
  {
    name: "C2 an unrecorded house is what its application says",
    query: `select a.number as what, format('says "%s", house %s is %s', a.state, h.code, h.status) as why
      from application a join house h on h.estate_id = a.estate_id and h.id = a.house_id
      where a.kind = 'unrecorded-deposit' and (h.status <> all (case
          when a.state in ('awaiting-payment', 'to-verify', 'checked', 'correcting') then array['provisional']
          -- closed once its money has gone back
          when a.state = 'rejected' then array[case when exists (select from house_balance b
              where b.estate_id = h.estate_id and b.house_id = h.id and b.principal_fen + b.interest_fen > 0)
            then 'provisional' else 'closed' end]
          when a.state = 'verified' then array['recorded', 'closed']
          when a.state = 'merged' then array['closed']
          else array['closed', 'recorded'] end)
        or (a.state = 'merged') <> (h.merged_into_house_id is not null))`,
  },
  {
    name: "C2 a refund and its vouchers tell one story",
    query: `select a.number as what, format('says "%s", open vouchers %s, paid %s, last %s', a.state, v.open, v.paid,
          coalesce(v.last, 'none')) as why
      from application a cross join lateral (
        select count(*) filter (where state in ('issued', 'locked')) as open,
            count(*) filter (where state = 'paid') as paid, (array_agg(state order by n desc))[1] as last
          from disbursement_voucher where application_id = a.id) v
      where a.kind = 'owner-refund' and (v.open <> (a.state = 'voucher-issued')::integer
        or v.paid <> (a.state = 'paid')::integer
        or a.state = 'voucher-expired' and v.last is distinct from 'expired')`,
  },
  {
    name: "C2 a voucher is for what its application claimed",
    query: `select v.no as what, 'no claim of application ' || v.application_id || ' is like it' as why
      from disbursement_voucher v where not exists (
        select from owner_refund_claim c join owner_refund r using (application_id)
          where c.application_id = v.application_id and (r.estate_id, r.house_id) = (v.estate_id, v.house_id)
            and (c.reason, c.principal_fen::bigint, c.interest_fen::bigint)
              = (v.reason, v.principal_fen::bigint, v.interest_fen::bigint)
            and (c.payee_name_cipher, c.payee_account_cipher, c.payee_bank_cipher)
              = (v.payee_name_cipher, v.payee_account_cipher, v.payee_bank_cipher))`,
  },
  {
    name: "C4 a house has one open refund at most",
    query: `select r.house_id::text as what, count(*) || ' open refunds' as why
        from owner_refund r join application a on a.id = r.application_id
        where is_refund_open(a.state) group by r.estate_id, r.house_id having count(*) > 1
      union all
      select a.number, format('is "%s", its record says %s', a.state,
          case r.is_open when true then 'open' when false then 'done' else 'nothing' end)
        from application a left join owner_refund r on r.application_id = a.id
        where a.kind = 'owner-refund' and r.is_open is distinct from is_refund_open(a.state)`,
  },
  {
    name: "C3 nobody decides on an application in two of the fund centre's roles",
    query: `select a.number as what, format('%s acted as %s', e.actor, string_agg(distinct e.actor_role, ', ')) as why
      from application_event e join application a on a.id = e.application_id
      where e.actor_role in ('intake', 'reviewer', 'approver', 'finance')
      group by a.number, e.actor having count(distinct e.actor_role) > 1`,
  },
  {
    name: "C2 an institution is what its registration says",
    query: `select a.number as what, format('says "%s", institution %s is %s', a.state, i.id, i.state) as why
      from institution i join application a on a.id = i.application_id
      where i.state <> all (case a.state when 'approved' then array['active', 'suspended', 'expired', 'closed']
        when 'rejected' then array['rejected'] when 'cancelled' then array['closed'] else array['pending'] end)
      union all
      select a.number, 'has no institution' from application a
        where a.kind like '%-registration' and not exists (select from institution where application_id = a.id)
      union all
      select i.id::text, format('works without an approved registration, as %s', i.state) from institution i
        left join application a on a.id = i.application_id and a.kind = i.kind || '-registration'
        where i.state in ('active', 'suspended', 'expired') and not i.is_demonstration
          and a.state is distinct from 'approved'`,
  },
  {
    name: "A2 whoever works has somebody who keeps the accounts",
    query: `select format('institution %s', i.id) as what, 'has no administrator who may sign in' as why
      from institution i where i.state not in ('rejected', 'closed') and not i.is_demonstration
        and exists (select from institution_user where institution_id = i.id)
        and not exists (select from institution_user u
          where u.institution_id = i.id and u.is_admin and not u.is_disabled)
      union all
      select 'the fund centre', 'has no administrator who may sign in'
        where exists (select from staff_member where not is_demonstration)
          and not exists (select from staff_member m join staff_role r on r.staff_id = m.id
            where r.role = 'admin' and not m.is_disabled)`,
  },
  {
    name: "C4 an estate has one property company and one committee at a time",
    query: `select b.estate_id::text as what, format('institutions %s and %s', i.id, o.institution_id) as why
      from institution i join institution_estate b on b.institution_id = i.id and b.ended_at is null,
        estate_bindings(i.kind, b.estate_id, b.starts_on, b.ends_on, i.id) o
      where i.state in ('active', 'suspended') and i.id < o.institution_id`,
  },
  guardsCheck("L8 the guards of applications and their timelines are in place", [
    {
      table: "application_event",
      triggers: [
        "application_event_advances",
        "application_event_four_eyes",
        "application_event_append_only",
        "application_event_no_truncate",
        "application_event_moves_institution",
      ],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "application",
      triggers: [
        "application_kept",
        "application_state_is_last_event",
        "application_has_its_voucher",
        "owner_refund_follows",
      ],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "owner_refund_claim",
      triggers: [
        "owner_refund_claim_append_only",
        "owner_refund_claim_no_truncate",
        "owner_refund_claim_in_turn",
      ],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "owner_refund",
      triggers: ["owner_refund_kept"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "institution",
      triggers: ["institution_may_work", "institution_begins_pending"],
      refused: ["DELETE", "TRUNCATE"],
    },
    {
      table: "institution_user",
      triggers: ["institution_user_leaves_an_admin", "institution_user_removed_leaves_an_admin"],
      refused: ["DELETE", "TRUNCATE"],
    },
    {
      table: "staff_member",
      triggers: ["staff_member_leaves_an_admin"],
      refused: ["DELETE", "TRUNCATE"],
    },
    { table: "staff_role", triggers: ["staff_role_leaves_an_admin"], refused: ["TRUNCATE"] },
    {
      table: "institution_estate",
      triggers: ["institution_estate_is_free"],
      refused: ["TRUNCATE"],
    },
    {
      table: "institution_registration",
      triggers: ["institution_registration_kept", "institution_registration_no_truncate"],
      refused: ["TRUNCATE"],
    },
    {
      table: "institution_event",
      triggers: ["institution_event_append_only", "institution_event_no_truncate"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "supporting_document",
      triggers: ["supporting_document_kept", "supporting_document_no_truncate"],
      refused: ["TRUNCATE"],
    },
  ]),
  {
    name: "U1 a supporting document that was handed in is one that somebody may rely on or wait for",
    query: `select d.id::text as what, format('%s, removed %s, handed in %s', state, removed_at, added_at) as why
      from supporting_document d where application_id is not null
        and ((removed_at is not null and removed_at < added_at)
          or (state = 'refused' and checked_at < added_at))`,
  },
];
