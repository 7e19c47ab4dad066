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

/** Finds several applications by their numbers, in the order of the numbers; unknown ones are left out. */
export async function findApplications(db: Db, numbers: readonly string[]): Promise<Application[]> {
  const found = await findAll(db, "number", numbers);
  const byNumber = new Map(found.map((application) => [application.number, application]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

async function findOne(
  db: Db,
  column: "number" | "submission_key",
  value: string,
): Promise<Application | null> {
  const [found] = await findAll(db, column, [value]);
  return found ?? null;
}

async function findAll(
  db: Db,
  column: "number" | "submission_key",
  values: readonly string[],
): Promise<Application[]> {
  if (values.length === 0) return [];
  const rows = await db
    .selectFrom("application")
    .selectAll()
    .where(column, "in", [...values])
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const events = await db
    .selectFrom("application_event")
    .select(["application_id", "seq", "from_state", "to_state", "actor_role", "actor", "at"])
    .select(["remark", "details"])
    .where("application_id", "in", ids)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({
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
    events: events
      .filter((event) => event.application_id === row.id)
      .map((event) => ({
        seq: event.seq,
        fromState: event.from_state,
        toState: event.to_state,
        actorRole: event.actor_role,
        actor: event.actor,
        at: event.at,
        remark: event.remark,
        details: event.details,
      })),
  }));
}
