import { sql } from "kysely";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { refreshCityBook } from "../city-book/refresh-city-book.ts";
import { refreshEstates } from "../city-book/refresh-estates.ts";
import { findImbalance, sealYear, type YearContent } from "./content.ts";
import { reckonYear } from "./reckon-year.ts";

export type PrepareOutcome =
  | { kind: "prepared"; preparedYearId: bigint }
  /** Until the last day of a year is over money may still be booked into it. */
  | { kind: "not-over" }
  /** The last version says the very same. */
  | { kind: "unchanged"; version: number }
  /** The same figures are waiting already for somebody to lock them. */
  | { kind: "prepared-already" }
  /** Nothing can be told, or the book does not agree with the balances at this moment. */
  | { kind: "no-figures" };

/** Who acts, when, and under which policy. */
export interface YearAct {
  year: number;
  staffId: number;
  policy: DisclosurePolicy;
  audit: AuditContext;
  now: Date;
}

/** A city's year is summed and written as one text; a web request's time is too short for ten million houses. */
const TIME_LIMIT = "2min";

/**
 * Prepares the figures of a year that is over, so that somebody else can look at them and lock them. They are reckoned
 * in the transaction that keeps them, from a book that was held to the balances in the same snapshot.
 */
export async function prepareYear(db: Db, act: YearAct): Promise<PrepareOutcome> {
  if (act.year >= Number.parseInt(shanghaiDate(act.now).slice(0, 4), 10)) {
    return { kind: "not-over" };
  }
  return await inTurn(db, act.year, async (connection) => {
    await bringUpToDate(connection, act.now);
    return await prepareOnce(connection, act);
  });
}

/**
 * Lets preparations of one year follow each other, so that a later one finds what an earlier one wrote. A snapshot is
 * taken by a transaction's first statement, so the lock is held before it begins and given back after it has ended.
 */
async function inTurn<Answer>(
  db: Db,
  year: number,
  act: (connection: Db) => Promise<Answer>,
): Promise<Answer> {
  const key = sql`hashtextextended(${`prepared year ${year}`}, 0)`;
  return await db.connection().execute(async (connection) => {
    await connection.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(TIME_LIMIT)}`.execute(tx);
      await sql`select pg_advisory_lock(${key})`.execute(tx);
    });
    try {
      return await act(connection);
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}

async function prepareOnce(connection: Db, act: YearAct): Promise<PrepareOutcome> {
  return await connection
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const content = await reckonChecked(tx, act);
      if (content === null) return { kind: "no-figures" };
      const { text, hash } = sealYear(content);
      const locked = await findNewestLocked(tx, act.year);
      if (locked?.content_hash.equals(hash)) return { kind: "unchanged", version: locked.version };
      const waiting = await findNewestPrepared(tx, act.year);
      if (waiting?.content_hash.equals(hash) && waiting.id !== locked?.id) {
        return { kind: "prepared-already" };
      }
      const { id } = await tx
        .insertInto("prepared_year")
        .values({
          year: act.year,
          content: text,
          content_hash: hash,
          prepared_by: act.staffId,
          prepared_at: act.now,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await recordAudit(tx, act.audit, `${act.year}`, "prepared");
      return { kind: "prepared", preparedYearId: id };
    });
}

/**
 * Catches up with everything that was posted, and with every estate that differs from its balances. Whoever writes the
 * very same rows at this moment brings them up to date as well; whether they are is looked at in the year's snapshot.
 */
export async function bringUpToDate(db: Db, now: Date): Promise<void> {
  try {
    await refreshCityBook(db, now, { changedMax: EVERY_CHANGE, oldestMax: 0 });
    const differing = await listDiffering(db);
    await refreshEstates(db, differing, { now, today: shanghaiDate(now) });
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== SERIALIZATION_FAILURE) throw error;
  }
}

const SERIALIZATION_FAILURE = "40001";

const EVERY_CHANGE = 1_000_000;

/** Reckons a year, and answers null where book and balances differ or the year does not add up. */
export async function reckonChecked(
  tx: Tx,
  act: Pick<YearAct, "year" | "policy" | "now">,
): Promise<YearContent | null> {
  await sql`set local statement_timeout = ${sql.lit(TIME_LIMIT)}`.execute(tx);
  if ((await listDiffering(tx)).length > 0) return null;
  const content = await reckonYear(tx, act.year, {
    today: shanghaiDate(act.now),
    policy: act.policy,
  });
  return content !== null && findImbalance(content) === null ? content : null;
}

/** Estates whose years do not add up to what their houses hold. */
async function listDiffering(db: Db): Promise<number[]> {
  const { rows } = await sql<{ estate_id: number }>`
    select coalesce(held.estate_id, told.estate_id) as estate_id
      from (select estate_id, sum(principal_fen + interest_fen) as fen from house_balance group by 1) held
        full join (select estate_id,
            sum(deposited_fen + interest_fen - used_fen - refunded_fen + other_fen) as fen
          from estate_year group by 1) told using (estate_id)
      where coalesce(held.fen, 0) <> coalesce(told.fen, 0)`.execute(db);
  return rows.map((row) => row.estate_id);
}

/** Finds the newest locked version of a year. */
export async function findNewestLocked(db: Db, year: number) {
  return await db
    .selectFrom("locked_year as locked")
    .innerJoin("prepared_year as prepared", "prepared.id", "locked.prepared_year_id")
    .where("locked.year", "=", year)
    .select(["prepared.id", "prepared.content_hash", "locked.version"])
    .orderBy("locked.version", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Finds the newest preparation of a year, locked or not. */
export async function findNewestPrepared(db: Db, year: number) {
  return await db
    .selectFrom("prepared_year")
    .where("year", "=", year)
    .select(["id", "content_hash", "prepared_by"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}
