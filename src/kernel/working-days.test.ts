import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, calendarDate } from "./calendar-date.ts";
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

describe("whatever the calendar says", () => {
  const START = calendarDate("2026-01-01");
  const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays(START, days));
  const exceptions = fc
    .array(fc.tuple(day, fc.constantFrom("holiday" as const, "workday" as const)), {
      maxLength: 60,
    })
    .map((pairs): CalendarExceptions => new Map(pairs));
  const count = fc.integer({ min: 1, max: 40 });

  test("a promise never ends on a free day", () => {
    fc.assert(
      fc.property(day, count, exceptions, (from, days, calendar) => {
        expect(isWorkingDay(addWorkingDays(from, days, calendar), calendar)).toBe(true);
      }),
    );
  });

  test("a later start or one day more never ends earlier", () => {
    fc.assert(
      fc.property(day, count, exceptions, (from, days, calendar) => {
        const end = addWorkingDays(from, days, calendar);
        expect(addWorkingDays(from, days + 1, calendar) > end).toBe(true);
        expect(addWorkingDays(addDays(from, 1), days, calendar) >= end).toBe(true);
      }),
    );
  });

  test("between start and end lie as many working days as were promised", () => {
    fc.assert(
      fc.property(day, count, exceptions, (from, days, calendar) => {
        const end = addWorkingDays(from, days, calendar);
        let worked = 0;
        for (let one = addDays(from, 1); one <= end; one = addDays(one, 1)) {
          if (isWorkingDay(one, calendar)) worked += 1;
        }
        expect(worked).toBe(days);
      }),
    );
  });

  test("one holiday more never brings a promise forward", () => {
    fc.assert(
      fc.property(day, count, exceptions, day, (from, days, calendar, free) => {
        const more: CalendarExceptions = new Map([...calendar, [free, "holiday"]]);
        expect(addWorkingDays(from, days, more) >= addWorkingDays(from, days, calendar)).toBe(true);
      }),
    );
  });
});
