import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { PeriodFigures } from "../period-figures.ts";
import { closingOf, followingPeriod, NOTHING_BEFORE, type YearMovement } from "./fund-years.ts";

/** What moved in one month, 1 to 12, of a year. */
export interface MonthMovement extends YearMovement {
  month: number;
}

/** A month between two balances; `firstPaidFen` is what its closing balance is measured against (充足率). */
export interface FundMonth extends PeriodFigures {
  /** As `2026-11`. */
  month: string;
  firstPaidFen: Fen;
}

/** What a fund held when a year began. */
export interface HeldAtStart {
  year: number;
  closingFen: Fen;
  firstPaidFen: Fen;
}

/**
 * Sets the movements of several funds together as months: every month from January of the year that began with `held`,
 * or from the first that moved where nothing was there before (null), to `until` or to the last that moved, where that
 * is later. Each opens with what the last one closed with; movements of one month are added up.
 */
export function fundMonths(
  held: HeldAtStart | null,
  movements: readonly MonthMovement[],
  until: string,
): FundMonth[] {
  const byMonth = Map.groupBy(movements, ({ year, month }) => monthAt(year, month));
  const first = held === null ? Math.min(...byMonth.keys()) : monthAt(held.year, 1);
  const last = Math.max(readMonth(until), ...byMonth.keys());
  const months: FundMonth[] = [];
  let before: Omit<HeldAtStart, "year"> = held ?? NOTHING_BEFORE;
  for (let at = first; at <= last; at += 1) {
    const told = { month: writeMonth(at), ...followingPeriod(before, byMonth.get(at) ?? []) };
    months.push(told);
    before = told;
  }
  return months;
}

/** Decides up to which month a year is told: December, or the month of today where the year is not over. */
export function lastMonthOf(year: number, today: string): string {
  const thisMonth = today.slice(0, 7);
  return `${year}` < thisMonth.slice(0, 4) ? `${year}-12` : thisMonth;
}

const monthAt = (year: number, month: number) => year * 12 + month - 1;

function readMonth(text: string): number {
  return monthAt(Number.parseInt(text.slice(0, 4), 10), Number.parseInt(text.slice(5, 7), 10));
}

function writeMonth(at: number): string {
  return `${Math.floor(at / 12)}-${`${(at % 12) + 1}`.padStart(2, "0")}`;
}

/** Adds up what funds moved before a year, as what they held when it began; null of none. */
export function heldWhen(year: number, earlier: readonly YearMovement[]): HeldAtStart | null {
  if (earlier.length === 0) return null;
  const closings = earlier.map((one) => closingOf({ ...one, openingFen: ZERO_FEN }));
  return {
    year,
    closingFen: addFen(...closings),
    firstPaidFen: addFen(...earlier.map((one) => one.firstPaidFen)),
  };
}
