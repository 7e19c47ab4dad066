import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Db } from "../database/client.ts";

/** A slip as the register remembers it: what anyone who holds it may compare with the paper. */
export interface IssuedSlip {
  kind: string;
  number: string;
  /** What it is of: its own number where it has one, else a house, a house and a year. */
  subject: string;
  datedOn: CalendarDate;
  /** Null for a slip without an amount. */
  amountFen: Fen | null;
  /** Masked where it is a person; may be empty. */
  party: string;
  about: string;
  /** Whether the same slip was later printed with other content. */
  isReplaced: boolean;
}

/** What a slip is worth at this moment. */
export interface SlipStanding {
  isValid: boolean;
  /** One word or two: 有效, 已作废, 已交款. */
  label: string;
  /** What that means for whoever holds it, in sentences. */
  meaning: string;
}

/** A standing, and where the slip's holder goes on: to the page of its application, or to pay. */
export interface SlipJudgement extends SlipStanding {
  onward: { href: string; words: string } | null;
}

/** A kind of slip as 验真 sees it; the business that prints it says what it is worth. */
export interface SlipKind {
  kind: string;
  /** 交款通知单 */
  title: string;
  /** What party, date and amount are called on this slip: 交款人, 有效期至, 应交金额. */
  words: { party: string; datedOn: string; amount: string };
  judge: (db: Db, slip: IssuedSlip, now: Date) => Promise<SlipJudgement>;
}
