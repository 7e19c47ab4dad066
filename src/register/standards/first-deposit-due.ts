import { type Fen, roundHalfUpTo, timesAreaHalfUp, timesShareHalfUp } from "#src/kernel/money.ts";

/** A deposit standard as far as the arithmetic needs it. */
export interface StandardTerms {
  basis: "AREA" | "PRICE" | "COST_PRICE";
  /** Yuan per ㎡, or for PRICE the share of the price, in ten-thousandths. */
  coefficientE4: bigint;
  roundTo: "FEN" | "JIAO" | "YUAN";
}

/** What the standard is multiplied with. */
export interface DepositMeasure {
  areaHundredths: number;
  priceFen: Fen | null;
}

/**
 * Computes the first deposit (应交) of a house: area × standard, or price × share, half-up to the fen and
 * then to the standard's own rounding (Decree 165 art. 7 and 8). Null when the standard goes by price and
 * the price is not on record.
 */
export function firstDepositDue(standard: StandardTerms, measure: DepositMeasure): Fen | null {
  if (standard.basis !== "PRICE") {
    const due = timesAreaHalfUp(measure.areaHundredths, standard.coefficientE4);
    return roundHalfUpTo(due, standard.roundTo);
  }
  if (measure.priceFen === null) return null;
  return roundHalfUpTo(
    timesShareHalfUp(measure.priceFen, standard.coefficientE4),
    standard.roundTo,
  );
}
