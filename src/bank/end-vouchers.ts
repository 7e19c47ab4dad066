import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";

/** Few enough that one sweep holds its houses for a moment only; the next sweep takes the rest. */
const VOUCHERS_PER_SWEEP = 200;

/** What became of taking a voucher back; `locked` while a desk holds it. */
export type VoucherCancellation =
  | "cancelled"
  | "locked"
  | "unknown"
  | "paid"
  | "failed"
  | "expired";

/** Takes a voucher back before it is paid and gives its reserve free. */
export async function cancelVoucher(tx: Tx, no: string, now: Date): Promise<VoucherCancellation> {
  const { rows } = await sql<{ outcome: VoucherCancellation }>`
    select cancel_disbursement_voucher(${no}, ${now}) as outcome`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the cancelling function answered nothing");
  return row.outcome;
}

/**
 * Writes down which vouchers are past their last day, gives their reserves free and answers with the
 * applications behind them. A voucher that a desk still holds is left: its money may be on the way.
 */
export async function expireVouchers(
  tx: Tx,
  at: { today: CalendarDate; now: Date },
): Promise<bigint[]> {
  const { rows } = await sql<{ application_id: bigint }>`
    select application_id from expire_disbursement_vouchers(${at.today}::date, ${at.now},
      ${VOUCHERS_PER_SWEEP}::integer)`.execute(tx);
  return rows.map((row) => row.application_id);
}
