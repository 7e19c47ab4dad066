import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listOpenMovements } from "./list-movements.ts";
import { matchLines } from "./match-lines.ts";
import type { Match, OpenItem, OpenLine, SettledPair } from "./open-item.ts";
import type { LineKind } from "./statement.ts";

/** A file as it is kept. */
export interface KeptStatement {
  id: number;
  accountId: number;
  bankName: string;
  branchName: string;
  accountNo: string;
  firstDay: CalendarDate;
  lastDay: CalendarDate;
  lineCount: number;
  totalFen: Fen;
  openingFen: Fen;
  closingFen: Fen;
  hash: string;
  uploadedById: number;
  uploadedBy: string;
  uploadedAt: Date;
  /** Null while it is open. */
  closed: {
    by: string;
    at: Date;
    matchedCount: number;
    settledCount: number;
    carriedCount: number;
  } | null;
  /** A later file of the account took its place before it was closed. */
  isReplaced: boolean;
}

export type NoteReason = "cut-off" | "bank-inquiry" | "to-be-booked";

/** Why a difference stays open for now, and who said so. */
export interface ItemNote {
  id: bigint;
  reason: NoteReason;
  remark: string;
  notedById: number;
  notedBy: string;
}

/** A difference with the newest note to it. */
export type WorkedItem = OpenItem & { key: string; note: ItemNote | null };

/** A statement as it is worked: what matches, what does not, and what was written to it. */
export interface Worksheet {
  matches: Match[];
  settled: SettledPair[];
  items: WorkedItem[];
}

/** Finds a statement; null for none of that number. */
export async function findStatement(db: Db, id: number): Promise<KeptStatement | null> {
  const { rows } = await sql<KeptRow>`
    select s.id, s.custody_account_id, bank.name as bank_name, a.branch_name, a.account_no, s.first_day, s.last_day,
        s.line_count, s.total_fen, s.opening_fen, s.closing_fen, encode(s.content_hash, 'hex') as hash, s.uploaded_by,
        uploader.display_name as uploader, s.uploaded_at, closer.display_name as closer, c.closed_at,
        c.matched_count, c.settled_count, c.carried_count,
        c.statement_id is null and exists (select from bank_statement later
          where later.custody_account_id = s.custody_account_id and later.id > s.id) as is_replaced
      from bank_statement s join custody_account a on a.id = s.custody_account_id
        join bank on bank.code = a.bank_code join staff_member uploader on uploader.id = s.uploaded_by
        left join statement_closing c on c.statement_id = s.id
        left join staff_member closer on closer.id = c.closed_by
      where s.id = ${id}`.execute(db);
  return rows[0] === undefined ? null : toStatement(rows[0]);
}

interface KeptRow {
  id: number;
  custody_account_id: number;
  bank_name: string;
  branch_name: string;
  account_no: string;
  first_day: CalendarDate;
  last_day: CalendarDate;
  line_count: number;
  total_fen: bigint;
  opening_fen: bigint;
  closing_fen: bigint;
  hash: string;
  uploaded_by: number;
  uploader: string;
  uploaded_at: Date;
  closer: string | null;
  closed_at: Date | null;
  matched_count: number | null;
  settled_count: number | null;
  carried_count: number | null;
  is_replaced: boolean;
}

function toStatement(row: KeptRow): KeptStatement {
  const { closed_at: at } = row;
  return {
    id: row.id,
    accountId: row.custody_account_id,
    bankName: row.bank_name,
    branchName: row.branch_name,
    accountNo: row.account_no,
    firstDay: row.first_day,
    lastDay: row.last_day,
    lineCount: row.line_count,
    totalFen: fen(row.total_fen),
    openingFen: fen(row.opening_fen),
    closingFen: fen(row.closing_fen),
    hash: row.hash,
    uploadedById: row.uploaded_by,
    uploadedBy: row.uploader,
    uploadedAt: row.uploaded_at,
    closed: at && {
      by: row.closer ?? "",
      at,
      matchedCount: row.matched_count ?? 0,
      settledCount: row.settled_count ?? 0,
      carriedCount: row.carried_count ?? 0,
    },
    isReplaced: row.is_replaced,
  };
}

/** Matches an open statement, with what the last closing carried over, against the ledger as it is at this moment. */
export async function loadWorksheet(db: Db, statement: KeptStatement): Promise<Worksheet> {
  const lines = await listOpenLines(db, statement);
  const { accountId, firstDay, lastDay } = statement;
  const movements = await listOpenMovements(db, { accountId, firstDay });
  const { matches, settled, open } = matchLines(lines, movements, lastDay);
  const notes = await readNotes(db, statement.id);
  const items = open.map((item) => {
    const key = itemKey(item);
    return { ...item, key, note: notes.get(key) ?? null };
  });
  return { matches, settled, items };
}

/** Names a difference within its account: `b12-3` is line 3 of statement 12, `l77` the movement of journal 77. */
export function itemKey(item: OpenItem): string {
  if (item.side === "ledger") return `l${item.movement.journalId}`;
  return `b${item.line.statementId}-${item.line.seq}`;
}

/** Lines of earlier files first, so that what waits longer is matched before. */
async function listOpenLines(db: Db, statement: KeptStatement): Promise<OpenLine[]> {
  const { rows } = await sql<Omit<OpenLine, "amountFen"> & { amount: bigint; kind: LineKind }>`
    with last as (select statement_id from statement_closing where custody_account_id = ${statement.accountId}
        order by last_day desc limit 1),
      open as (
        select l.*, false as is_carried from bank_statement_line l where l.statement_id = ${statement.id}
        union all
        select l.*, true from last join statement_carry carry using (statement_id)
            join statement_note n on n.id = carry.note_id
            join bank_statement_line l on (l.statement_id, l.seq) = (n.line_statement_id, n.line_seq))
    select o.statement_id as "statementId", o.seq, o.bank_txn_no as "bankTxnNo", o.request_id as "requestId",
        o.notice_no as "noticeNo", o.kind, o.amount_fen as amount,
        (o.at at time zone 'Asia/Shanghai')::date as day, o.is_carried as "isCarried",
        exists (select from bank_statement_line l join statement_closing c on c.statement_id = l.statement_id
          where l.bank_txn_no = o.bank_txn_no and c.custody_account_id = ${statement.accountId}
            and (l.statement_id, l.seq) < (o.statement_id, o.seq)
            and (l.kind = 'reversal') = (o.kind = 'reversal')) as "isKnownNumber"
      from open o order by o.statement_id, o.seq`.execute(db);
  return rows.map(({ amount, ...line }) => ({ ...line, amountFen: fen(amount) }));
}

async function readNotes(db: Db, statementId: number): Promise<ReadonlyMap<string, ItemNote>> {
  const rows = await db
    .selectFrom("statement_note as note")
    .innerJoin("staff_member as staff", "staff.id", "note.noted_by")
    .where("note.statement_id", "=", statementId)
    .orderBy("note.id")
    .selectAll("note")
    .select("staff.display_name")
    .execute();
  return new Map(
    rows.map((row) => [
      row.journal_id === null ? `b${row.line_statement_id}-${row.line_seq}` : `l${row.journal_id}`,
      {
        id: row.id,
        reason: row.reason,
        remark: row.remark,
        notedById: row.noted_by,
        notedBy: row.display_name,
      },
    ]),
  );
}
