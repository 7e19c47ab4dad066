import { sql } from "kysely";
import type { Fen } from "#src/kernel/money.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { type BalanceBridge, bridgeBalances } from "./bridge-balances.ts";
import { digestOf } from "./digest-worksheet.ts";
import { readBookBalance } from "./list-movements.ts";
import {
  findStatement,
  type KeptStatement,
  loadWorksheet,
  type Worksheet,
} from "./load-worksheet.ts";
import type { SettledPair } from "./open-item.ts";
import { holdAccount } from "./receive-statement.ts";

/** Who closes which statement. */
export interface CloseAct {
  statementId: number;
  staffId: number;
  /** He looked at what was matched by day and amount alone. */
  hasLooked: boolean;
  /** What he saw, as `digestOf` names it. */
  seen: string;
  audit: AuditContext;
  now: Date;
}

export type CloseOutcome =
  | { kind: "closed" }
  | { kind: "closed-already" }
  | { kind: "replaced" }
  /** Four eyes: he handed the file in, or wrote why something is carried over. */
  | { kind: "own-work" }
  /** Matches, differences or notes are not those that he saw. */
  | { kind: "changed" }
  /** The balances do not come together: something older than the statement is amiss. */
  | { kind: "bridge-differs"; adjustedFen: Fen; bookFen: Fen }
  /** So many differences have no word to them. */
  | { kind: "differs"; count: number }
  /** So many lines were matched by day and amount alone, and nobody said that he looked. */
  | { kind: "not-looked"; count: number }
  /** Money was booked into these days at this very moment. */
  | { kind: "moved" };

/**
 * Closes a statement: its matches and what is carried over are kept for ever, and its account agrees with the bank up to
 * its last day. Refused while a difference has no word to it, while the
 * balances do not come together, and when it is not what the closer saw. Everything is matched anew in the closing's own transaction;
 * the database holds order, four eyes, sums and that nothing is left open besides.
 */
export async function closeStatement(db: Db, act: CloseAct): Promise<CloseOutcome> {
  const found = await findStatement(db, act.statementId);
  if (found === null) return { kind: "replaced" };
  try {
    return await db.transaction().execute(async (tx) => await closeIn(tx, act, found.accountId));
  } catch (error) {
    if (BOOKED_MEANWHILE.has((error as { code?: unknown } | null)?.code)) return { kind: "moved" };
    throw error;
  }
}

async function closeIn(tx: Tx, act: CloseAct, accountId: number): Promise<CloseOutcome> {
  await holdAccount(tx, accountId);
  const statement = await findStatement(tx, act.statementId);
  if (statement === null || statement.isReplaced) return { kind: "replaced" };
  if (statement.closed !== null) return { kind: "closed-already" };
  const sheet = await loadWorksheet(tx, statement);
  const bookFen = await readBookBalance(tx, { accountId, day: statement.lastDay });
  const refusal =
    findRefusal(statement, sheet, act) ??
    judgeBridge(bridgeBalances(sheet, { ...statement, bookFen })) ??
    judgeLook(sheet, act);
  if (refusal !== null) return refusal;
  await keepClosing(tx, statement, sheet, act);
  await recordAudit(tx, act.audit, `statement:${statement.id}`, "closed");
  return { kind: "closed" };
}

function findRefusal(
  statement: KeptStatement,
  sheet: Worksheet,
  { staffId, seen }: CloseAct,
): CloseOutcome | null {
  const { items } = sheet;
  const silent = items.filter(({ note }) => note === null).length;
  if (silent > 0) return { kind: "differs", count: silent };
  const isOwn = statement.uploadedById === staffId;
  if (isOwn || items.some(({ note }) => note?.notedById === staffId)) return { kind: "own-work" };
  return digestOf(sheet) === seen ? null : { kind: "changed" };
}

function judgeBridge({ adjustedFen, bookFen }: BalanceBridge): CloseOutcome | null {
  return adjustedFen === bookFen ? null : { kind: "bridge-differs", adjustedFen, bookFen };
}

function judgeLook({ matches }: Worksheet, { hasLooked }: CloseAct): CloseOutcome | null {
  const loose = matches.filter(({ rule }) => rule === "day-amount").length;
  return loose > 0 && !hasLooked ? { kind: "not-looked", count: loose } : null;
}

async function keepClosing(
  tx: Tx,
  statement: KeptStatement,
  { items, matches, settled }: Worksheet,
  { staffId, now }: CloseAct,
): Promise<void> {
  await tx
    .insertInto("statement_closing")
    .values({
      statement_id: statement.id,
      custody_account_id: statement.accountId,
      last_day: statement.lastDay,
      matched_count: matches.length,
      settled_count: settled.length,
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
  await keepSettled(tx, statement, settled);
  const noteIds = items.flatMap(({ note }) => (note === null ? [] : [note.id]));
  if (noteIds.length > 0) {
    await sql`insert into statement_carry (statement_id, note_id)
      select ${statement.id}::int, unnest(${noteIds}::bigint[])`.execute(tx);
  }
}

async function keepSettled(
  tx: Tx,
  statement: KeptStatement,
  settled: readonly SettledPair[],
): Promise<void> {
  if (settled.length === 0) return;
  const rows = settled.flatMap((one, at): SettledRow[] =>
    one.side === "bank"
      ? one.pair.map((line) => ({ pair: at + 1, file: line.statementId, seq: line.seq, id: null }))
      : one.pair.map(({ journalId }) => ({ pair: at + 1, file: null, seq: null, id: journalId })),
  );
  await sql`insert into statement_settled (statement_id, pair, custody_account_id, line_statement_id, line_seq, journal_id)
    select ${statement.id}::int, m.pair, ${statement.accountId}::int, m.file, m.seq, m.journal_id
      from unnest(${rows.map(({ pair }) => pair)}::int[], ${rows.map(({ file }) => file)}::int[],
        ${rows.map(({ seq }) => seq)}::int[], ${rows.map(({ id }) => id)}::bigint[]) as m(pair, file, seq, journal_id)`.execute(
    tx,
  );
}

interface SettledRow {
  pair: number;
  file: number | null;
  seq: number | null;
  id: bigint | null;
}

/** The database's words for a posting of these days, or of before, that came while the statement was being closed. */
const BOOKED_MEANWHILE = new Set<unknown>(["WX089", "WX090"]);
