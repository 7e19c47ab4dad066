import { describe, expect, test } from "vitest";
import { calendarDate } from "./calendar-date.ts";
import { addWorkingDays, type CalendarExceptions, isWorkingDay } from "./working-days.ts";

/** The week of 国庆 2026: seven free days, and a Saturday that is worked after them. */
const EXCEPTIONS: CalendarExceptions = new Map([
  ...["01", "02", "03", "04", "05", "06", "07"].map(
    (day) => [calendarDate(`2026-10-${day}`), "holiday"] as const,
  ),
  [calendarDate("2026-10-10"), "workday"],
]);

describe("a working day", () => {
  test.each([
    ["2026-09-30", true, "a Wednesday"],
    ["2026-10-01", false, "a Thursday that is free"],
    ["2026-10-08", true, "a Thursday after the holiday"],
    ["2026-10-10", true, "a Saturday that is worked"],
    ["2026-10-11", false, "a Sunday"],
  ])("%s is %s: %s", (day, expected) => {
    expect(isWorkingDay(calendarDate(day), EXCEPTIONS)).toBe(expected);
  });
});

describe("a promise in working days", () => {
  test.each([
    ["2026-11-23", 5, "2026-11-30"],
    ["2026-09-30", 1, "2026-10-08"],
    ["2026-09-30", 3, "2026-10-10"],
    ["2026-10-03", 1, "2026-10-08"],
    ["2026-09-30", 0, "2026-09-30"],
  ])("from %s, %i working days end on %s", (from, count, end) => {
    expect(addWorkingDays(calendarDate(from), count, EXCEPTIONS)).toBe(end);
  });
});
