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
      where a.kind = 'owner-deposit' and (a.state = 'settled') <> (n.state = 'paid')`,
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
          when a.state in ('awaiting-payment', 'to-verify', 'checked', 'correcting', 'rejected')
            then array['provisional']
          when a.state = 'verified' then array['recorded', 'closed']
          when a.state = 'merged' then array['closed']
          else array['closed', 'recorded'] end)
        or (a.state = 'merged') <> (h.merged_into_house_id is not null))`,
  },
  guardsCheck("L8 the guards of applications and their timelines are in place", [
    {
      table: "application_event",
      triggers: [
        "application_event_advances",
        "application_event_append_only",
        "application_event_no_truncate",
      ],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
    {
      table: "application",
      triggers: ["application_kept", "application_state_is_last_event"],
      refused: ["UPDATE", "DELETE", "TRUNCATE"],
    },
  ]),
];
