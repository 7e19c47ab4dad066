import { addDays, type CalendarDate } from "#src/kernel/calendar-date.ts";
import type { CalendarDay } from "#src/register/work-calendar.ts";

/** Days that follow one another and are alike: 国庆节, 10月1日–7日, 放假. */
export interface DaySpan {
  kind: CalendarDay["kind"];
  name: string;
  /** In their order, at least one. */
  days: readonly CalendarDate[];
}

/** Joins days that follow one another under one name and kind; the days come in their order. */
export function spansOf(days: readonly CalendarDay[]): DaySpan[] {
  const spans: { kind: CalendarDay["kind"]; name: string; days: CalendarDate[] }[] = [];
  for (const { day, kind, name } of days) {
    const open = spans.at(-1);
    const last = open?.days.at(-1);
    const continues =
      open?.kind === kind && open.name === name && last !== undefined && addDays(last, 1) === day;
    if (continues) open.days.push(day);
    else spans.push({ kind, name, days: [day] });
  }
  return spans;
}

/** 10月1日–7日, or 9月28日–10月2日, or one day alone. */
export function spanWords({ days }: Pick<DaySpan, "days">): string {
  const [first, last] = [days[0], days.at(-1)].map((day) => day?.split("-").map(Number) ?? []);
  const [, month, day] = first ?? [];
  const [, lastMonth, lastDay] = last ?? [];
  if (days.length === 1) return `${month}月${day}日`;
  return `${month}月${day}日–${lastMonth === month ? "" : `${lastMonth}月`}${lastDay}日`;
}
