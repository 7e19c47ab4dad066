import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { SuspenseNote } from "#src/ledger/journal-notes.ts";

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

/** The arguments that the database's functions take a confirmation by, in their order. */
export function confirmationArguments(message: Confirmation): RawBuilder<unknown> {
  return sql`${message.no}, ${message.bankCode}, ${message.bankRef}, ${bodyHash(message)},
    ${message.amountFen.toString()}::bigint, ${message.valueDate}::date, ${message.bookDate}::date,
    ${message.now}::timestamptz, ${message.teller}, ${JSON.stringify(message.note)}::jsonb`;
}

/** What makes two messages under one reference the same message. */
function bodyHash(message: Confirmation): Buffer {
  const body = [message.no, message.amountFen.toString(), message.valueDate].join("|");
  return createHash("sha256").update(body).digest();
}

/** What the functions answer. */
export interface ConfirmationRow {
  outcome: ConfirmationOutcome["kind"];
  reason: string | null;
  journal_id: bigint | null;
  superseded: string[];
}

/** Reads the answer to a confirmation. */
export function toConfirmationOutcome(row: ConfirmationRow): ConfirmationOutcome {
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
