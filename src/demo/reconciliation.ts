import { randomUUID } from "node:crypto";
import { buildStatement } from "#src/bank/statements/build-statement.ts";
import { closeStatement } from "#src/bank/statements/close-statement.ts";
import { listCustodyAccounts } from "#src/bank/statements/custody-accounts.ts";
import { digestOf } from "#src/bank/statements/digest-worksheet.ts";
import { readBeginning } from "#src/bank/statements/list-movements.ts";
import { findStatement, loadWorksheet } from "#src/bank/statements/load-worksheet.ts";
import { LINES_MAX, readStatement } from "#src/bank/statements/read-statement.ts";
import { receiveStatement } from "#src/bank/statements/receive-statement.ts";
import { writeStatement } from "#src/bank/statements/write-statement.ts";
import {
  addDays,
  type CalendarDate,
  calendarDate,
  endOfShanghaiDay,
} from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";

/** Reconciling takes place right after midnight, as the last day of the history begins. */
const UPLOADED_AFTER_MS = 60_000;
const CLOSED_AFTER_MS = 120_000;
const FIRST_DAY = calendarDate("2008-02-01");

/**
 * Reconciles every custody account of the demonstration up to the day before the history's last, as two people would
 * have: a file is written from the ledger, read, matched and closed like any other. An account that has a closed statement
 * keeps it. A city of more lines than a file takes comes without.
 */
export async function seedReconciliation(owner: Db, lastOfHistory: CalendarDate): Promise<void> {
  const lastDay = addDays(lastOfHistory, -1);
  const staff = await owner
    .selectFrom("staff_member")
    .where("username", "in", ["finance-demo", "approver-demo"])
    .orderBy("username", "desc")
    .select("id")
    .execute();
  const [uploader, closer] = staff.map(({ id }) => id);
  if (uploader === undefined || closer === undefined) return;
  for (const account of await listCustodyAccounts(owner)) {
    if (account.reconciledUntil !== null || !account.hasMovements) continue;
    await reconcileOnce(owner, account, { lastDay, uploader, closer });
  }
}

async function reconcileOnce(
  owner: Db,
  account: { id: number; bankCode: string; accountNo: string },
  { lastDay, uploader, closer }: { lastDay: CalendarDate; uploader: number; closer: number },
): Promise<void> {
  const { firstMovementDay, movementCount } = await readBeginning(owner, {
    accountId: account.id,
    firstDay: FIRST_DAY,
  });
  if (movementCount > LINES_MAX) return;
  const firstDay =
    firstMovementDay !== null && firstMovementDay < FIRST_DAY ? firstMovementDay : FIRST_DAY;
  const statement = await buildStatement(owner, account, { firstDay, lastDay });
  const read = await readStatement(Buffer.from(writeStatement(statement)));
  if (!read.ok) throw new Error(`the demonstration's statement: ${read.problems[0]?.reason}`);
  const midnight = endOfShanghaiDay(lastDay).getTime();
  const received = await receiveStatement(owner, {
    ...read,
    staffId: uploader,
    audit: auditOf("statement-received", "finance-demo"),
    now: new Date(midnight + UPLOADED_AFTER_MS),
  });
  if (received.kind !== "received")
    throw new Error(`the demonstration's statement: ${received.kind}`);
  const kept = await findStatement(owner, received.statementId);
  if (kept === null) throw new Error("the demonstration's statement is not kept");
  const closed = await closeStatement(owner, {
    statementId: received.statementId,
    staffId: closer,
    hasLooked: true,
    seen: digestOf(await loadWorksheet(owner, kept)),
    audit: auditOf("statement-closed", "approver-demo"),
    now: new Date(midnight + CLOSED_AFTER_MS),
  });
  if (closed.kind !== "closed") throw new Error(`the demonstration's statement: ${closed.kind}`);
}

function auditOf(event: string, username: string) {
  return {
    requestId: randomUUID(),
    event,
    actor: `staff:${username}`,
    addressHash: Buffer.alloc(32),
  };
}
