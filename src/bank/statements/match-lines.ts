import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { matchByDay } from "./match-by-day.ts";
import {
  type Match,
  type MatchRule,
  type Movement,
  type OpenItem,
  type OpenLine,
  type Pool,
  type SettledPair,
  take,
} from "./open-item.ts";
import { findRepeats } from "./repeated-lines.ts";
import { settlePairs } from "./settle-pairs.ts";

/**
 * Decides which movement each line is. In turn: the bank's reference and the amount; notice or voucher and the amount;
 * day and amount, where neither side has a number or a kind that says otherwise (a person looks at these before closing)
 * and the line does not repeat another's number. What is left on one side and was taken back on the same side settles
 * itself. A movement after the last day may be matched, but it is no difference yet when it is not.
 */
export function matchLines(
  lines: readonly OpenLine[],
  movements: readonly Movement[],
  lastDay: CalendarDate,
): { matches: Match[]; settled: SettledPair[]; open: OpenItem[] } {
  const pool: Pool = { lines: new Set(lines), movements: new Set(movements), matches: [] };
  matchByKey(pool, "reference", referencesOf, ({ bankRef }) => (bankRef === null ? [] : [bankRef]));
  matchByKey(pool, "notice", numbersOf, numbersOf);
  const repeats = findRepeats(lines);
  matchByDay(pool, repeats);
  const settled = settlePairs(pool, lastDay);
  return { matches: pool.matches, settled, open: sortItems(pool, repeats, lastDay) };
}

const referencesOf = ({ bankTxnNo, requestId }: OpenLine) =>
  requestId === null || requestId === bankTxnNo ? [bankTxnNo] : [bankTxnNo, requestId];
const numbersOf = ({ noticeNo }: { noticeNo: string | null }) =>
  noticeNo === null ? [] : [noticeNo];

/** Pairs what shares a key and the amount, the earlier with the earlier. */
function matchByKey(
  pool: Pool,
  rule: MatchRule,
  keysOfLine: (line: OpenLine) => readonly string[],
  keysOfMovement: (movement: Movement) => readonly string[],
): void {
  const waiting = new Map<string, Movement[]>();
  for (const movement of [...pool.movements].toReversed()) {
    for (const key of keysOfMovement(movement)) {
      const slot = `${key} ${movement.amountFen}`;
      const queue = waiting.get(slot);
      if (queue === undefined) waiting.set(slot, [movement]);
      else queue.push(movement);
    }
  }
  for (const line of pool.lines) {
    const queue = keysOfLine(line)
      .map((key) => waiting.get(`${key} ${line.amountFen}`))
      .find((one) => one !== undefined && one.length > 0);
    const movement = queue?.pop();
    if (movement !== undefined) take(pool, { line, movement, rule });
  }
}

function sortItems(pool: Pool, repeats: ReadonlySet<OpenLine>, lastDay: CalendarDate): OpenItem[] {
  const pairs = pairByNumber(pool);
  const ofBank = [...pool.lines].map((line): OpenItem => {
    const other = pairs.byLine.get(line);
    const bucket = repeats.has(line) ? "duplicate" : bucketOf(line, other, lastDay);
    const known = bucket ?? "bank-only";
    return { side: "bank", line, bucket: known, otherFen: other?.amountFen ?? null };
  });
  const due = [...pool.movements].filter(({ day }) => day <= lastDay);
  const ofLedger = due.map((movement): OpenItem => {
    const other = pairs.byMovement.get(movement);
    const bucket = bucketOf(movement, other, lastDay) ?? "ledger-only";
    return { side: "ledger", movement, bucket, otherFen: other?.amountFen ?? null };
  });
  return [...ofBank, ...ofLedger];
}

function bucketOf(
  { day }: { day: CalendarDate },
  other: object | undefined,
  lastDay: CalendarDate,
): "amount-differs" | "cut-off" | null {
  if (other !== undefined) return "amount-differs";
  return day === lastDay ? "cut-off" : null;
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
