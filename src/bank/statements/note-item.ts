import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  findStatement,
  itemKey,
  loadWorksheet,
  type NoteReason,
  type WorkedItem,
} from "./load-worksheet.ts";
import { holdAccount } from "./receive-statement.ts";

/** What somebody writes to a difference. */
export interface NoteAct {
  statementId: number;
  /** As `itemKey` names it. */
  key: string;
  reason: NoteReason;
  remark: string;
  staffId: number;
  audit: AuditContext;
  now: Date;
}

export type NoteOutcome = "noted" | "not-open" | "no-such-item" | "not-cut-off";

/**
 * Writes down why a difference stays open for now; the newest word to an item counts. 日切 can only be said of the last
 * day of the statement: whatever is older has been through a night already.
 */
export async function noteItem(db: Db, act: NoteAct): Promise<NoteOutcome> {
  return await db.transaction().execute(async (tx) => {
    const found = await findStatement(tx, act.statementId);
    if (found === null) return "not-open";
    await holdAccount(tx, found.accountId);
    const statement = await findStatement(tx, act.statementId);
    if (statement === null || statement.closed !== null || statement.isReplaced) return "not-open";
    const { items } = await loadWorksheet(tx, statement);
    const item = items.find((one) => itemKey(one) === act.key);
    if (item === undefined) return "no-such-item";
    if (act.reason === "cut-off" && dayOf(item) !== statement.lastDay) return "not-cut-off";
    await tx
      .insertInto("statement_note")
      .values({
        statement_id: statement.id,
        ...(item.side === "bank"
          ? { line_statement_id: item.line.statementId, line_seq: item.line.seq, journal_id: null }
          : { line_statement_id: null, line_seq: null, journal_id: item.movement.journalId }),
        reason: act.reason,
        remark: act.remark,
        noted_by: act.staffId,
        noted_at: act.now,
      })
      .execute();
    await recordAudit(tx, act.audit, `statement:${statement.id}`, act.reason);
    return "noted";
  });
}

function dayOf(item: WorkedItem) {
  return item.side === "bank" ? item.line.day : item.movement.day;
}
