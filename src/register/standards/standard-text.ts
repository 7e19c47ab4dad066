import { fen, formatYuan } from "#src/kernel/money.ts";
import type { HouseStandard } from "../find-house.ts";

/** Writes a deposit standard as slips and pages show it: 120.00 元/㎡, or 房价的 2.00%. */
export function standardText(standard: Pick<HouseStandard, "basis" | "coefficientE4">): string {
  // Ten-thousandths of a yuan, or of the price, become hundredths: both read with two decimals.
  const hundredths = formatYuan(fen(standard.coefficientE4 / 100n));
  return standard.basis === "PRICE"
    ? `房价的 ${formatYuan(fen(standard.coefficientE4))}%`
    : `${hundredths} 元/㎡`;
}
