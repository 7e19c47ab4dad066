import { addDays, type CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listMovements, readBookBalance } from "./list-movements.ts";
import { KIND_OF_MOVEMENT } from "./match-by-day.ts";
import type { Movement } from "./open-item.ts";
import { type Statement, sumAmounts } from "./statement.ts";

/**
 * Builds the statement that a bank would send if it saw what the ledger sees: for the demonstration and for trials, never
 * a proof of anything. The line's own numbers are made up from the journal's.
 */
export async function buildStatement(
  db: Db,
  account: { id: number; bankCode: string; accountNo: string },
  { firstDay, lastDay }: { firstDay: CalendarDate; lastDay: CalendarDate },
): Promise<Statement> {
  const movements = await listMovements(db, { accountId: account.id, firstDay, lastDay });
  const openingFen: Fen = await readOpening(db, account.id, firstDay);
  return {
    bankCode: account.bankCode,
    accountNo: account.accountNo,
    firstDay,
    lastDay,
    openingFen,
    closingFen: addFen(openingFen, sumAmounts(movements)),
    lines: movements.map((movement, at) => lineOf(movement, at + 1)),
  };
}

async function readOpening(db: Db, accountId: number, firstDay: CalendarDate): Promise<Fen> {
  return await readBookBalance(db, { accountId, day: addDays(firstDay, -1) });
}

function lineOf(movement: Movement, seq: number): Statement["lines"][number] {
  return {
    seq,
    bankTxnNo: `SIM${movement.journalId.toString().padStart(12, "0")}`,
    requestId: movement.bankRef,
    noticeNo: movement.noticeNo,
    kind: KIND_OF_MOVEMENT[movement.kind] ?? "other",
    amountFen: movement.amountFen,
    at: new Date(`${movement.day}T10:00:00+08:00`),
    valueDate: movement.day,
  };
}
