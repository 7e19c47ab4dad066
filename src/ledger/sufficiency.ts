import type { Fen } from "#src/kernel/money.ts";

/**
 * Computes the 充足率, balance ÷ first deposits, in tenths of a per cent, rounded half up: 910n is 91.0 %.
 * Null where nothing was deposited: there is nothing to measure against.
 */
export function sufficiencyTenths(balanceFen: Fen, firstPaidFen: Fen): bigint | null {
  if (firstPaidFen <= 0n) return null;
  return (balanceFen * 2_000n + firstPaidFen) / (firstPaidFen * 2n);
}

/** Computes a share of a count in tenths of a per cent, rounded half up; null of none. */
export function shareTenths(part: number, whole: number): bigint | null {
  if (whole <= 0) return null;
  return (BigInt(part) * 2_000n + BigInt(whole)) / (BigInt(whole) * 2n);
}

/** Writes tenths of a per cent with one decimal: 91.0%. */
export function formatTenths(tenths: bigint): string {
  return `${tenths / 10n}.${tenths % 10n}%`;
}
