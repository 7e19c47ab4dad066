import { sql } from "kysely";
import { addDays, type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { readBeginning } from "./list-movements.ts";
import { type Statement, totalOf } from "./statement.ts";

/** A file that was read, and who hands it in. */
export interface StatementAct {
  statement: Statement;
  hash: Buffer;
  staffId: number;
  audit: AuditContext;
  now: Date;
}

export type ReceiveOutcome =
  | { kind: "received"; statementId: number }
  | { kind: "unknown-account" }
  /** The very same file waits already, or was closed. */
  | { kind: "same-file"; statementId: number }
  /** Its last day is still running, or to come: what it moves later could never be handed in. */
  | { kind: "not-over"; today: CalendarDate }
  /** The days between this file and the last closed one are missing, or told twice. */
  | { kind: "gap"; expectedDay: CalendarDate }
  /** A first file has to begin before the account's first movement. */
  | { kind: "begins-late"; firstMovementDay: CalendarDate }
  | { kind: "opening-differs"; expectedFen: Fen; isFirst: boolean };

/**
 * Keeps a statement file as the newest of its account, in the place of one that was never closed. It has to begin on the
 * day after the last closed one and with its closing balance; a first one with what was taken over.
 */
export async function receiveStatement(db: Db, act: StatementAct): Promise<ReceiveOutcome> {
  return await db.transaction().execute(async (tx) => {
    const account = await tx
      .selectFrom("custody_account")
      .where("bank_code", "=", act.statement.bankCode)
      .where("account_no", "=", act.statement.accountNo)
      .select("id")
      .executeTakeFirst();
    if (account === undefined) return { kind: "unknown-account" };
    await holdAccount(tx, account.id);
    const refusal = await findRefusal(tx, account.id, act);
    if (refusal !== null) return refusal;
    const statementId = await keepStatement(tx, account.id, act);
    await recordAudit(tx, act.audit, `statement:${statementId}`, "received");
    return { kind: "received", statementId };
  });
}

/** Lets files, notes and closings of one account follow each other. */
export async function holdAccount(tx: Tx, accountId: number): Promise<void> {
  const name = `reconciliation of ${accountId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}

async function findRefusal(
  tx: Tx,
  accountId: number,
  { statement, hash, now }: StatementAct,
): Promise<ReceiveOutcome | null> {
  const same = await findSameFile(tx, accountId, hash);
  if (same !== null) return { kind: "same-file", statementId: same };
  const today = shanghaiDate(now);
  if (statement.lastDay >= today) return { kind: "not-over", today };
  const last = await findLastClosed(tx, accountId);
  const isFirst = last === undefined;
  if (isFirst) {
    const { firstDay } = statement;
    const { takenOverFen, firstMovementDay } = await readBeginning(tx, { accountId, firstDay });
    if (firstMovementDay !== null && firstMovementDay < firstDay) {
      return { kind: "begins-late", firstMovementDay };
    }
    if (statement.openingFen === takenOverFen) return null;
    return { kind: "opening-differs", expectedFen: takenOverFen, isFirst };
  }
  const expectedDay = addDays(last.last_day, 1);
  if (statement.firstDay !== expectedDay) return { kind: "gap", expectedDay };
  if (statement.openingFen === last.closing_fen) return null;
  return { kind: "opening-differs", expectedFen: fen(last.closing_fen), isFirst };
}

/** Finds the last closed statement of an account. */
async function findLastClosed(db: Db, accountId: number) {
  return await db
    .selectFrom("statement_closing as closing")
    .innerJoin("bank_statement as statement", "statement.id", "closing.statement_id")
    .where("closing.custody_account_id", "=", accountId)
    .orderBy("closing.last_day", "desc")
    .select(["statement.id", "statement.last_day", "statement.closing_fen"])
    .limit(1)
    .executeTakeFirst();
}

/** A file that another has replaced may be handed in again. */
async function findSameFile(tx: Tx, accountId: number, hash: Buffer): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select s.id from bank_statement s left join statement_closing c on c.statement_id = s.id
      where s.custody_account_id = ${accountId} and s.content_hash = ${hash}
        and (c.statement_id is not null
          or s.id = (select max(id) from bank_statement where custody_account_id = ${accountId}))
      order by s.id desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

async function keepStatement(
  tx: Tx,
  accountId: number,
  { statement, hash, staffId, now }: StatementAct,
): Promise<number> {
  const { firstDay, lastDay, openingFen, closingFen, lines } = statement;
  const { id } = await tx
    .insertInto("bank_statement")
    .values({
      custody_account_id: accountId,
      first_day: firstDay,
      last_day: lastDay,
      line_count: lines.length,
      total_fen: totalOf(lines),
      opening_fen: openingFen,
      closing_fen: closingFen,
      content_hash: hash,
      uploaded_by: staffId,
      uploaded_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (lines.length === 0) return id;
  const column = <Value>(of: (line: (typeof lines)[number]) => Value) => lines.map(of);
  await sql`insert into bank_statement_line (statement_id, seq, bank_txn_no, request_id, notice_no, kind, amount_fen,
      at, value_date)
    select ${id}::int, line.* from unnest(${column((l) => l.seq)}::int[], ${column((l) => l.bankTxnNo)}::text[],
      ${column((l) => l.requestId)}::text[], ${column((l) => l.noticeNo)}::text[], ${column((l) => l.kind)}::text[],
      ${column((l) => l.amountFen)}::bigint[], ${column((l) => l.at)}::timestamptz[],
      ${column((l) => l.valueDate)}::date[]) as line`.execute(tx);
  return id;
}
