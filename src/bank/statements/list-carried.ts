import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { NoteReason } from "./load-worksheet.ts";

/** A difference that a closing took over to the next statement. */
export interface CarriedItem {
  side: "bank" | "ledger";
  /** The bank's number of the line, or the journal's. */
  number: string;
  day: CalendarDate;
  amountFen: Fen;
  noticeNo: string | null;
  reason: NoteReason;
  remark: string;
  notedBy: string;
}

/** Lists what a closed statement carried over, the bank's side first. */
export async function listCarried(db: Db, statementId: number): Promise<CarriedItem[]> {
  const { rows } = await sql<Omit<CarriedItem, "amountFen"> & { amount: bigint }>`
    select case when n.journal_id is null then 'bank' else 'ledger' end as side,
        coalesce(l.bank_txn_no, n.journal_id::text) as number,
        coalesce((l.at at time zone 'Asia/Shanghai')::date, b.bank_day) as day,
        coalesce(l.amount_fen::bigint, b.amount_fen) as amount, coalesce(l.notice_no, b.notice_no) as "noticeNo",
        n.reason, n.remark, staff.display_name as "notedBy"
      from statement_carry c join statement_note n on n.id = c.note_id
        join bank_statement s on s.id = c.statement_id join staff_member staff on staff.id = n.noted_by
        left join bank_statement_line l on (l.statement_id, l.seq) = (n.line_statement_id, n.line_seq)
        left join bank_movement b on b.journal_id = n.journal_id and b.custody_account_id = s.custody_account_id
      where c.statement_id = ${statementId} order by side, day, n.id`.execute(db);
  return rows.map(({ amount, ...item }) => ({ ...item, amountFen: fen(amount) }));
}

/** A closed statement in the list of an account's. */
export interface ClosedHead {
  id: number;
  firstDay: CalendarDate;
  lastDay: CalendarDate;
  closingFen: Fen;
  matchedCount: number;
  carriedCount: number;
  closedBy: string;
  closedAt: Date;
  accountNo: string;
}

/** Lists the statements that were closed last, the newest first. */
export async function listClosed(db: Db, limit: number): Promise<ClosedHead[]> {
  const rows = await db
    .selectFrom("statement_closing as closing")
    .innerJoin("bank_statement as statement", "statement.id", "closing.statement_id")
    .innerJoin("custody_account as account", "account.id", "closing.custody_account_id")
    .innerJoin("staff_member as staff", "staff.id", "closing.closed_by")
    .orderBy("closing.closed_at", "desc")
    .orderBy("closing.statement_id", "desc")
    .limit(limit)
    .select(["statement.id", "statement.first_day as firstDay", "statement.last_day as lastDay"])
    .select(["statement.closing_fen", "closing.matched_count as matchedCount"])
    .select(["closing.carried_count as carriedCount", "staff.display_name as closedBy"])
    .select(["closing.closed_at as closedAt", "account.account_no as accountNo"])
    .execute();
  return rows.map(({ closing_fen, ...row }) => ({ ...row, closingFen: fen(closing_fen) }));
}
