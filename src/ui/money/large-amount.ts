import { type Fen, fen, formatYuan } from "#src/kernel/money.ts";

/** 亿 and 万 as powers of ten, in fen. */
const UNITS: readonly [bigint, string][] = [
  [10_000_000_000n, "亿元"],
  [1_000_000n, "万元"],
];

/**
 * Writes a sum of the city in the unit of its largest figure, rounded half up to two decimals: 8,642,103,402.17
 * yuan is 86.42 亿元. `scale` is the figure whose size chooses the unit, so that an addition keeps one unit.
 */
export function largeAmount(amount: Fen, scale: Fen): { figure: string; unit: string } {
  const size = scale < 0n ? -scale : scale;
  const [divisor, unit] = UNITS.find(([fenOfUnit]) => size >= fenOfUnit) ?? [100n, "元"];
  const isNegative = amount < 0n;
  const hundredths = ((isNegative ? -amount : amount) * 100n * 2n + divisor) / (divisor * 2n);
  return { figure: formatYuan(fen(isNegative ? -hundredths : hundredths)), unit };
}
