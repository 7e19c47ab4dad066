import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { OwedFigures } from "#src/ledger/owed-figures.ts";

/** What the buildings of an estate, or several estates, come to together. */
export type OwedTotals = Omit<OwedFigures, "estateId" | "buildingId">;

/** Adds the figures of several buildings up; of none everything is zero. */
export function addOwed(all: readonly OwedFigures[]): OwedTotals {
  const count = (of: (one: OwedFigures) => number) => all.reduce((sum, one) => sum + of(one), 0);
  const money = (of: (one: OwedFigures) => Fen) => addFen(ZERO_FEN, ...all.map(of));
  return {
    houseCount: count((one) => one.houseCount),
    paidCount: count((one) => one.paidCount),
    unpaidCount: count((one) => one.unpaidCount),
    partPaidCount: count((one) => one.partPaidCount),
    depositedFen: money((one) => one.depositedFen),
    owedFen: money((one) => one.owedFen),
  };
}
