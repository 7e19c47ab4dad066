import { describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { isOver, listPeriods, parsePeriod } from "./rules.ts";

describe("a period", () => {
  test.each([
    ["2026M02", "2026-02-01", "2026-02-28", "2026 年 2 月"],
    ["2024M02", "2024-02-01", "2024-02-29", "2024 年 2 月"],
    ["2026M12", "2026-12-01", "2026-12-31", "2026 年 12 月"],
    ["2026Q1", "2026-01-01", "2026-03-31", "2026 年第 1 季度"],
    ["2026Q4", "2026-10-01", "2026-12-31", "2026 年第 4 季度"],
    ["2026H1", "2026-01-01", "2026-06-30", "2026 年上半年"],
    ["2026H2", "2026-07-01", "2026-12-31", "2026 年下半年"],
    ["2026Y", "2026-01-01", "2026-12-31", "2026 年全年"],
  ])("%s runs from %s to %s", (code, startsOn, endsOn, words) => {
    expect(parsePeriod(code)).toEqual({ code, startsOn, endsOn, words });
  });

  test.each(["", "2026", "2026M13", "2026M00", "2026Q5", "2026H3", "1999Y", "2026Y1", " 2026Y"])(
    "is not %j",
    (code) => {
      expect(parsePeriod(code)).toBeNull();
    },
  );

  test("is over on the day after its last, not on its last", () => {
    const month = parsePeriod("2026M11") ?? expect.fail();
    expect(isOver(month, calendarDate("2026-11-30"))).toBe(false);
    expect(isOver(month, calendarDate("2026-12-01"))).toBe(true);
  });

  test("can be chosen only when it is over, the newest first", () => {
    const today = calendarDate("2026-11-23");
    const all = listPeriods(today).flatMap(({ periods }) => periods);
    expect(all.filter((period) => !isOver(period, today))).toEqual([]);
    expect(listPeriods(today).map(({ periods }) => periods[0]?.code)).toEqual([
      "2026M10",
      "2026Q3",
      "2026H1",
      "2025Y",
    ]);
  });
});
