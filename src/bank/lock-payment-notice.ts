import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";

/** A teller who asks for a notice. */
export interface LockRequest {
  no: string;
  bankCode: string;
  /** The desk that takes the money; only it may confirm while the lease runs. */
  teller: string;
  now: Date;
  today: CalendarDate;
  leaseMinutes: number;
}

/** What a teller's query finds. Everything but `locked` says: do not take the money. */
export type LockOutcome =
  | { kind: "locked"; until: Date }
  | { kind: "unknown" }
  | { kind: "wrong-bank"; bankName: string }
  | { kind: "locked-elsewhere"; until: Date }
  | { kind: "expired" | "cancelled" | "paid" | "reversed" }
  | { kind: "house-closed" | "house-paid-meanwhile" };

/**
 * Locks a payable notice to one teller's desk for the length of the lease, so that nobody cancels it or
 * takes its money twice meanwhile. Asking again from the same desk renews the lease. A notice whose house
 * was paid by another notice since is refused here, before any money is taken.
 */
export async function lockPaymentNotice(tx: Tx, request: LockRequest): Promise<LockOutcome> {
  const notice = await tx
    .selectFrom("payment_notice")
    .innerJoin("bank", "bank.code", "payment_notice.bank_code")
    .select([
      "payment_notice.bank_code",
      "payment_notice.state",
      "payment_notice.expires_on",
      "payment_notice.locked_by",
      "payment_notice.locked_until",
      "bank.name as bank_name",
    ])
    .where("payment_notice.no", "=", request.no)
    .forUpdate("payment_notice")
    .executeTakeFirst();
  if (notice === undefined) return { kind: "unknown" };
  if (notice.bank_code !== request.bankCode) {
    return { kind: "wrong-bank", bankName: notice.bank_name };
  }
  if (notice.state !== "issued" && notice.state !== "locked") return { kind: notice.state };
  const { locked_until: until } = notice;
  if (until !== null && until > request.now && notice.locked_by !== request.teller) {
    return { kind: "locked-elsewhere", until };
  }
  if (notice.expires_on < request.today) return { kind: "expired" };
  const changed = await findChangedHouse(tx, request.no);
  if (changed !== null) return changed;
  const lease = new Date(request.now.getTime() + request.leaseMinutes * 60_000);
  await tx
    .updateTable("payment_notice")
    .set({ state: "locked", locked_by: request.teller, locked_until: lease })
    .where("no", "=", request.no)
    .execute();
  return { kind: "locked", until: lease };
}

/** Tells whether a house of the notice is no longer what it was made for; of a batch one is enough. */
async function findChangedHouse(
  tx: Tx,
  no: string,
): Promise<Extract<LockOutcome, { kind: "house-closed" | "house-paid-meanwhile" }> | null> {
  const { rows } = await sql<{ has_closed: boolean; has_paid: boolean }>`
    select bool_or(h.status = 'closed') as has_closed,
        bool_or(coalesce(b.first_paid_fen, 0) <> p.first_paid_seen_fen) as has_paid
      from payment_notice_part p join house h on h.estate_id = p.estate_id and h.id = p.house_id
        left join house_balance b on b.estate_id = p.estate_id and b.house_id = p.house_id
      where p.notice_no = ${no}`.execute(tx);
  if (rows[0]?.has_closed) return { kind: "house-closed" };
  return rows[0]?.has_paid ? { kind: "house-paid-meanwhile" } : null;
}

/** Gives a notice back: only the desk that holds it can. Answers whether there was something to give. */
export async function releasePaymentNotice(
  tx: Tx,
  request: { no: string; teller: string },
): Promise<boolean> {
  const { rows } = await sql<{ no: string }>`
    update payment_notice set state = 'issued', locked_by = null, locked_until = null
      where no = ${request.no} and state = 'locked' and locked_by = ${request.teller}
      returning no`.execute(tx);
  return rows.length === 1;
}
