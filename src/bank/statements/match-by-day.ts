import { type Movement, type OpenLine, type Pool, take } from "./open-item.ts";
import type { LineKind } from "./statement.ts";

/** What the bank calls what the ledger calls so. What is not here goes with any kind. */
export const KIND_OF_MOVEMENT: Readonly<Record<string, LineKind>> = {
  deposit: "deposit",
  suspense: "deposit",
  refund: "refund",
  use: "use",
  "bank-interest": "interest",
  reversal: "reversal",
};
const ANY: LineKind = "other";
const KINDS: readonly LineKind[] = [...new Set(Object.values(KIND_OF_MOVEMENT)), ANY];

/**
 * Pairs what shares day and amount and where neither number nor kind says otherwise; lines that repeat a number are left.
 * Two numbers that differ are two payments, whatever day and amount say. Who can go with the fewest chooses first, and
 * takes whom the fewest others can have: lines with numbers before those without, and what was taken back last.
 */
export function matchByDay(pool: Pool, repeats: ReadonlySet<OpenLine>): void {
  const reversedJournals = new Set<bigint>();
  for (const { reverses } of pool.movements) {
    if (reverses !== null) reversedJournals.add(reverses);
  }
  const waiting = new Map<string, Movement[]>();
  for (const movement of [...pool.movements].toReversed()) {
    const isBack = movement.reverses !== null || reversedJournals.has(movement.journalId);
    const slot = slotOf(movement, {
      kind: KIND_OF_MOVEMENT[movement.kind] ?? ANY,
      ...{ hasNotice: movement.noticeNo !== null, hasRef: movement.bankRef !== null, isBack },
    });
    waiting.set(slot, waiting.get(slot) ?? []);
    waiting.get(slot)?.push(movement);
  }
  for (const line of inTurn(pool.lines, repeats)) {
    const slot = slotsFor(line).find((one) => (waiting.get(one)?.length ?? 0) > 0);
    const movement = slot === undefined ? undefined : waiting.get(slot)?.pop();
    if (movement !== undefined) take(pool, { line, movement, rule: "day-amount" });
  }
}

/** What decides who may be the same: among those of one slot anyone is as good as another. */
interface Slot {
  kind: LineKind;
  hasNotice: boolean;
  hasRef: boolean;
  isBack: boolean;
}

function slotOf({ day, amountFen }: { day: string; amountFen: bigint }, slot: Slot): string {
  return `${day} ${amountFen} ${slot.kind} ${slot.hasNotice} ${slot.hasRef} ${slot.isBack}`;
}

/** Where a line looks, in this turn: what stands before what was taken back, the most numbers first. */
function slotsFor(line: OpenLine): string[] {
  const kinds: readonly LineKind[] = line.kind === "other" ? KINDS : [line.kind, ANY];
  const notices = line.noticeNo === null ? [true, false] : [false];
  const refs = line.requestId === null ? [true, false] : [false];
  return [false, true].flatMap((isBack) =>
    notices.flatMap((hasNotice) =>
      refs.flatMap((hasRef) =>
        kinds.map((kind) => slotOf(line, { kind, hasNotice, hasRef, isBack })),
      ),
    ),
  );
}

function inTurn(lines: ReadonlySet<OpenLine>, repeats: ReadonlySet<OpenLine>): OpenLine[] {
  const reversed = new Set<string>();
  for (const line of lines) {
    if (line.kind === "reversal") reversed.add(line.bankTxnNo);
  }
  const turnOf = (line: OpenLine) =>
    (line.kind !== "reversal" && reversed.has(line.bankTxnNo) ? 8 : 0) +
    (line.kind === "other" ? 4 : 0) +
    (line.noticeNo === null ? 1 : 0) +
    (line.requestId === null ? 1 : 0);
  return [...lines].filter((line) => !repeats.has(line)).sort((a, b) => turnOf(a) - turnOf(b));
}
