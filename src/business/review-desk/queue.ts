import { type RawBuilder, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { DEADLINE_BUCKETS, type DeadlineBucket } from "./deadlines.ts";
import { type DeskStage, REVIEW_ROLES } from "./desk-stages.ts";

export const QUEUE_PAGE_SIZE = 20;

/** Whose queue it is, and at which day. */
export interface QueueOf {
  stages: readonly DeskStage[];
  today: CalendarDate;
}

/** What narrows a queue down; null for what does not. */
export interface QueueFilter {
  due: DeadlineBucket | null;
  kind: string | null;
  district: string | null;
  since: CalendarDate | null;
  sort: QueueSort;
  page: number;
}

export type QueueSort = "promised" | "oldest" | "newest";

/** How many applications of a queue are in which bucket. */
export type QueueCounts = Readonly<Record<DeadlineBucket, number>>;

const BUCKET_CONDITIONS: Readonly<Record<DeadlineBucket, (today: string) => RawBuilder<unknown>>> =
  {
    overdue: (today) => sql`a.promised_on < ${today}::date`,
    today: (today) => sql`a.promised_on = ${today}::date`,
    within: (today) => sql`(a.promised_on > ${today}::date or a.promised_on is null)`,
  };

const ORDERS: Readonly<Record<QueueSort, RawBuilder<unknown>>> = {
  promised: sql`a.promised_on nulls last, a.created_at, a.id`,
  oldest: sql`a.created_at, a.id`,
  newest: sql`a.created_at desc, a.id desc`,
};

/** Counts a queue by how its applications stand to their promised day, all other filters applied. */
export async function countQueue(
  db: Db,
  of: QueueOf,
  filter: Omit<QueueFilter, "due" | "sort" | "page">,
): Promise<QueueCounts> {
  if (of.stages.length === 0) return { overdue: 0, today: 0, within: 0 };
  const counts = DEADLINE_BUCKETS.map(
    (bucket) =>
      sql`count(*) filter (where ${BUCKET_CONDITIONS[bucket](of.today)})::int as ${sql.ref(bucket)}`,
  );
  const { rows } = await sql<QueueCounts>`
    select ${sql.join(counts)} ${queueRows(of, { ...filter, due: null })}`.execute(db);
  return rows[0] ?? { overdue: 0, today: 0, within: 0 };
}

/** Lists the numbers of one page of a queue. */
export async function listQueue(db: Db, of: QueueOf, filter: QueueFilter): Promise<string[]> {
  if (of.stages.length === 0) return [];
  const { rows } = await sql<{ number: string }>`
    select a.number ${queueRows(of, filter)} order by ${ORDERS[filter.sort]}
      limit ${QUEUE_PAGE_SIZE} offset ${(filter.page - 1) * QUEUE_PAGE_SIZE}`.execute(db);
  return rows.map(({ number }) => number);
}

/** Lists the districts from which something waits in a queue. */
export async function listQueueDistricts(db: Db, of: QueueOf): Promise<string[]> {
  if (of.stages.length === 0) return [];
  const { rows } = await sql<{ name: string }>`
    select distinct e.district_name as name
      ${queueRows(of, { due: null, kind: null, district: null, since: null })}
        and e.district_name is not null order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Finds what to take next: the earliest promised of a queue that its reader may decide, so that nothing is
 * offered that he took on in another role; `after` is left out.
 */
export async function findNextInQueue(
  db: Db,
  of: QueueOf,
  reader: { actor: string; after: string | null },
): Promise<string | null> {
  if (of.stages.length === 0) return null;
  const all = { due: null, kind: null, district: null, since: null };
  const { rows } = await sql<{ number: string }>`
    select a.number ${queueRows(of, all)} and a.number <> ${reader.after ?? ""}
      and not exists (select from application_event mine
        where mine.application_id = a.id and mine.actor = ${reader.actor}
          and mine.actor_role in (${sql.join(REVIEW_ROLES)})
          and mine.actor_role <> stage.role)
      order by ${ORDERS.promised} limit 1`.execute(db);
  return rows[0]?.number ?? null;
}

/** From and where of a queue: applications in a stage of its reader, narrowed down. */
function queueRows(
  { stages, today }: QueueOf,
  filter: Omit<QueueFilter, "sort" | "page">,
): RawBuilder<unknown> {
  const pairs = stages.map(
    ({ descriptor, stage }) =>
      sql`(${descriptor.kind}::text, ${stage.state}::text, ${stage.role}::text)`,
  );
  const conditions = [sql`a.state <> ''`];
  if (filter.due !== null) conditions.push(BUCKET_CONDITIONS[filter.due](today));
  if (filter.kind !== null) conditions.push(sql`a.kind = ${filter.kind}`);
  if (filter.district !== null) conditions.push(sql`e.district_name = ${filter.district}`);
  if (filter.since !== null) {
    conditions.push(sql`a.created_at >= ${`${filter.since} 00:00:00+08`}::timestamptz`);
  }
  return sql`from (values ${sql.join(pairs)}) as stage (kind, state, role)
    join application a on a.kind = stage.kind and a.state = stage.state
    left join estate e on e.id = a.estate_id
    where ${sql.join(conditions, sql` and `)}`;
}

/** Something somebody decided, as his own list shows it. */
export interface OwnDecision {
  number: string;
  kind: string;
  fromState: string;
  toState: string;
  actorRole: string;
  at: Date;
  details: unknown;
  /** Where the application stands now. */
  state: string;
}

/** Lists what somebody decided since a moment, the latest first. */
export async function listOwnDecisions(
  db: Db,
  actor: string,
  span: { from: Date; until: Date },
): Promise<OwnDecision[]> {
  const { rows } = await sql<OwnDecision>`
    select a.number, a.kind, a.state, e.from_state as "fromState", e.to_state as "toState",
        e.actor_role as "actorRole", e.at, e.details
      from application_event e join application a on a.id = e.application_id
      where e.actor = ${actor} and e.at >= ${span.from} and e.at <= ${span.until}
        and e.actor_role in ('intake', 'reviewer', 'approver', 'finance')
      order by e.at desc limit 200`.execute(db);
  return rows;
}

/** Lists the applications of some houses that the desk knows about, the latest first. */
export async function listApplicationsOfHouses(
  db: Db,
  houses: readonly { estateId: number; houseId: bigint }[],
  kinds: readonly string[],
): Promise<string[]> {
  if (houses.length === 0 || kinds.length === 0) return [];
  const keys = houses.map(
    ({ estateId, houseId }) => sql`(${estateId}::int, ${houseId.toString()}::bigint)`,
  );
  const { rows } = await sql<{ number: string }>`
    select a.number from application a
      where (a.estate_id, a.house_id) in (${sql.join(keys)}) and a.kind in (${sql.join(kinds)})
      order by a.created_at desc, a.id desc limit ${QUEUE_PAGE_SIZE}`.execute(db);
  return rows.map(({ number }) => number);
}
