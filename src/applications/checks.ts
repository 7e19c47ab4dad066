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
