import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";
import type { ApplicationEventTable } from "#src/platform/database/tables.ts";

/** One step of an application: which, whereto, by whom. */
export interface ApplicationStep {
  noticeNo: string;
  toState: string;
  actorRole: ApplicationEventTable["actor_role"];
  actor: string;
  now: Date;
  /** What the applicant may read about it; never personal data. */
  remark?: string;
}

/**
 * Takes the application that stands behind a payment notice one step on. The database refuses a step that
 * the business does not name for the state it is in. An application that is already there stays as it is.
 */
export async function advanceByNotice(tx: Tx, step: ApplicationStep): Promise<void> {
  await sql`
    insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at, remark)
      select a.id, (select max(seq) + 1 from application_event where application_id = a.id), a.kind, a.state,
          ${step.toState}, ${step.actorRole}, ${step.actor}, ${step.now}, ${step.remark ?? ""}
        from application a
        where a.notice_no = ${step.noticeNo} and a.state <> ${step.toState}`.execute(tx);
}
