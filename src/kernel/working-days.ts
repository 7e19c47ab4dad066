import { addDays, type CalendarDate } from "./calendar-date.ts";

/** Days that are not what their weekday says: `holiday` is free, `workday` a weekend that is worked. */
export type CalendarExceptions = ReadonlyMap<CalendarDate, "holiday" | "workday">;

/** Tells whether a day is worked: by its exception, else by its weekday. */
export function isWorkingDay(day: CalendarDate, exceptions: CalendarExceptions): boolean {
  const exception = exceptions.get(day);
  if (exception !== undefined) return exception === "workday";
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * Counts working days from a day on; the day itself does not count, as deadlines are counted in law
 * (Civil Code art. 201). Zero working days is the day itself.
 */
export function addWorkingDays(
  from: CalendarDate,
  count: number,
  exceptions: CalendarExceptions,
): CalendarDate {
  let day = from;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, exceptions)) left -= 1;
  }
  return day;
}
