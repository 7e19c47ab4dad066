import type { Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Json } from "./json-column.ts";
import type { DepositKindCode } from "./ledger.ts";

/** Payment notices, vouchers and the money that a bank received or paid. */
export interface BankTables {
  payment_notice: PaymentNoticeTable;
  payment_notice_house: PaymentNoticeHouseTable;
  bank_receipt: BankReceiptTable;
  bank_teller: BankTellerTable;
  disbursement_voucher: DisbursementVoucherTable;
  bank_disbursement: BankDisbursementTable;
}

export interface PaymentNoticeTable {
  no: string;
  estate_id: number;
  /** Null: a batch, whose houses stand in `payment_notice_house`. */
  house_id: bigint | null;
  house_count: Generated<number>;
  deposit_kind: DepositKindCode;
  amount_fen: bigint;
  first_paid_seen_fen: bigint | null;
  account_code: string | null;
  custody_account_id: number;
  bank_code: string;
  payer_name_cipher: Buffer;
  payer_phone_cipher: Buffer;
  basis: Json;
  issued_at: Date;
  expires_on: CalendarDate;
  state: Generated<"issued" | "locked" | "paid" | "expired" | "cancelled" | "reversed">;
  locked_by: string | null;
  locked_until: Date | null;
  print_count: Generated<number>;
}

interface PaymentNoticeHouseTable {
  notice_no: string;
  n: number;
  estate_id: number;
  house_id: bigint;
  amount_fen: bigint;
  first_paid_seen_fen: bigint;
  account_code: string;
  basis: Json;
}

export interface BankReceiptTable {
  id: GeneratedAlways<bigint>;
  bank_code: string;
  bank_ref: string;
  body_hash: Buffer;
  notice_no: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  teller: string;
  outcome: "credited" | "suspense";
  suspense_reason: string | null;
  credited_notice_no: GeneratedAlways<string | null>;
  journal_id: bigint;
  received_at: Generated<Date>;
}

interface BankTellerTable {
  id: GeneratedAlways<number>;
  username: string;
  password_hash: string;
  display_name: string;
  teller_no: string;
  bank_code: string;
  branch_name: string;
  is_disabled: Generated<boolean>;
  is_demonstration: Generated<boolean>;
  totp_secret_cipher: Generated<Buffer | null>;
  totp_last_step: Generated<bigint | null>;
  is_password_initial: Generated<boolean>;
  password_changed_at: Generated<Date>;
  code_reset_asked_by: Generated<string | null>;
  code_reset_asked_at: Generated<Date | null>;
}

export interface DisbursementVoucherTable {
  no: string;
  application_id: bigint;
  n: number;
  estate_id: number;
  house_id: bigint;
  reason: string;
  principal_fen: bigint;
  interest_fen: bigint;
  amount_fen: bigint;
  first_deposit_fen: bigint;
  deposit_kind: "00" | "01" | "04" | null;
  house_effect: "none" | "closed" | "owner-cleared" | "area-corrected" | "exempt";
  area_after_hundredths: number | null;
  original_notice_no: string | null;
  fund_code: "3001" | "3002";
  custody_account_id: number;
  bank_code: string;
  payee_name_cipher: Buffer;
  payee_account_cipher: Buffer;
  payee_bank_cipher: Buffer;
  code_cipher: Buffer;
  code_hash: Buffer;
  basis: Json;
  approved_by: string;
  issued_at: Date;
  expires_on: CalendarDate;
  state: Generated<"issued" | "locked" | "paid" | "failed" | "expired" | "cancelled">;
  failure_reason: string | null;
  locked_by: string | null;
  locked_until: Date | null;
  print_count: Generated<number>;
}

interface BankDisbursementTable {
  id: GeneratedAlways<bigint>;
  bank_code: string;
  bank_ref: string;
  body_hash: Buffer;
  voucher_no: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  teller: string;
  journal_id: bigint;
  rest_journal_id: bigint | null;
  paid_at: Generated<Date>;
}
