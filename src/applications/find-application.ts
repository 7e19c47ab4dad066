import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";

/** One event of an application's timeline. */
export interface ApplicationEvent {
  seq: number;
  fromState: string;
  toState: string;
  actorRole: string;
  actor: string;
  at: Date;
  remark: string;
  /** What the step was decided by; for the fund centre's eyes. */
  details: unknown;
}

/** An application (业务单) with its timeline, oldest event first. */
export interface Application {
  id: bigint;
  number: string;
  kind: string;
  state: string;
  house: HouseKey | null;
  noticeNo: string | null;
  browserHash: Buffer;
  createdAt: Date;
  promisedOn: CalendarDate | null;
  events: readonly ApplicationEvent[];
}

/** Finds an application by its number. */
export async function findApplication(db: Db, number: string): Promise<Application | null> {
  return await findOne(db, "number", number);
}

/** Finds the application that a form made, so that a second submit of the form finds the first. */
export async function findApplicationBySubmission(
  db: Db,
  submissionKey: string,
): Promise<Application | null> {
  return await findOne(db, "submission_key", submissionKey);
}

async function findOne(
  db: Db,
  column: "number" | "submission_key",
  value: string,
): Promise<Application | null> {
  const row = await db
    .selectFrom("application")
    .selectAll()
    .where(column, "=", value)
    .executeTakeFirst();
  if (row === undefined) return null;
  const events = await db
    .selectFrom("application_event")
    .select(["seq", "from_state", "to_state", "actor_role", "actor", "at", "remark", "details"])
    .where("application_id", "=", row.id)
    .orderBy("seq")
    .execute();
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    house:
      row.estate_id === null || row.house_id === null
        ? null
        : { estateId: row.estate_id, houseId: row.house_id },
    noticeNo: row.notice_no,
    browserHash: row.browser_hash,
    createdAt: row.created_at,
    promisedOn: row.promised_on,
    events: events.map((event) => ({
      seq: event.seq,
      fromState: event.from_state,
      toState: event.to_state,
      actorRole: event.actor_role,
      actor: event.actor,
      at: event.at,
      remark: event.remark,
      details: event.details,
    })),
  };
}
