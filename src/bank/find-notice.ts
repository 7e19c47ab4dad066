import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { DepositKind } from "./deposit-kinds.ts";
import type { NoticeBasis } from "./issue-payment-notice.ts";
import type { NoticeState } from "./notice-state.ts";

/** A payment notice as it is recorded; `noticeStateNow` says what it is at this moment. */
export interface PaymentNotice {
  no: string;
  house: HouseKey;
  depositKind: DepositKind;
  amountFen: Fen;
  firstPaidSeenFen: Fen;
  bankCode: string;
  payerName: string;
  payerPhone: string;
  basis: NoticeBasis;
  issuedAt: Date;
  expiresOn: CalendarDate;
  state: NoticeState;
  lockedBy: string | null;
  lockedUntil: Date | null;
  printCount: number;
}

/** Finds a payment notice by its number. The payer is in clear: mask before showing. */
export async function findNotice(
  db: Db,
  no: string,
  personalData: PersonalData,
): Promise<PaymentNotice | null> {
  const row = await db
    .selectFrom("payment_notice")
    .selectAll()
    .where("no", "=", no)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    no: row.no,
    house: { estateId: row.estate_id, houseId: row.house_id },
    depositKind: row.deposit_kind,
    amountFen: fen(row.amount_fen),
    firstPaidSeenFen: fen(row.first_paid_seen_fen),
    bankCode: row.bank_code,
    payerName: personalData.decrypt(row.payer_name_cipher),
    payerPhone: personalData.decrypt(row.payer_phone_cipher),
    basis: row.basis as NoticeBasis,
    issuedAt: row.issued_at,
    expiresOn: row.expires_on,
    state: row.state,
    lockedBy: row.locked_by,
    lockedUntil: row.locked_until,
    printCount: row.print_count,
  };
}

/** Counts one more print of a notice and answers with the count, which the slip shows. */
export async function countPrint(db: Db, no: string): Promise<number> {
  const row = await db
    .updateTable("payment_notice")
    .set((eb) => ({ print_count: eb("print_count", "+", 1) }))
    .where("no", "=", no)
    .returning("print_count")
    .executeTakeFirstOrThrow();
  return row.print_count;
}
