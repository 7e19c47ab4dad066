import { addDays, type CalendarDate, daysBetween } from "#src/kernel/calendar-date.ts";

/** A contract or a term that ends within so many days is something to see to now. */
const ENDING_DAYS = 90;

/** Tells in how many days a contract or a term ends; null when that is far off, or never. */
export function daysToEnd(endsOn: CalendarDate | null, today: CalendarDate): number | null {
  if (endsOn === null || endsOn > addDays(today, ENDING_DAYS)) return null;
  return daysBetween(today, endsOn);
}
