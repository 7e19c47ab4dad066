import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, subtractFen, ZERO_FEN } from "#src/kernel/money.ts";

/** What the bank calls a line; the words of the file in front. */
export const LINE_KINDS = {
  DEPOSIT: "deposit",
  REFUND: "refund",
  USE: "use",
  INTEREST: "interest",
  REVERSAL: "reversal",
  OTHER: "other",
} as const;

export type LineKind = (typeof LINE_KINDS)[keyof typeof LINE_KINDS];

/** One line of a bank's statement. Who stands on the other side is read and thrown away: it is personal. */
export interface StatementLine {
  seq: number;
  bankTxnNo: string;
  /** The reference under which the bank told the platform of the money. */
  requestId: string | null;
  /** The number of a payment notice or a disbursement voucher. */
  noticeNo: string | null;
  kind: LineKind;
  /** Money in is positive. */
  amountFen: Fen;
  at: Date;
  valueDate: CalendarDate;
}

/** A bank's statement of one custody account for a day, a month, a year or any other stretch of days. */
export interface Statement {
  bankCode: string;
  accountNo: string;
  firstDay: CalendarDate;
  lastDay: CalendarDate;
  openingFen: Fen;
  closingFen: Fen;
  lines: StatementLine[];
}

/** Adds amounts up, however many. Throws RangeError when the sum is too large to be kept. */
export function sumAmounts(of: readonly { amountFen: Fen }[]): Fen {
  return of.reduce((sum, { amountFen }) => addFen(sum, amountFen), ZERO_FEN);
}

/** The sum of all lines, in and out alike: what the head of a file says beside their number. */
export function totalOf(lines: readonly Pick<StatementLine, "amountFen">[]): Fen {
  return lines.reduce(
    (sum, { amountFen }) => (amountFen < 0n ? subtractFen(sum, amountFen) : addFen(sum, amountFen)),
    ZERO_FEN,
  );
}
