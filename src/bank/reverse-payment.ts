import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";

/** A teller takes a confirmation back (冲正). */
export interface PaymentReversal {
  no: string;
  bankCode: string;
  teller: string;
  bookDate: CalendarDate;
  reason: string;
}

export type ReversalOutcome = {
  kind: "reversed" | "repeat" | "unknown" | "wrong-bank" | "not-paid" | "another-day" | "spent";
};

/**
 * Reverses a credited notice by a contra entry, by its own bank and on the day it was booked; later the
 * way is a refund. A second reversal answers with the first. Money that the house has spent or reserved
 * meanwhile cannot be taken back.
 */
export async function reversePayment(tx: Tx, reversal: PaymentReversal): Promise<ReversalOutcome> {
  const { rows } = await sql<{ outcome: ReversalOutcome["kind"] }>`
    select outcome from reverse_payment_notice(${reversal.no}, ${reversal.bankCode},
      ${reversal.bookDate}::date, ${reversal.teller},
      ${JSON.stringify({ reason: reversal.reason })}::jsonb)`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the reversing function answered nothing");
  return { kind: row.outcome };
}
