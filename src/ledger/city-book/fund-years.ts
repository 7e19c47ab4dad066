import { addFen, type Fen, negateFen, ZERO_FEN } from "#src/kernel/money.ts";
import { addPeriodFigures, type PeriodFigures } from "../period-figures.ts";

/** What moved in one year; what was used and refunded counts up. */
export interface YearMovement {
  year: number;
  depositedFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
  otherFen: Fen;
  /** Towards first deposits of houses that are not closed. */
  firstPaidFen: Fen;
}

/** A year between two balances; `firstPaidFen` is what its closing balance is measured against (充足率). */
export interface FundYear extends PeriodFigures {
  year: number;
  firstPaidFen: Fen;
}

/** What a fund held before anything moved. */
export const NOTHING_BEFORE = { closingFen: ZERO_FEN, firstPaidFen: ZERO_FEN };

/**
 * Sets the movements of several funds together as years: every year from the first that moved to `until`, each opening
 * with what the last one closed with. Movements of one year are added up.
 */
export function fundYears(movements: readonly YearMovement[], until: number): FundYear[] {
  const byYear = Map.groupBy(movements, ({ year }) => year);
  const first = Math.min(...byYear.keys());
  const years: FundYear[] = [];
  let before: Pick<FundYear, "closingFen" | "firstPaidFen"> = NOTHING_BEFORE;
  for (let year = first; year <= Math.max(until, ...byYear.keys()); year += 1) {
    const told = { year, ...followingPeriod(before, byYear.get(year) ?? []) };
    years.push(told);
    before = told;
  }
  return years;
}

/** Reckons the period, a year or a month, that follows a balance and in which this moved. */
export function followingPeriod(
  before: Pick<FundYear, "closingFen" | "firstPaidFen">,
  moved: readonly YearMovement[],
): Omit<FundYear, "year"> {
  const add = (of: (one: YearMovement) => Fen) => addFen(...moved.map(of));
  const figures = {
    openingFen: before.closingFen,
    depositedFen: add((one) => one.depositedFen),
    interestFen: add((one) => one.interestFen),
    usedFen: add((one) => one.usedFen),
    refundedFen: add((one) => one.refundedFen),
    otherFen: add((one) => one.otherFen),
  };
  return {
    ...figures,
    closingFen: closingOf(figures),
    firstPaidFen: addFen(before.firstPaidFen, ...moved.map((one) => one.firstPaidFen)),
  };
}

/** Reckons what a year closes with: opening + deposited + interest − used − refunded + other. */
export function closingOf(year: Omit<PeriodFigures, "closingFen">): Fen {
  return addFen(
    year.openingFen,
    year.depositedFen,
    year.interestFen,
    negateFen(year.usedFen),
    negateFen(year.refundedFen),
    year.otherFen,
  );
}

/** Sets years that follow each other together as one span: all that moved, between the first and the last balance. */
export function spanOfYears(years: readonly FundYear[]): PeriodFigures | null {
  const [first, last] = [years.at(0), years.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    ...addPeriodFigures(years),
    openingFen: first.openingFen,
    closingFen: last.closingFen,
  };
}

/** Adds the same year of several funds up; null of none. */
export function addFundYears(all: readonly FundYear[]): FundYear | null {
  const [first] = all;
  if (first === undefined) return null;
  return {
    ...addPeriodFigures(all),
    year: first.year,
    firstPaidFen: addFen(...all.map((one) => one.firstPaidFen)),
  };
}

/** A year in which a fund held nothing and nothing moved. */
export function emptyYear(year: number): FundYear {
  return {
    year,
    openingFen: ZERO_FEN,
    depositedFen: ZERO_FEN,
    interestFen: ZERO_FEN,
    usedFen: ZERO_FEN,
    refundedFen: ZERO_FEN,
    otherFen: ZERO_FEN,
    closingFen: ZERO_FEN,
    firstPaidFen: ZERO_FEN,
  };
}
