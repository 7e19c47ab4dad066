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
    .innerJoin("house", (join) =>
      join
        .onRef("house.estate_id", "=", "payment_notice.estate_id")
        .onRef("house.id", "=", "payment_notice.house_id"),
    )
    .leftJoin("house_balance as balance", (join) =>
      join
        .onRef("balance.estate_id", "=", "payment_notice.estate_id")
        .onRef("balance.house_id", "=", "payment_notice.house_id"),
    )
    .select([
      "payment_notice.bank_code",
      "payment_notice.state",
      "payment_notice.expires_on",
      "payment_notice.locked_by",
      "payment_notice.locked_until",
      "payment_notice.first_paid_seen_fen",
      "bank.name as bank_name",
      "house.status as house_status",
      "balance.first_paid_fen",
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
  if (notice.house_status === "closed") return { kind: "house-closed" };
  if ((notice.first_paid_fen ?? 0n) !== notice.first_paid_seen_fen) {
    return { kind: "house-paid-meanwhile" };
  }
  const lease = new Date(request.now.getTime() + request.leaseMinutes * 60_000);
  await tx
    .updateTable("payment_notice")
    .set({ state: "locked", locked_by: request.teller, locked_until: lease })
    .where("no", "=", request.no)
    .execute();
  return { kind: "locked", until: lease };
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
