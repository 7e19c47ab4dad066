import { addDays, type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";

/** A month, a quarter, a half-year or a year that is published together. */
export interface Period {
  /** 2026M09, 2026Q3, 2026H1, 2026Y */
  code: string;
  /** 2026 年第 3 季度 */
  words: string;
  startsOn: CalendarDate;
  endsOn: CalendarDate;
}

const CODE = /^(20[0-9]{2})(?:M(0[1-9]|1[0-2])|Q([1-4])|H([12])|(Y))$/;

/** Reads a period's code; null for what is none. */
export function parsePeriod(code: string): Period | null {
  const match = CODE.exec(code);
  if (match === null) return null;
  const [, year = "", month, quarter, half] = match;
  if (month !== undefined) {
    const n = Number.parseInt(month, 10);
    return between(code, `${year} 年 ${n} 月`, year, n, n);
  }
  if (quarter !== undefined) {
    const n = Number.parseInt(quarter, 10);
    return between(code, `${year} 年第 ${n} 季度`, year, 3 * n - 2, 3 * n);
  }
  if (half !== undefined) {
    const isFirst = half === "1";
    return between(
      code,
      `${year} 年${isFirst ? "上" : "下"}半年`,
      year,
      isFirst ? 1 : 7,
      isFirst ? 6 : 12,
    );
  }
  return between(code, `${year} 年全年`, year, 1, 12);
}

function between(code: string, words: string, year: string, first: number, last: number): Period {
  const firstDay = (month: number) =>
    month === 13
      ? calendarDate(`${Number.parseInt(year, 10) + 1}-01-01`)
      : calendarDate(`${year}-${month.toString().padStart(2, "0")}-01`);
  return { code, words, startsOn: firstDay(first), endsOn: addDays(firstDay(last + 1), -1) };
}

/** Only what is over can be published: until the day's end money may still be booked. */
export function isOver(period: Period, today: CalendarDate): boolean {
  return period.endsOn < today;
}

/** The periods that can be chosen, the newest first: two years of months and quarters, five of years. */
export function listPeriods(today: CalendarDate): { title: string; periods: Period[] }[] {
  const year = Number.parseInt(today.slice(0, 4), 10);
  const recent = [year, year - 1, year - 2];
  const of = (years: readonly number[], endings: readonly string[], most: number) =>
    years
      .flatMap((one) => endings.map((ending) => parsePeriod(`${one}${ending}`)))
      .filter((period): period is Period => period !== null && isOver(period, today))
      .slice(0, most);
  const months = Array.from({ length: 12 }, (_, at) => `M${(12 - at).toString().padStart(2, "0")}`);
  return [
    { title: "月", periods: of(recent, months, 24) },
    { title: "季度", periods: of(recent, ["Q4", "Q3", "Q2", "Q1"], 8) },
    { title: "半年", periods: of(recent, ["H2", "H1"], 5) },
    { title: "年", periods: of([...recent, year - 3, year - 4, year - 5], ["Y"], 5) },
  ];
}
