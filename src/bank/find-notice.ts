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
  estateId: number;
  /** Null: a batch, for several houses of the estate; `listNoticeHouses` reads them. */
  house: HouseKey | null;
  houseCount: number;
  depositKind: DepositKind;
  amountFen: Fen;
  custodyAccountId: number;
  bankCode: string;
  payerName: string;
  payerPhone: string;
  issuedAt: Date;
  expiresOn: CalendarDate;
  state: NoticeState;
  lockedBy: string | null;
  lockedUntil: Date | null;
  printCount: number;
}

/** A payment notice for one house, with how its amount came about. */
export interface HouseNotice extends PaymentNotice {
  house: HouseKey;
  firstPaidSeenFen: Fen;
  basis: NoticeBasis;
}

/** Finds a payment notice by its number. The payer is in clear: mask before showing. */
export async function findNotice(
  db: Db,
  no: string,
  personalData: PersonalData,
): Promise<PaymentNotice | null> {
  const row = await findRow(db, no);
  return row === undefined ? null : toNotice(row, personalData);
}

/** Finds the notice of a house; null for a number that is nobody's, and for a batch. */
export async function findHouseNotice(
  db: Db,
  no: string,
  personalData: PersonalData,
): Promise<HouseNotice | null> {
  const row = await findRow(db, no);
  if (row === undefined || row.house_id === null || row.first_paid_seen_fen === null) return null;
  return {
    ...toNotice(row, personalData),
    house: { estateId: row.estate_id, houseId: row.house_id },
    firstPaidSeenFen: fen(row.first_paid_seen_fen),
    basis: row.basis as NoticeBasis,
  };
}

async function findRow(db: Db, no: string) {
  return await db.selectFrom("payment_notice").selectAll().where("no", "=", no).executeTakeFirst();
}

function toNotice(
  row: NonNullable<Awaited<ReturnType<typeof findRow>>>,
  personalData: PersonalData,
): PaymentNotice {
  return {
    no: row.no,
    estateId: row.estate_id,
    house: row.house_id === null ? null : { estateId: row.estate_id, houseId: row.house_id },
    houseCount: row.house_count,
    depositKind: row.deposit_kind,
    amountFen: fen(row.amount_fen),
    custodyAccountId: row.custody_account_id,
    bankCode: row.bank_code,
    payerName: personalData.decrypt(row.payer_name_cipher),
    payerPhone: personalData.decrypt(row.payer_phone_cipher),
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
