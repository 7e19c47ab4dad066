import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { BankReceiptTable } from "#src/platform/database/tables/bank.ts";
import { type Teller, tellerActor } from "./tellers.ts";

/** Money that a bank reported for a notice. */
export interface Receipt {
  noticeNo: string;
  bankRef: string;
  amountFen: Fen;
  valueDate: CalendarDate;
  outcome: BankReceiptTable["outcome"];
  isReversed: boolean;
  receivedAt: Date;
}

/** Money that a bank paid out on a voucher. */
export interface PaidVoucher {
  voucherNo: string;
  bankRef: string;
  amountFen: Fen;
  valueDate: CalendarDate;
  paidAt: Date;
}

/**
 * What a desk did today: the sum that was credited and not reversed with its latest receipts, and the sum that
 * was paid out with its latest vouchers.
 */
export interface DeskDay {
  totalFen: Fen;
  count: number;
  latest: readonly Receipt[];
  paidOutFen: Fen;
  paidOutCount: number;
  latestPaidOut: readonly PaidVoucher[];
}

const LATEST_COUNT = 5;

/** Reads today's work of a teller; `since` is the start of the Shanghai day. */
export async function getDeskDay(db: Db, teller: Teller, since: Date): Promise<DeskDay> {
  const receipts = sql`
    from bank_receipt r left join journal contra on contra.reverses = r.journal_id
    where r.teller = ${tellerActor(teller)} and r.received_at >= ${since}`;
  const totals = await sql<{ total: bigint; count: bigint }>`
    select coalesce(sum(r.amount_fen) filter (where contra.id is null and r.outcome = 'credited'), 0)::bigint as total,
      count(*) filter (where contra.id is null and r.outcome = 'credited') as count ${receipts}`.execute(
    db,
  );
  const latest = await sql<ReceiptRow>`
    select r.notice_no, r.bank_ref, r.amount_fen, r.value_date, r.outcome, r.received_at,
      contra.id is not null as is_reversed ${receipts}
      order by r.received_at desc, r.id desc limit ${LATEST_COUNT}`.execute(db);
  return {
    totalFen: fen(totals.rows[0]?.total ?? 0n),
    count: Number.parseInt(String(totals.rows[0]?.count ?? 0), 10),
    latest: latest.rows.map(toReceipt),
    ...(await getPaidOut(db, teller, since)),
  };
}

async function getPaidOut(db: Db, teller: Teller, since: Date) {
  const paid = sql`
    from bank_disbursement d where d.teller = ${tellerActor(teller)} and d.paid_at >= ${since}`;
  const totals = await sql<{ total: bigint; count: number }>`
    select coalesce(sum(d.amount_fen), 0)::bigint as total, count(*)::integer as count ${paid}`.execute(
    db,
  );
  const latest = await sql<PaidVoucherRow>`
    select d.voucher_no, d.bank_ref, d.amount_fen, d.value_date, d.paid_at ${paid}
      order by d.paid_at desc, d.id desc limit ${LATEST_COUNT}`.execute(db);
  return {
    paidOutFen: fen(totals.rows[0]?.total ?? 0n),
    paidOutCount: totals.rows[0]?.count ?? 0,
    latestPaidOut: latest.rows.map(toPaidVoucher),
  };
}

/** Finds what a bank reported of a voucher; null while it is not paid. */
export async function findPaidVoucher(db: Db, no: string): Promise<PaidVoucher | null> {
  const { rows } = await sql<PaidVoucherRow>`
    select voucher_no, bank_ref, amount_fen, value_date, paid_at from bank_disbursement
      where voucher_no = ${no}`.execute(db);
  const [row] = rows;
  return row === undefined ? null : toPaidVoucher(row);
}

interface PaidVoucherRow {
  voucher_no: string;
  bank_ref: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  paid_at: Date;
}

function toPaidVoucher(row: PaidVoucherRow): PaidVoucher {
  return {
    voucherNo: row.voucher_no,
    bankRef: row.bank_ref,
    amountFen: fen(row.amount_fen),
    valueDate: row.value_date,
    paidAt: row.paid_at,
  };
}

/** Lists the money that one bank reported for a notice, newest first. */
export async function listReceipts(db: Db, no: string, bankCode: string): Promise<Receipt[]> {
  const { rows } = await sql<ReceiptRow>`
    select r.notice_no, r.bank_ref, r.amount_fen, r.value_date, r.outcome, r.received_at,
        contra.id is not null as is_reversed
      from bank_receipt r left join journal contra on contra.reverses = r.journal_id
      where r.notice_no = ${no} and r.bank_code = ${bankCode} order by r.id desc`.execute(db);
  return rows.map(toReceipt);
}

interface ReceiptRow {
  notice_no: string;
  bank_ref: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  outcome: Receipt["outcome"];
  received_at: Date;
  is_reversed: boolean;
}

function toReceipt(row: ReceiptRow): Receipt {
  return {
    noticeNo: row.notice_no,
    bankRef: row.bank_ref,
    amountFen: fen(row.amount_fen),
    valueDate: row.value_date,
    outcome: row.outcome,
    isReversed: row.is_reversed,
    receivedAt: row.received_at,
  };
}
