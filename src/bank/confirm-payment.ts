import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { SuspenseNote } from "#src/ledger/journal-notes.ts";
import type { Tx } from "#src/platform/database/client.ts";

/** Why money that arrived could not be credited and waits in suspense (待清算) instead. */
export type SuspenseReason = NonNullable<SuspenseNote["reason"]>;

/** A bank's word that money for a notice has arrived. */
export interface Confirmation {
  no: string;
  bankCode: string;
  /** 银行流水号: confirms once, for ever. */
  bankRef: string;
  amountFen: Fen;
  /** 到账日期 */
  valueDate: CalendarDate;
  teller: string;
  bookDate: CalendarDate;
  now: Date;
  /** Kept with the journal for the house ledger's explanation; see ledger/journal-notes.ts. */
  note: object;
}

/** What the confirmation did. Only `credited` and `suspense` posted something just now. */
export type ConfirmationOutcome =
  | { kind: "credited"; journalId: bigint; superseded: string[] }
  | { kind: "suspense"; reason: SuspenseReason; journalId: bigint }
  | { kind: "repeat"; first: "credited" | "suspense"; journalId: bigint }
  | { kind: "unknown" | "wrong-bank" | "amount-differs" | "locked-elsewhere" | "reference-used" };

/**
 * Books money that arrived for a payment notice, in one call of the database: the house, or every house of a
 * batch, is credited when the notice is payable and the amount is exact; money for a dead notice goes to suspense; the same
 * message again answers with what it did the first time; other content under the same reference, another
 * amount or another bank is refused and posts nothing (domain: states and idempotency of the notice).
 */
export async function confirmPayment(tx: Tx, message: Confirmation): Promise<ConfirmationOutcome> {
  if (await wentTheOtherWay(tx, message)) return { kind: "reference-used" };
  const { rows } = await sql<Row>`
    select * from confirm_payment_notice(${message.no}, ${message.bankCode}, ${message.bankRef},
      ${bodyHash(message)}, ${message.amountFen.toString()}::bigint, ${message.valueDate}::date,
      ${message.bookDate}::date, ${message.now}, ${message.teller},
      ${JSON.stringify(message.note)}::jsonb)`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the confirming function answered nothing");
  return toOutcome(row);
}

/** Tells whether a reference of this bank paid a voucher; holds the reference until the transaction ends. */
async function wentTheOtherWay(tx: Tx, message: Confirmation): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select is_reference_disbursed(${message.bankCode}, ${message.bankRef}) as used`.execute(tx);
  return rows[0]?.used === true;
}

/** What makes two messages under one reference the same message. */
function bodyHash(message: Confirmation): Buffer {
  const body = [message.no, message.amountFen.toString(), message.valueDate].join("|");
  return createHash("sha256").update(body).digest();
}

interface Row {
  outcome: ConfirmationOutcome["kind"];
  reason: string | null;
  journal_id: bigint | null;
  superseded: string[];
}

function toOutcome(row: Row): ConfirmationOutcome {
  switch (row.outcome) {
    case "credited":
      return {
        kind: "credited",
        journalId: row.journal_id as bigint,
        superseded: row.superseded,
      };
    case "suspense":
      return {
        kind: "suspense",
        reason: row.reason as SuspenseReason,
        journalId: row.journal_id as bigint,
      };
    case "repeat":
      return {
        kind: "repeat",
        first: row.reason === "credited" ? "credited" : "suspense",
        journalId: row.journal_id as bigint,
      };
    default:
      return { kind: row.outcome };
  }
}
