import { sql } from "kysely";
import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addWorkingDays } from "#src/kernel/working-days.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { ApplicationEventTable } from "#src/platform/database/tables/applications.ts";
import { getCalendarExceptions } from "#src/register/work-calendar.ts";
import type { ApplicationDescriptor } from "./descriptor.ts";
import { type NoticeSms, noticeSms, queueNoticeSms } from "./notice-sms.ts";
import type { ReviewStage } from "./review-descriptor.ts";

/** One step of an application: whereto, by whom. */
export interface ApplicationStep {
  toState: string;
  actorRole: ApplicationEventTable["actor_role"];
  actor: string;
  now: Date;
  /** What the applicant may read about it; never personal data. */
  remark?: string;
  /** What it was decided by, for the fund centre: ticks, amount seen, hashes of documents. */
  details?: object;
}

/**
 * Takes an application one step on and promises the day by which the next step of ours is done. The
 * database refuses a step that the business does not name for the state it is in (WX008: somebody else
 * took a step meanwhile; WX015: the same person in two roles).
 */
export async function advanceApplication(
  tx: Tx,
  target: {
    application: { id: bigint; kind: string; state: string };
    descriptor: ApplicationDescriptor;
  },
  step: ApplicationStep,
): Promise<void> {
  const { application, descriptor } = target;
  const id = application.id.toString();
  await sql`
    insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at,
        remark, details, promised_on)
      select ${id}::bigint, max(seq) + 1, ${application.kind}, ${application.state}, ${step.toState},
          ${step.actorRole}, ${step.actor}, ${step.now}, ${step.remark ?? ""},
          ${JSON.stringify(step.details ?? {})}::jsonb,
          ${await promisedDay(tx, descriptor.review?.stages ?? [], step.toState, step.now)}::date
        from application_event where application_id = ${id}::bigint`.execute(tx);
  const words = descriptor.smsWords?.[step.toState];
  // What he did himself he knows.
  if (words !== undefined && step.actorRole !== "applicant") {
    await queueNoticeSms(tx, application.id, words, step.now);
  }
}

/** A step as the function advance_by_notice takes it. */
export interface NoticeStep {
  toState: string;
  promisedOn: CalendarDate | null;
  sms: NoticeSms | null;
}

/** Writes a step of a business down for the database: with the day that is promised and what the applicant is told. */
export async function noticeStep(
  db: Db,
  descriptor: ApplicationDescriptor,
  toState: string,
  now: Date,
): Promise<NoticeStep> {
  const words = descriptor.smsWords?.[toState];
  return {
    toState,
    promisedOn: await promisedDay(db, descriptor.review?.stages ?? [], toState, now),
    sms: words === undefined ? null : noticeSms(words, now),
  };
}

/**
 * Takes the application that stands behind a payment notice one step on, which is never the applicant's own. An
 * application that is already there stays as it is.
 */
export async function advanceByNotice(
  tx: Tx,
  target: { noticeNo: string; descriptor: ApplicationDescriptor },
  step: ApplicationStep & { actorRole: "bank" | "system" },
): Promise<void> {
  const { toState, now } = step;
  const taken = await noticeStep(tx, target.descriptor, toState, now);
  await sql`select advance_by_notice(${target.noticeNo}, ${JSON.stringify(taken)}::jsonb, ${step.actorRole},
    ${step.actor}, ${now}::timestamptz, ${step.remark ?? ""})`.execute(tx);
}

/** The day by which the fund centre is done with a state, in working days; null where it has nothing to do. */
export async function promisedDay(
  db: Db,
  stages: readonly ReviewStage[],
  state: string,
  now: Date,
): Promise<CalendarDate | null> {
  const stage = stages.find((one) => one.state === state);
  if (stage === undefined) return null;
  const today = shanghaiDate(now);
  return addWorkingDays(today, stage.workingDays, await getCalendarExceptions(db, today));
}
