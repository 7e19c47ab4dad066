import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Movement, OpenLine, Pool, SettledPair } from "./open-item.ts";

/**
 * Settles what is left open and was taken back on its own side (两清), and takes it out of the pool: a movement and its
 * reversal up to the last day, a bank's line and its REVERSAL of the same number or notice with the opposite amount.
 */
export function settlePairs(pool: Pool, lastDay: CalendarDate): SettledPair[] {
  const ofLedger = settleMovements(pool, lastDay);
  const ofBank = settleLines(pool);
  return [
    ...ofLedger.map((pair): SettledPair => ({ side: "ledger", pair })),
    ...ofBank.map((pair): SettledPair => ({ side: "bank", pair })),
  ];
}

function settleMovements({ movements }: Pool, lastDay: CalendarDate): [Movement, Movement][] {
  const due = [...movements].filter(({ day }) => day <= lastDay);
  const byJournal = new Map(due.map((movement) => [movement.journalId, movement]));
  const pairs: [Movement, Movement][] = [];
  for (const reversal of due) {
    const original = reversal.reverses === null ? undefined : byJournal.get(reversal.reverses);
    if (original === undefined || original.amountFen + reversal.amountFen !== 0n) continue;
    pairs.push([original, reversal]);
    movements.delete(original);
    movements.delete(reversal);
  }
  return pairs;
}

function settleLines({ lines }: Pool): [OpenLine, OpenLine][] {
  const waiting = new Map<string, OpenLine[]>();
  const pairs: [OpenLine, OpenLine][] = [];
  for (const line of [...lines].toReversed()) {
    if (line.kind === "reversal") continue;
    for (const slot of slotsOf(line, -line.amountFen)) {
      waiting.set(slot, waiting.get(slot) ?? []);
      waiting.get(slot)?.push(line);
    }
  }
  for (const reversal of lines) {
    if (reversal.kind !== "reversal") continue;
    const original = firstOpen(lines, slotsOf(reversal, reversal.amountFen), waiting);
    if (original === undefined) continue;
    pairs.push([original, reversal]);
    lines.delete(original);
    lines.delete(reversal);
  }
  return pairs;
}

function slotsOf({ bankTxnNo, noticeNo }: OpenLine, reversedBy: bigint): string[] {
  const slots = [`line ${bankTxnNo} ${reversedBy}`];
  return noticeNo === null ? slots : [...slots, `notice ${noticeNo} ${reversedBy}`];
}

/** A line stands under its number and its notice: it may be taken under the other name already. */
function firstOpen(
  lines: ReadonlySet<OpenLine>,
  slots: readonly string[],
  waiting: ReadonlyMap<string, OpenLine[]>,
): OpenLine | undefined {
  for (const slot of slots) {
    const queue = waiting.get(slot) ?? [];
    while (queue.length > 0) {
      const one = queue.pop();
      if (one !== undefined && lines.has(one)) return one;
    }
  }
  return undefined;
}
