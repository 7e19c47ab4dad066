import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { LineKind } from "./statement.ts";

/** A bank's line that no closed statement has matched: of this file, or carried over from the last. */
export interface OpenLine {
  statementId: number;
  seq: number;
  bankTxnNo: string;
  requestId: string | null;
  noticeNo: string | null;
  kind: LineKind;
  amountFen: Fen;
  /** The bank's day of it. */
  day: CalendarDate;
  isCarried: boolean;
  /** An earlier line of a closed statement has the same number, and it is not that line's reversal. */
  isKnownNumber: boolean;
}

/** Money at the bank as the ledger tells it, that no closed statement has matched. */
export interface Movement {
  journalId: bigint;
  kind: string;
  day: CalendarDate;
  amountFen: Fen;
  bankRef: string | null;
  noticeNo: string | null;
  /** The journal that this one takes back. */
  reverses: bigint | null;
}

/** What one side did and took back by itself, so that the other never hears of it (两清): the sum of both is nothing. */
export type SettledPair =
  | { side: "bank"; pair: readonly [OpenLine, OpenLine] }
  | { side: "ledger"; pair: readonly [Movement, Movement] };

/** By what a line was found: the bank's reference, notice and amount, or nothing but day and amount. */
export type MatchRule = "reference" | "notice" | "day-amount";

export interface Match {
  line: OpenLine;
  movement: Movement;
  rule: MatchRule;
}

/** Where a difference belongs: 银行有平台无, 平台有银行无, 金额不符, 重复, 日切. */
export type Bucket = "bank-only" | "ledger-only" | "amount-differs" | "duplicate" | "cut-off";

/** One difference: a line that nothing matches, or a movement. `otherFen` is the amount of the other side. */
export type OpenItem = { bucket: Bucket; otherFen: Fen | null } & (
  | { side: "bank"; line: OpenLine }
  | { side: "ledger"; movement: Movement }
);

/** What is not matched yet, and what is. */
export interface Pool {
  lines: Set<OpenLine>;
  movements: Set<Movement>;
  matches: Match[];
}

/** Takes a line and its movement out of what is open. */
export function take({ matches, lines, movements }: Pool, match: Match): void {
  matches.push(match);
  lines.delete(match.line);
  movements.delete(match.movement);
}
