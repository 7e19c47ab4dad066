import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";
import type { LockRequest } from "./lock-payment-notice.ts";

/** What a teller's query for a voucher finds. Everything but `locked` says: do not pay. */
export type VoucherLock =
  | { kind: "locked"; until: Date }
  | { kind: "wrong-bank"; bankName: string }
  | { kind: "locked-elsewhere"; until: Date }
  | {
      kind:
        | "unknown"
        | "paid"
        | "failed"
        | "expired"
        | "cancelled"
        | "house-closed"
        | "balance-changed";
    };

/**
 * Locks a payable voucher to one teller's desk for the length of the lease, so that nobody cancels it or
 * pays it twice meanwhile. Asking again from the same desk renews the lease.
 */
export async function lockVoucher(tx: Tx, request: LockRequest): Promise<VoucherLock> {
  const { rows } = await sql<{
    outcome: VoucherLock["kind"];
    until: Date | null;
    bank_name: string | null;
  }>`
    select outcome, until, bank_name from lock_disbursement_voucher(${request.no}, ${request.bankCode},
      ${request.teller}, ${request.now}, ${request.today}::date, ${request.leaseMinutes}::integer)`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the locking function answered nothing");
  switch (row.outcome) {
    case "locked":
    case "locked-elsewhere":
      return { kind: row.outcome, until: row.until as Date };
    case "wrong-bank":
      return { kind: "wrong-bank", bankName: row.bank_name as string };
    default:
      return { kind: row.outcome };
  }
}

/** Gives a voucher back unpaid: only the desk that holds it can. Answers whether there was something to give. */
export async function releaseVoucher(
  tx: Tx,
  request: { no: string; teller: string },
): Promise<boolean> {
  const { rows } = await sql<{ released: boolean }>`
    select unlock_disbursement_voucher(${request.no}, ${request.teller}) as released`.execute(tx);
  return rows[0]?.released === true;
}
