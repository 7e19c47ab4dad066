import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Movement } from "./open-item.ts";

interface MovementRow {
  journal_id: bigint;
  kind: string;
  bank_day: CalendarDate;
  amount_fen: bigint;
  bank_ref: string | null;
  notice_no: string | null;
  reverses: bigint | null;
}

/**
 * Lists what the ledger knows of money at a bank and no closed statement has matched or settled, in the bank's order. What was taken
 * over (opening) by `firstDay` or by the first day of the account's first closed statement is not among it: that is the
 * opening balance of the first file.
 */
export async function listOpenMovements(
  db: Db,
  { accountId, firstDay }: { accountId: number; firstDay: CalendarDate },
): Promise<Movement[]> {
  const { rows } = await sql<MovementRow>`
    select journal_id, kind, bank_day, amount_fen, bank_ref, notice_no, reverses from bank_movement b
      where custody_account_id = ${accountId}
        and not (kind = 'opening' and bank_day <= coalesce(first_opening_day(${accountId}), ${firstDay}::date))
        and not exists (select from statement_match m
          where m.custody_account_id = b.custody_account_id and m.journal_id = b.journal_id)
        and not exists (select from statement_settled x
          where x.custody_account_id = b.custody_account_id and x.journal_id = b.journal_id)
      order by bank_day, journal_id`.execute(db);
  return rows.map(toMovement);
}

/** Lists everything that an account moved within some days, matched or not, in the bank's order. */
export async function listMovements(
  db: Db,
  span: { accountId: number; firstDay: CalendarDate; lastDay: CalendarDate },
): Promise<Movement[]> {
  const { rows } = await sql<MovementRow>`
    select journal_id, kind, bank_day, amount_fen, bank_ref, notice_no, reverses from bank_movement
      where custody_account_id = ${span.accountId} and kind <> 'opening'
        and bank_day between ${span.firstDay} and ${span.lastDay}
      order by bank_day, journal_id`.execute(db);
  return rows.map(toMovement);
}

function toMovement(row: MovementRow): Movement {
  return {
    journalId: row.journal_id,
    kind: row.kind,
    day: row.bank_day,
    amountFen: fen(row.amount_fen),
    bankRef: row.bank_ref,
    noticeNo: row.notice_no,
    reverses: row.reverses,
  };
}

/** What a first statement has to begin with: the balance that was taken over, the account's first movement of its own, and how many there are. */
export async function readBeginning(
  db: Db,
  { accountId, firstDay }: { accountId: number; firstDay: CalendarDate },
): Promise<{ takenOverFen: Fen; firstMovementDay: CalendarDate | null; movementCount: number }> {
  const isTakenOver = sql`kind = 'opening' and bank_day <= ${firstDay}`;
  const { rows } = await sql<{ taken: bigint; first: CalendarDate | null; count: number }>`
    select coalesce(sum(amount_fen) filter (where ${isTakenOver}), 0)::bigint as taken, count(*)::int as count,
        min(bank_day) filter (where not (${isTakenOver})) as first
      from bank_movement where custody_account_id = ${accountId}`.execute(db);
  const { taken = 0n, first = null, count = 0 } = rows[0] ?? {};
  return { takenOverFen: fen(taken), firstMovementDay: first, movementCount: count };
}

/** What the books say that an account holds at the end of a day. */
export async function readBookBalance(
  db: Db,
  { accountId, day }: { accountId: number; day: CalendarDate },
): Promise<Fen> {
  const { rows } = await sql<{ held: bigint }>`
    select coalesce(sum(amount_fen), 0)::bigint as held from bank_movement
      where custody_account_id = ${accountId} and bank_day <= ${day}`.execute(db);
  return fen(rows[0]?.held ?? 0n);
}
