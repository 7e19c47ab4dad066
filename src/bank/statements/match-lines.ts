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
  /** An earlier statement that is closed has a line of the same number. */
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
}

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

/**
 * Decides which movement each line is. In turn: the bank's reference and the amount; notice or voucher and the amount;
 * day and amount, where neither side has a number that says otherwise (a person looks at these before closing). A movement
 * after the last day may be matched, but it is no difference yet when it is not.
 */
export function matchLines(
  lines: readonly OpenLine[],
  movements: readonly Movement[],
  lastDay: CalendarDate,
): { matches: Match[]; open: OpenItem[] } {
  const pool = new Pool(lines, movements);
  pool.match("reference", referencesOf, ({ bankRef }) => (bankRef === null ? [] : [bankRef]));
  pool.match("notice", numbersOf, numbersOf);
  pool.match(
    "day-amount",
    ({ day }) => [day],
    ({ day }) => [day],
  );
  return { matches: pool.matches, open: sortItems(lines, pool, lastDay) };
}

const referencesOf = ({ bankTxnNo, requestId }: OpenLine) =>
  requestId === null || requestId === bankTxnNo ? [bankTxnNo] : [bankTxnNo, requestId];
const numbersOf = ({ noticeNo }: { noticeNo: string | null }) =>
  noticeNo === null ? [] : [noticeNo];

class Pool {
  readonly matches: Match[] = [];
  readonly lines: Set<OpenLine>;
  readonly movements: Set<Movement>;

  constructor(lines: readonly OpenLine[], movements: readonly Movement[]) {
    this.lines = new Set(lines);
    this.movements = new Set(movements);
  }

  /** Pairs what shares a key and the amount, the earlier with the earlier. */
  match(
    rule: MatchRule,
    keysOfLine: (line: OpenLine) => readonly string[],
    keysOfMovement: (movement: Movement) => readonly string[],
  ): void {
    const waiting = new Map<string, Queue>();
    for (const movement of this.movements) {
      for (const key of keysOfMovement(movement)) {
        const slot = `${key} ${movement.amountFen}`;
        const queue = waiting.get(slot);
        if (queue === undefined) waiting.set(slot, { all: [movement], from: 0 });
        else queue.all.push(movement);
      }
    }
    for (const line of this.lines) {
      const queues = keysOfLine(line).map((key) => waiting.get(`${key} ${line.amountFen}`));
      const movement = queues
        .map((queue) => queue && this.#firstFree(queue, line, rule))
        .find((one) => one !== undefined);
      if (movement === undefined) continue;
      this.matches.push({ line, movement, rule });
      this.lines.delete(line);
      this.movements.delete(movement);
    }
  }

  /** Looks from the first that is not taken: a thousand equal payments of a day are not searched a thousand times. */
  #firstFree(queue: Queue, line: OpenLine, rule: MatchRule): Movement | undefined {
    const isFree = (one: Movement | undefined) => one !== undefined && this.movements.has(one);
    while (queue.from < queue.all.length && !isFree(queue.all[queue.from])) queue.from += 1;
    for (let at = queue.from; at < queue.all.length; at += 1) {
      const one = queue.all[at];
      if (one === undefined || !this.movements.has(one)) continue;
      if (rule !== "day-amount" || mayBeSame(line, one)) return one;
    }
    return undefined;
  }
}

/** Movements that share key and amount, and how many in front are taken. */
interface Queue {
  all: Movement[];
  from: number;
}

/** Two numbers that differ are two payments, whatever day and amount say. */
function mayBeSame(line: OpenLine, movement: Movement): boolean {
  if (line.noticeNo !== null && movement.noticeNo !== null) return false;
  return movement.bankRef === null || line.requestId === null;
}

function sortItems(lines: readonly OpenLine[], pool: Pool, lastDay: CalendarDate): OpenItem[] {
  const pairs = pairByNumber(pool);
  const due = [...pool.movements].filter(({ day }) => day <= lastDay);
  const firstOf = new Map<string, OpenLine>();
  for (const line of lines) {
    if (!firstOf.has(line.bankTxnNo)) firstOf.set(line.bankTxnNo, line);
  }
  const ofBank = [...pool.lines].map((line): OpenItem => {
    const other = pairs.byLine.get(line);
    const isAgain = line.isKnownNumber || firstOf.get(line.bankTxnNo) !== line;
    const isLast = line.day === lastDay;
    const bucket = isAgain
      ? "duplicate"
      : other
        ? "amount-differs"
        : isLast
          ? "cut-off"
          : "bank-only";
    return { side: "bank", line, bucket, otherFen: other?.amountFen ?? null };
  });
  const ofLedger = due.map((movement): OpenItem => {
    const other = pairs.byMovement.get(movement);
    const isLast = movement.day === lastDay;
    const bucket = other ? "amount-differs" : isLast ? "cut-off" : "ledger-only";
    return { side: "ledger", movement, bucket, otherFen: other?.amountFen ?? null };
  });
  return [...ofBank, ...ofLedger];
}

/** What is left and names the same reference or notice, in the same direction, but another amount. */
function pairByNumber(pool: Pool) {
  const byLine = new Map<OpenLine, Movement>();
  const byMovement = new Map<Movement, OpenLine>();
  const named = new Map<string, Movement[]>();
  for (const movement of pool.movements) {
    for (const key of new Set([movement.bankRef, movement.noticeNo])) {
      if (key !== null) named.set(key, [...(named.get(key) ?? []), movement]);
    }
  }
  for (const line of pool.lines) {
    const movement = [...referencesOf(line), ...numbersOf(line)]
      .flatMap((key) => named.get(key) ?? [])
      .find((one) => !byMovement.has(one) && one.amountFen > 0n === line.amountFen > 0n);
    if (movement === undefined) continue;
    byLine.set(line, movement);
    byMovement.set(movement, line);
  }
  return { byLine, byMovement };
}
