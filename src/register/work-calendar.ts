import { addDays, type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import type { CalendarExceptions } from "#src/kernel/working-days.ts";
import type { Db } from "#src/platform/database/client.ts";

/** Longer than any promise to the public, holidays included. */
const DAYS_AHEAD = 120;

/** Reads the days from a day on that are not what their weekday says. */
export async function getCalendarExceptions(
  db: Db,
  from: CalendarDate,
): Promise<CalendarExceptions> {
  const rows = await db
    .selectFrom("calendar_day")
    .select(["day", "kind"])
    .where("day", ">=", from)
    .where("day", "<=", addDays(from, DAYS_AHEAD))
    .execute();
  return new Map(rows.map((row) => [row.day, row.kind]));
}

/** A day that is not what its weekday says, and why. */
export interface CalendarDay {
  day: CalendarDate;
  kind: "holiday" | "workday";
  name: string;
}

/** Lists such days of a year, in their order. */
export async function listCalendarDays(db: Db, year: number): Promise<CalendarDay[]> {
  return await db
    .selectFrom("calendar_day")
    .select(["day", "kind", "name"])
    .where("day", ">=", calendarDate(`${year}-01-01`))
    .where("day", "<=", calendarDate(`${year}-12-31`))
    .orderBy("day")
    .execute();
}

/** From this month on the next year's arrangement is expected to be entered. */
const FROM_MONTH = 10;

/**
 * Names the years whose holidays nobody has entered though they are needed: this year's, and from October on
 * the next year's. Promises to the public are counted wrong without them.
 */
export async function findMissingYears(db: Db, today: CalendarDate): Promise<number[]> {
  const [year = 0, month = 0] = today.split("-").map(Number);
  const needed = month >= FROM_MONTH ? [year, year + 1] : [year];
  const missing: number[] = [];
  for (const one of needed) {
    const days = await listCalendarDays(db, one);
    if (!days.some(({ kind }) => kind === "holiday")) missing.push(one);
  }
  return missing;
}

/** Says that a year's arrangement is missing, to administrators and in the log. */
export function missingYearSentence(year: number): string {
  return `还没有 ${year} 年的放假安排`;
}
