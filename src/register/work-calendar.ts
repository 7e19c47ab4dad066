import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addDays } from "#src/kernel/calendar-date.ts";
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
