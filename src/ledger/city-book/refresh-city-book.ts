import { sql } from "kysely";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { refreshEstates } from "./refresh-estates.ts";

/** So many estates are written in one transaction: some tens of thousands of entries. */
const ESTATES_AT_ONCE = 20;
/** So many changed estates are caught up with in one turn; the rest waits for the next. */
const CHANGED_MAX = 400;
/** So many estates are looked at again in each turn, changed or not: the register changes without a journal. */
const OLDEST_MAX = 40;
/** No transaction that posts runs as long as this. */
const SETTLED_AFTER_MS = 10 * 60_000;
/** Held by whoever is at it; others leave it to him. */
const LOCK = 14_034;

/**
 * Brings the city's book up to date with the journals, outside the posting path (decision 0014): estates that moved
 * since the last turn, then those that were looked at longest ago. Answers with how many estates were written; 0 as
 * well when another process is at it. Meant to run again and again.
 */
export async function refreshCityBook(
  db: Db,
  now: Date,
  limits: { changedMax?: number; oldestMax?: number; waits?: boolean } = {},
): Promise<number> {
  const { changedMax = CHANGED_MAX, oldestMax = OLDEST_MAX, waits = false } = limits;
  return await db.connection().execute(async (connection) => {
    if (!(await holdLock(connection, waits))) return 0;
    try {
      return await takeTurn(connection, now, { changedMax, oldestMax });
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

async function holdLock(db: Db, waits: boolean): Promise<boolean> {
  if (waits) {
    await sql`select pg_advisory_lock(${LOCK})`.execute(db);
    return true;
  }
  const { rows } = await sql<{ is_held: boolean }>`
    select pg_try_advisory_lock(${LOCK}) as is_held`.execute(db);
  return rows[0]?.is_held === true;
}

async function takeTurn(
  db: Db,
  now: Date,
  { changedMax, oldestMax }: { changedMax: number; oldestMax: number },
): Promise<number> {
  const cursor = await readCursor(db);
  const isSettling = now.getTime() - cursor.seen_at.getTime() >= SETTLED_AFTER_MS;
  const changed = await findChanged(db, cursor.settled, { isSettling, limit: changedMax });
  const isBehind = changed.length === changedMax;
  const missing = await findMissing(db, changedMax);
  const oldest = await findOldest(db, oldestMax);
  const estateIds = [...new Set([...changed, ...missing, ...oldest])];
  let isChanged = false;
  for (let from = 0; from < estateIds.length; from += ESTATES_AT_ONCE) {
    const some = estateIds.slice(from, from + ESTATES_AT_ONCE);
    isChanged = (await refreshEstates(db, some, { now, today: shanghaiDate(now) })) || isChanged;
  }
  await moveCursor(db, now, { ...cursor, isChanged, isSettling: isSettling && !isBehind });
  return estateIds.length;
}

interface Cursor {
  settled: bigint;
  /** The newest journal at the beginning of this turn. */
  newest: bigint;
  seen_at: Date;
}

/** A book that nobody has begun starts with the newest journal: each of its estates is read as a whole anyway. */
async function readCursor(db: Db): Promise<Cursor> {
  const { rows } = await sql<Cursor>`
    select case when refreshed_at is null then newest.id else settled_journal_id end as settled,
        newest.id as newest, case when isfinite(seen_at) then seen_at else 'epoch' end as seen_at
      from city_book, (select coalesce(max(id), 0) as id from journal) newest`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("the city's book has lost its row");
  return row;
}

/**
 * Of two journals that are posted at the same moment the smaller number may be committed last, after its estate was
 * written: whoever settles looks at every estate again.
 */
async function findChanged(
  db: Db,
  settled: bigint,
  { isSettling, limit }: { isSettling: boolean; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ estate_id: number }>`
    select moved.estate_id from (
        select estate_id, max(journal_id) as journal_id from entry
          where journal_id > ${settled} and house_id is not null group by estate_id) moved
      left join estate_now known on known.estate_id = moved.estate_id
      where ${isSettling} or known.journal_id is null or known.journal_id < moved.journal_id
      order by known.refreshed_at nulls first limit ${limit}`.execute(db);
  return rows.map((row) => row.estate_id);
}

async function findMissing(db: Db, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from estate
      where not exists (select from estate_now known where known.estate_id = estate.id) limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

async function findOldest(db: Db, limit: number): Promise<number[]> {
  const { rows } = await sql<{ estate_id: number }>`
    select estate_id from estate_now order by refreshed_at limit ${limit}`.execute(db);
  return rows.map((row) => row.estate_id);
}

/** The cursor settles on what an earlier turn had seen, and sees what this turn began with. */
async function moveCursor(
  db: Db,
  now: Date,
  turn: Cursor & { isChanged: boolean; isSettling: boolean },
): Promise<void> {
  const { settled, newest, isChanged, isSettling } = turn;
  await sql`
    update city_book set refreshed_at = ${now}, mark = mark + ${isChanged ? 1 : 0},
      settled_journal_id = case when ${isSettling} then greatest(seen_journal_id, ${settled}::bigint)
        else ${settled}::bigint end,
      seen_journal_id = case when ${isSettling} then ${newest}::bigint else seen_journal_id end,
      seen_at = case when ${isSettling} then ${now} else seen_at end`.execute(db);
}

/** Brings every estate of the city up to date at once: after a bulk load, and before a year is prepared. */
export async function catchUpCityBook(db: Db, now: Date): Promise<void> {
  const everything = { changedMax: 2_000_000, oldestMax: 2_000_000, waits: true };
  await refreshCityBook(db, now, everything);
}
