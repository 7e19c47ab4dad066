import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { readPeriodFigures } from "#src/ledger/period-figures.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { buildContent, readContent, type StatementContent, sealContent } from "./content.ts";
import { isOver, type Period } from "./rules.ts";

/** A locked statement, without what it says. */
export interface StatementHead {
  number: string;
  estateId: number;
  period: string;
  version: number;
  hash: string;
  lockedBy: string;
  institutionName: string;
  lockedAt: Date;
}

export interface Statement extends StatementHead {
  content: StatementContent;
}

/** Reckons what a statement of a period would say now, from one snapshot of the ledger. */
export async function reckonStatement(
  db: Db,
  estate: { estateId: number; code: string; name: string },
  period: Period,
): Promise<StatementContent> {
  return buildContent(estate, period, await readPeriodFigures(db, estate.estateId, period));
}

export type LockOutcome =
  | { kind: "locked"; number: string }
  | { kind: "not-over" }
  /** The last version says the very same: there is nothing new to post. */
  | { kind: "unchanged"; number: string }
  /** Somebody else locked the period at this moment. */
  | { kind: "locked-meanwhile" };

/**
 * Locks a period's statement as its next version. What is locked is reckoned in the transaction that keeps it, whatever
 * a page showed before; the database refuses a version that does not follow the last one.
 */
export async function lockStatement(
  db: Db,
  lock: {
    estate: { estateId: number; code: string; name: string };
    period: Period;
    institutionId: number;
    actor: string;
    audit: AuditContext;
    today: CalendarDate;
    now: Date;
  },
): Promise<LockOutcome> {
  if (!isOver(lock.period, lock.today)) return { kind: "not-over" };
  try {
    return await db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute((tx) => lockIn(tx, lock));
  } catch (error) {
    if (isTaken(error)) return { kind: "locked-meanwhile" };
    throw error;
  }
}

async function lockIn(tx: Tx, lock: Parameters<typeof lockStatement>[1]): Promise<LockOutcome> {
  const { estate, period } = lock;
  const last = await tx
    .selectFrom("estate_statement")
    .select(["number", "version", "content_hash"])
    .where("estate_id", "=", estate.estateId)
    .where("period", "=", period.code)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const { text, hash } = sealContent(await reckonStatement(tx, estate, period));
  if (last?.content_hash.equals(hash)) return { kind: "unchanged", number: last.number };
  const version = (last?.version ?? 0) + 1;
  const number = `${estate.code}-${period.code}-${version}`;
  await tx
    .insertInto("estate_statement")
    .values({
      number,
      estate_id: estate.estateId,
      period: period.code,
      starts_on: period.startsOn,
      ends_on: period.endsOn,
      version,
      content: text,
      content_hash: hash,
      institution_id: lock.institutionId,
      locked_by: lock.actor,
      locked_at: lock.now,
    })
    .execute();
  await recordAudit(tx, lock.audit, number, "locked");
  return { kind: "locked", number };
}

/** The same version was taken by another transaction. */
function isTaken(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "23505" || code === "WX030";
}

/** Lists the locked statements of an estate, the newest first. */
export async function listStatements(db: Db, estateId: number): Promise<StatementHead[]> {
  const rows = await selectHeads(db)
    .where("statement.estate_id", "=", estateId)
    .orderBy("statement.id", "desc")
    .execute();
  return rows.map(toHead);
}

/** Finds a locked statement with what it says; null for none of that number. */
export async function findStatement(db: Db, number: string): Promise<Statement | null> {
  const row = await selectHeads(db)
    .select("statement.content")
    .where("statement.number", "=", number)
    .executeTakeFirst();
  return row === undefined ? null : { ...toHead(row), content: readContent(row.content) };
}

/** Finds the version before a statement; null for the first. */
export async function findVersionBefore(db: Db, head: StatementHead): Promise<Statement | null> {
  if (head.version === 1) return null;
  return await findStatement(db, head.number.replace(/[0-9]+$/, `${head.version - 1}`));
}

function selectHeads(db: Db) {
  return db
    .selectFrom("estate_statement as statement")
    .innerJoin("institution", "institution.id", "statement.institution_id")
    .select(["statement.number", "statement.estate_id", "statement.period", "statement.version"])
    .select(["statement.content_hash", "statement.locked_by", "statement.locked_at"])
    .select("institution.name as institution_name");
}

function toHead(row: {
  number: string;
  estate_id: number;
  period: string;
  version: number;
  content_hash: Buffer;
  locked_by: string;
  locked_at: Date;
  institution_name: string;
}): StatementHead {
  return {
    number: row.number,
    estateId: row.estate_id,
    period: row.period,
    version: row.version,
    hash: row.content_hash.toString("hex"),
    lockedBy: row.locked_by,
    institutionName: row.institution_name,
    lockedAt: row.locked_at,
  };
}
