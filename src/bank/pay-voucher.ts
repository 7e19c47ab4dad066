import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { authorisationCodeHash } from "./authorisation-code.ts";

/** A bank's word that a voucher was paid out. */
export interface Disbursement {
  no: string;
  bankCode: string;
  /** 银行流水号: used once, for ever, whichever way the money went. */
  bankRef: string;
  amountFen: Fen;
  /** 授权码, as it stands on the slip. */
  code: string;
  /** 付款日期 */
  valueDate: CalendarDate;
  teller: string;
  bookDate: CalendarDate;
  now: Date;
  /** Kept with the journal; nothing personal. */
  note: object;
}

/** Why a voucher is not paid; nothing was booked. */
export type DisbursementRefusal =
  | "unknown"
  | "reference-used"
  | "wrong-bank"
  | "amount-differs"
  | "wrong-code"
  | "already-paid"
  | "failed"
  | "expired"
  | "cancelled"
  | "locked-elsewhere"
  | "house-closed"
  | "balance-changed";

/** What the message did. Only `paid` booked something just now. */
export type DisbursementOutcome =
  | { kind: "paid"; journalId: bigint; applicationId: bigint }
  | { kind: "repeat"; journalId: bigint }
  | { kind: DisbursementRefusal };

/**
 * Books that a voucher was paid, in one call of the database: the reserve is released, the ledger posted,
 * the register told what the refund means for the house. The same message again answers as it did the
 * first time; anything that does not fit is refused and books nothing.
 */
export async function payVoucher(
  tx: Tx,
  message: Disbursement,
  personalData: PersonalData,
): Promise<DisbursementOutcome> {
  const codeHash = authorisationCodeHash(personalData, message.no, message.code);
  const { rows } = await sql<{
    outcome: DisbursementOutcome["kind"];
    journal_id: bigint;
    application_id: bigint;
  }>`
    select * from pay_disbursement_voucher(${message.no}, ${message.bankCode}, ${message.bankRef},
      ${bodyHash(message, codeHash)}, ${message.amountFen.toString()}::bigint, ${codeHash},
      ${message.valueDate}::date, ${message.bookDate}::date, ${message.now}, ${message.teller},
      ${JSON.stringify(message.note)}::jsonb)`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the paying function answered nothing");
  switch (row.outcome) {
    case "paid":
      return { kind: "paid", journalId: row.journal_id, applicationId: row.application_id };
    case "repeat":
      return { kind: "repeat", journalId: row.journal_id };
    default:
      return { kind: row.outcome };
  }
}

/** What makes two messages under one reference the same message. */
function bodyHash(message: Disbursement, codeHash: Buffer): Buffer {
  const body = [message.no, message.amountFen.toString(), message.valueDate].join("|");
  return createHash("sha256").update(body).update(codeHash).digest();
}

/** A teller says that a voucher could not be paid. */
export interface DisbursementFailure {
  no: string;
  bankCode: string;
  teller: string;
  /** Read by the applicant: 账号不对, 户名不符 … */
  reason: string;
  now: Date;
}

export type FailureOutcome =
  | { kind: "failed"; applicationId: bigint }
  | { kind: "repeat" | "unknown" | "wrong-bank" | "locked-elsewhere" }
  | { kind: "paid" | "expired" | "cancelled" };

/** Ends a voucher that the bank could not pay and gives its reserve free. */
export async function failVoucher(tx: Tx, failure: DisbursementFailure): Promise<FailureOutcome> {
  const { rows } = await sql<{ outcome: FailureOutcome["kind"]; application_id: bigint }>`
    select * from fail_disbursement_voucher(${failure.no}, ${failure.bankCode}, ${failure.teller},
      ${failure.reason}, ${failure.now})`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the failing function answered nothing");
  return row.outcome === "failed"
    ? { kind: "failed", applicationId: row.application_id }
    : { kind: row.outcome };
}
