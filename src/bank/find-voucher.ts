import type { Selectable } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { DisbursementVoucherTable } from "#src/platform/database/tables/bank.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

export type VoucherState = Selectable<DisbursementVoucherTable>["state"];

/** A disbursement voucher as it is recorded; `voucherStateNow` says what it is at this moment. */
export interface DisbursementVoucher {
  no: string;
  applicationId: bigint;
  applicationNumber: string;
  applicationKind: string;
  house: HouseKey;
  reason: string;
  principalFen: Fen;
  interestFen: Fen;
  amountFen: Fen;
  originalNoticeNo: string | null;
  bankCode: string;
  payeeName: string;
  payeeAccount: string;
  payeeBank: string;
  approvedBy: string;
  issuedAt: Date;
  expiresOn: CalendarDate;
  state: VoucherState;
  failureReason: string | null;
  lockedBy: string | null;
  lockedUntil: Date | null;
  printCount: number;
}

/** Finds a voucher by its number. The payee is in clear: mask before showing. */
export async function findVoucher(
  db: Db,
  no: string,
  personalData: PersonalData,
): Promise<DisbursementVoucher | null> {
  const row = await selectVoucher(db).where("v.no", "=", no).executeTakeFirst();
  return row === undefined ? null : toVoucher(row, personalData);
}

/** Finds the last voucher of an application; null before the first approval. */
export async function findLastVoucher(
  db: Db,
  applicationId: bigint,
  personalData: PersonalData,
): Promise<DisbursementVoucher | null> {
  const row = await selectVoucher(db)
    .where("v.application_id", "=", applicationId)
    .orderBy("v.n", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toVoucher(row, personalData);
}

/** Reads the authorisation code of a voucher for its slip, and counts the print. */
export async function readCodeForPrint(
  db: Db,
  no: string,
  personalData: PersonalData,
): Promise<{ code: string; printCount: number }> {
  const row = await db
    .updateTable("disbursement_voucher")
    .set((eb) => ({ print_count: eb("print_count", "+", 1) }))
    .where("no", "=", no)
    .returning(["code_cipher", "print_count"])
    .executeTakeFirstOrThrow();
  return { code: personalData.decrypt(row.code_cipher), printCount: row.print_count };
}

/**
 * Decides what a voucher is at this moment: past its last day it is expired, and a lock whose lease ran
 * out no longer holds, whether or not the sweep has written it down yet.
 */
export function voucherStateNow(
  voucher: Pick<DisbursementVoucher, "state" | "expiresOn" | "lockedUntil">,
  now: { today: CalendarDate; at: Date },
): VoucherState {
  if (voucher.state !== "issued" && voucher.state !== "locked") return voucher.state;
  const isHeld =
    voucher.state === "locked" && voucher.lockedUntil !== null && voucher.lockedUntil > now.at;
  if (isHeld) return "locked";
  return voucher.expiresOn < now.today ? "expired" : "issued";
}

function selectVoucher(db: Db) {
  return db
    .selectFrom("disbursement_voucher as v")
    .innerJoin("application as a", "a.id", "v.application_id")
    .selectAll("v")
    .select(["a.number", "a.kind"]);
}

type VoucherRow = NonNullable<
  Awaited<ReturnType<ReturnType<typeof selectVoucher>["executeTakeFirst"]>>
>;

function toVoucher(row: VoucherRow, personalData: PersonalData): DisbursementVoucher {
  return {
    no: row.no,
    applicationId: row.application_id,
    applicationNumber: row.number,
    applicationKind: row.kind,
    house: { estateId: row.estate_id, houseId: row.house_id },
    reason: row.reason,
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
    amountFen: fen(row.amount_fen),
    originalNoticeNo: row.original_notice_no,
    bankCode: row.bank_code,
    payeeName: personalData.decrypt(row.payee_name_cipher),
    payeeAccount: personalData.decrypt(row.payee_account_cipher),
    payeeBank: personalData.decrypt(row.payee_bank_cipher),
    approvedBy: row.approved_by,
    issuedAt: row.issued_at,
    expiresOn: row.expires_on,
    state: row.state,
    failureReason: row.failure_reason,
    lockedBy: row.locked_by,
    lockedUntil: row.locked_until,
    printCount: row.print_count,
  };
}
