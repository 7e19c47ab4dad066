import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { EstateMonth } from "#src/ledger/estate-history.ts";

/** What moved in one year, and what all houses held at its end. */
export interface EstateYear extends Omit<EstateMonth, "month"> {
  /** "2026" */
  year: string;
}

/** Adds months up to years, oldest first; years in which nothing moved are left out. */
export function yearsOf(months: readonly EstateMonth[]): EstateYear[] {
  return [...Map.groupBy(months, ({ month }) => month.slice(0, 4))].map(([year, parts]) => {
    const add = (of: (month: EstateMonth) => Fen) => addFen(ZERO_FEN, ...parts.map(of));
    return {
      year,
      depositedFen: add((one) => one.depositedFen),
      interestFen: add((one) => one.interestFen),
      usedFen: add((one) => one.usedFen),
      refundedFen: add((one) => one.refundedFen),
      otherFen: add((one) => one.otherFen),
      balanceFen: parts.at(-1)?.balanceFen ?? ZERO_FEN,
    };
  });
}

/** A line of more points is no clearer, only heavier. */
const POINTS_MAX = 96;
const MONTHS_IN_QUARTER = 3;

/**
 * The balance at the end of each month in which it changed, for a line of steps; of a long history the
 * last of each quarter, or of each year. The current month ends today.
 */
export function balancePoints(
  months: readonly EstateMonth[],
  today: CalendarDate,
): { date: CalendarDate; balanceFen: Fen }[] {
  const quarter = ({ month }: EstateMonth) =>
    `${month.slice(0, 4)}-${Math.ceil(Number.parseInt(month.slice(5), 10) / MONTHS_IN_QUARTER)}`;
  const quarters = lastOf(months, quarter);
  const shown =
    months.length <= POINTS_MAX
      ? months
      : quarters.length <= POINTS_MAX
        ? quarters
        : lastOf(months, ({ month }) => month.slice(0, 4));
  return shown.map(({ month, balanceFen }) => {
    const end = lastDay(month);
    return { date: end > today ? today : end, balanceFen };
  });
}

function lastOf(months: readonly EstateMonth[], span: (month: EstateMonth) => string) {
  return [...Map.groupBy(months, span).values()].flatMap((group) => group.slice(-1));
}

function lastDay(month: string): CalendarDate {
  const [year = 0, number = 0] = month.split("-").map((part) => Number.parseInt(part, 10));
  const day = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return calendarDate(`${month}-${String(day).padStart(2, "0")}`);
}

const BARS_MAX = 10;

/** What was used in each year from the first use to this year, the last ten of them at most. */
export function useBars(
  years: readonly EstateYear[],
  today: CalendarDate,
): { name: string; amounts: [Fen] }[] {
  const first = years.find((one) => one.usedFen > 0n)?.year;
  if (first === undefined) return [];
  const thisYear = Number.parseInt(today.slice(0, 4), 10);
  const from = Math.max(Number.parseInt(first, 10), thisYear - BARS_MAX + 1);
  return Array.from({ length: thisYear - from + 1 }, (_, at) => {
    const year = `${from + at}`;
    return { name: year, amounts: [years.find((one) => one.year === year)?.usedFen ?? ZERO_FEN] };
  });
}
