import { sql } from "kysely";
import { type CalendarDate, endOfShanghaiDay } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";

/** What narrows the trail down; null for what does not. */
export interface TrailFilter {
  event: string | null;
  /** `staff:reviewer-demo`, or the user name alone. */
  actor: string | null;
  subject: string | null;
  day: CalendarDate | null;
  /** Only entries older than this one: where the page before ended. */
  before: bigint | null;
}

/** One thing that was done, or read where reading is recorded. */
export interface TrailEntry {
  id: bigint;
  at: Date;
  event: string;
  actor: string;
  subject: string;
  outcome: string;
  requestId: string;
}

const PAGE_SIZE = 50;

/** Lists one page of the trail, the latest first, and tells where the next page begins. */
export async function listTrail(
  db: Db,
  filter: TrailFilter,
): Promise<{ entries: TrailEntry[]; next: bigint | null }> {
  let query = db
    .selectFrom("audit_event")
    .select(["id", "at", "event", "actor", "subject", "outcome", "request_id as requestId"])
    .orderBy("id", "desc")
    .limit(PAGE_SIZE + 1);
  if (filter.event !== null) query = query.where("event", "=", filter.event);
  if (filter.actor !== null) query = query.where("actor", "in", actorsMeant(filter.actor));
  if (filter.subject !== null) query = query.where("subject", "=", filter.subject);
  if (filter.before !== null) query = query.where("id", "<", filter.before);
  if (filter.day !== null) {
    const until = endOfShanghaiDay(filter.day);
    query = query
      .where("at", ">", new Date(until.getTime() - 24 * 3_600_000))
      .where("at", "<=", until);
  }
  const rows = await query.execute();
  const entries = rows.slice(0, PAGE_SIZE);
  return { entries, next: rows.length > PAGE_SIZE ? (entries.at(-1)?.id ?? null) : null };
}

/** A user name alone means the person, wherever he works. */
function actorsMeant(actor: string): string[] {
  return actor.includes(":") ? [actor] : [actor, `staff:${actor}`, `teller:${actor}`];
}

/** Lists the kinds of events that were ever recorded; each is found by one step in the index. */
export async function listTrailEvents(db: Db): Promise<string[]> {
  const { rows } = await sql<{ event: string }>`
    with recursive found (event) as (
      (select min(event) from audit_event)
      union all
      select (select min(e.event) from audit_event e where e.event > found.event)
        from found where found.event is not null)
    select event from found where event is not null`.execute(db);
  return rows.map(({ event }) => event);
}
