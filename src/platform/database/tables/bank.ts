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
  bank_statement: BankStatementTable;
  bank_statement_line: BankStatementLineTable;
  statement_note: StatementNoteTable;
  statement_closing: StatementClosingTable;
  statement_match: StatementMatchTable;
  statement_settled: StatementSettledTable;
  statement_carry: StatementCarryTable;
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

/** A bank's statement file of one custody account, as it was read. Since 0042. */
interface BankStatementTable {
  id: GeneratedAlways<number>;
  custody_account_id: number;
  first_day: CalendarDate;
  last_day: CalendarDate;
  line_count: number;
  total_fen: bigint;
  opening_fen: bigint;
  closing_fen: bigint;
  content_hash: Buffer;
  uploaded_by: number;
  uploaded_at: Date;
}

interface BankStatementLineTable {
  statement_id: number;
  seq: number;
  bank_txn_no: string;
  request_id: string | null;
  notice_no: string | null;
  kind: "deposit" | "refund" | "use" | "interest" | "reversal" | "other";
  /** Money in is positive. */
  amount_fen: bigint;
  at: Date;
  value_date: CalendarDate;
}

/** Why a difference stays open for now; the newest of an item counts. */
interface StatementNoteTable {
  id: GeneratedAlways<bigint>;
  statement_id: number;
  line_statement_id: number | null;
  line_seq: number | null;
  journal_id: bigint | null;
  reason: "cut-off" | "bank-inquiry" | "to-be-booked";
  remark: string;
  noted_by: number;
  noted_at: Date;
}

interface StatementClosingTable {
  statement_id: number;
  custody_account_id: number;
  last_day: CalendarDate;
  matched_count: number;
  carried_count: number;
  closed_by: number;
  closed_at: Date;
  settled_count: Generated<number>;
  /** Set by the database. */
  last_journal_id: Generated<bigint>;
}

/** Which movement of the ledger a bank's line is. */
interface StatementMatchTable {
  statement_id: number;
  line_statement_id: number;
  line_seq: number;
  custody_account_id: number;
  journal_id: bigint;
  rule: "reference" | "notice" | "day-amount";
}

/** What one side took back by itself: two of a pair, whose sum is nothing. */
interface StatementSettledTable {
  statement_id: number;
  pair: number;
  custody_account_id: number;
  line_statement_id: number | null;
  line_seq: number | null;
  journal_id: bigint | null;
}

/** Which notes a closing took over to the next statement. */
interface StatementCarryTable {
  statement_id: number;
  note_id: bigint;
}
