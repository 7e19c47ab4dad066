import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { HouseLine } from "./list-house-entries.ts";

/** Where a balance comes from, summed by kind. What was given back or used up is negative. */
export interface FundSums {
  depositFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
}

/** Sums lines of a house by kind: together they are the change of its balance. */
export function sumLines(lines: readonly HouseLine[]): FundSums {
  const sums: FundSums = {
    depositFen: ZERO_FEN,
    interestFen: ZERO_FEN,
    usedFen: ZERO_FEN,
    refundedFen: ZERO_FEN,
  };
  for (const line of lines) {
    const change = addFen(line.principalFen, line.interestFen);
    if (line.kind === "interest") sums.interestFen = addFen(sums.interestFen, change);
    else if (line.kind === "use") sums.usedFen = addFen(sums.usedFen, change);
    else if (line.kind === "refund") sums.refundedFen = addFen(sums.refundedFen, change);
    else sums.depositFen = addFen(sums.depositFen, change);
  }
  return sums;
}
