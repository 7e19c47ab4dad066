import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SuspenseReason } from "./confirm-payment.ts";

/** Money that came under a dead notice and stands on 2901 待清算款项. Nothing in it is personal. */
export interface SuspendedReceipt {
  noticeNo: string;
  bankName: string;
  bankRef: string;
  amountFen: Fen;
  valueDate: CalendarDate;
  reason: SuspenseReason;
  /** Of a batch its estate and how many houses it is for: SL0126 批量 36 户. */
  houseCode: string;
  receivedAt: Date;
}

/** How much waits, and how many receipts it came in. */
export interface SuspenseTotal {
  count: number;
  totalFen: Fen;
}

/** The receipts whose journal nobody has reversed: what 2901 holds, one by one. */
const WAITING = sql`bank_receipt r
    join bank b on b.code = r.bank_code
    join payment_notice n on n.no = r.notice_no
    join estate e on e.id = n.estate_id
    left join house h on h.estate_id = n.estate_id and h.id = n.house_id
  where r.outcome = 'suspense'
    and not exists (select from journal contra where contra.reverses = r.journal_id)`;

/** Lists what waits in suspense, the oldest first. */
export async function listSuspense(
  db: Db,
  { limit, offset }: { limit: number; offset: number },
): Promise<SuspendedReceipt[]> {
  const { rows } = await sql<SuspenseRow>`
    select r.notice_no, b.name as bank_name, r.bank_ref, r.amount_fen, r.value_date, r.suspense_reason,
        coalesce(h.code, e.code || ' 批量 ' || n.house_count || ' 户') as house_code, r.received_at
      from ${WAITING} order by r.received_at, r.id limit ${limit} offset ${offset}`.execute(db);
  return rows.map((row) => ({
    noticeNo: row.notice_no,
    bankName: row.bank_name,
    bankRef: row.bank_ref,
    amountFen: fen(row.amount_fen),
    valueDate: row.value_date,
    reason: row.suspense_reason,
    houseCode: row.house_code,
    receivedAt: row.received_at,
  }));
}

/** Adds up what waits in suspense. */
export async function sumSuspense(db: Db): Promise<SuspenseTotal> {
  const { rows } = await sql<{ count: number; total: bigint }>`
    select count(*)::integer as count, coalesce(sum(r.amount_fen), 0)::bigint as total
      from ${WAITING}`.execute(db);
  const [row] = rows;
  return { count: row?.count ?? 0, totalFen: fen(row?.total ?? 0n) };
}

interface SuspenseRow {
  notice_no: string;
  bank_name: string;
  bank_ref: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  suspense_reason: SuspenseReason;
  house_code: string;
  received_at: Date;
}
