import { type CalendarDate, calendarDate, daysBetween } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { InterestNote, InterestSegment } from "#src/ledger/journal-notes.ts";

const DAY_COUNT = 360;
const BASIS_POINTS = 10_000n;

/** Made-up yearly rates of the demonstration city; each changes on a day of settlement. */
const RATES: readonly { from: CalendarDate; basisPoints: number }[] = [
  { from: calendarDate("2008-01-01"), basisPoints: 225 },
  { from: calendarDate("2012-06-30"), basisPoints: 275 },
  { from: calendarDate("2016-06-30"), basisPoints: 150 },
  { from: calendarDate("2022-06-30"), basisPoints: 135 },
  { from: calendarDate("2025-06-30"), basisPoints: 95 },
];

/** What a house held from one day on. */
export interface Holding {
  from: CalendarDate;
  principalFen: Fen;
  interestFen: Fen;
}

/**
 * Computes the interest of one house between two settlements, and how it came about: for each stretch
 * balance × days × rate ÷ 360, summed exactly and rounded half-up to the fen once (domain rule of 计息).
 */
export function houseInterest(
  holdings: readonly Holding[],
  settledOn: CalendarDate,
): { amountFen: Fen; note: InterestNote } {
  let numerator = 0n;
  const segments: InterestSegment[] = [];
  holdings.forEach((holding, at) => {
    const toDate = holdings[at + 1]?.from ?? settledOn;
    const days = daysBetween(holding.from, toDate);
    const balance = holding.principalFen + holding.interestFen;
    if (days === 0 || balance === 0n) return;
    const rateBasisPoints = rateOn(holding.from);
    numerator += balance * BigInt(days * rateBasisPoints);
    segments.push({
      fromDate: holding.from,
      toDate,
      days,
      principalFen: holding.principalFen.toString(),
      interestFen: holding.interestFen.toString(),
      rateBasisPoints,
    });
  });
  const denominator = BigInt(DAY_COUNT) * BASIS_POINTS;
  const amountFen = fen((2n * numerator + denominator) / (2n * denominator));
  return { amountFen, note: { dayCount: DAY_COUNT, segments } };
}

function rateOn(day: CalendarDate): number {
  const rate = RATES.findLast((one) => one.from <= day);
  if (rate === undefined) throw new RangeError(`no rate on ${day}`);
  return rate.basisPoints;
}
