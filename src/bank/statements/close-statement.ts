import { sql } from "kysely";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import {
  findStatement,
  type KeptStatement,
  loadWorksheet,
  type Worksheet,
} from "./load-worksheet.ts";
import { holdAccount } from "./receive-statement.ts";

/** Who closes which statement. */
export interface CloseAct {
  statementId: number;
  staffId: number;
  /** He looked at what was matched by day and amount alone. */
  hasLooked: boolean;
  audit: AuditContext;
  now: Date;
}

export type CloseOutcome =
  | { kind: "closed" }
  | { kind: "closed-already" }
  | { kind: "replaced" }
  /** Four eyes: he handed the file in, or wrote why something is carried over. */
  | { kind: "own-work" }
  /** So many differences have no word to them. */
  | { kind: "differs"; count: number }
  /** So many lines were matched by day and amount alone, and nobody said that he looked. */
  | { kind: "not-looked"; count: number }
  /** Money was booked into these days at this very moment. */
  | { kind: "moved" };

/**
 * Closes a statement: its matches and what is carried over are kept for ever, and its account agrees with the bank up to
 * its last day. Refused while a difference has no word to it. Everything is matched anew in the closing's own transaction;
 * the database holds order, four eyes, sums and that nothing is left open besides.
 */
export async function closeStatement(db: Db, act: CloseAct): Promise<CloseOutcome> {
  const found = await findStatement(db, act.statementId);
  if (found === null) return { kind: "replaced" };
  try {
    return await db.transaction().execute(async (tx) => await closeIn(tx, act, found.accountId));
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === MOVEMENT_LEFT_OPEN) return { kind: "moved" };
    throw error;
  }
}

async function closeIn(tx: Tx, act: CloseAct, accountId: number): Promise<CloseOutcome> {
  await holdAccount(tx, accountId);
  const statement = await findStatement(tx, act.statementId);
  if (statement === null || statement.isReplaced) return { kind: "replaced" };
  if (statement.closed !== null) return { kind: "closed-already" };
  const sheet = await loadWorksheet(tx, statement);
  const refusal = findRefusal(statement, sheet, act);
  if (refusal !== null) return refusal;
  await keepClosing(tx, statement, sheet, act);
  await recordAudit(tx, act.audit, `statement:${statement.id}`, "closed");
  return { kind: "closed" };
}

function findRefusal(
  statement: KeptStatement,
  { items, matches }: Worksheet,
  { staffId, hasLooked }: CloseAct,
): CloseOutcome | null {
  const silent = items.filter(({ note }) => note === null).length;
  if (silent > 0) return { kind: "differs", count: silent };
  const isOwn = statement.uploadedById === staffId;
  if (isOwn || items.some(({ note }) => note?.notedById === staffId)) return { kind: "own-work" };
  const loose = matches.filter(({ rule }) => rule === "day-amount").length;
  return loose > 0 && !hasLooked ? { kind: "not-looked", count: loose } : null;
}

async function keepClosing(
  tx: Tx,
  statement: KeptStatement,
  { items, matches }: Worksheet,
  { staffId, now }: CloseAct,
): Promise<void> {
  await tx
    .insertInto("statement_closing")
    .values({
      statement_id: statement.id,
      custody_account_id: statement.accountId,
      last_day: statement.lastDay,
      matched_count: matches.length,
      carried_count: items.length,
      closed_by: staffId,
      closed_at: now,
    })
    .execute();
  if (matches.length > 0) {
    await sql`insert into statement_match (statement_id, line_statement_id, line_seq, custody_account_id, journal_id, rule)
      select ${statement.id}::int, m.statement_id, m.seq, ${statement.accountId}::int, m.journal_id, m.rule
        from unnest(${matches.map(({ line }) => line.statementId)}::int[], ${matches.map(({ line }) => line.seq)}::int[],
          ${matches.map(({ movement }) => movement.journalId)}::bigint[], ${matches.map(({ rule }) => rule)}::text[])
          as m(statement_id, seq, journal_id, rule)`.execute(tx);
  }
  const noteIds = items.flatMap(({ note }) => (note === null ? [] : [note.id]));
  if (noteIds.length > 0) {
    await sql`insert into statement_carry (statement_id, note_id)
      select ${statement.id}::int, unnest(${noteIds}::bigint[])`.execute(tx);
  }
}

/** The database's word for a posting of these days that came while the statement was being closed. */
const MOVEMENT_LEFT_OPEN = "WX089";
