import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  calendarDate,
  compareDates,
  daysBetween,
  endOfShanghaiDay,
  formatDayInSentence,
  formatShanghaiTime,
  parseCalendarDate,
  shanghaiDate,
} from "./calendar-date.ts";

fc.configureGlobal({ seed: 20_261_123 });

describe("making a date", () => {
  it("takes the canonical text", () => {
    expect(calendarDate("2026-11-23")).toBe("2026-11-23");
    expect(calendarDate("2028-02-29")).toBe("2028-02-29");
  });

  it.each([
    "2026-2-3",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "1700-01-01",
    "",
    "2026-11-23T00",
  ])("throws on %j", (text) => {
    expect(() => calendarDate(text)).toThrow(RangeError);
  });
});

describe("reading a date that a person typed", () => {
  it.each([
    ["2026-2-3", "2026-02-03"],
    ["2026/02/03", "2026-02-03"],
    ["2026.2.3", "2026-02-03"],
    ["2026年2月3日", "2026-02-03"],
    ["2026年12月31号", "2026-12-31"],
    ["2026 年 2 月 3 日", "2026-02-03"],
    ["２０２６－０２－０３", "2026-02-03"],
    ["20260203", "2026-02-03"],
    ["2000-02-29", "2000-02-29"],
    ["1880-01-01", "1880-01-01"],
  ])("%s is %s", (text, date) => {
    expect(parseCalendarDate(text)).toBe(date);
  });

  it.each([
    "2026-02-30",
    "2026/2/29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "2026-2/3",
    "2026年2月",
    "26-02-03",
    "2026-002-03",
    "1799-12-31",
    "0000-01-01",
    "12026-01-01",
    "今天",
    "",
    "2".repeat(10_000),
  ])("%j is no date", (text) => {
    expect(parseCalendarDate(text)).toBeNull();
  });
});

describe("days in Shanghai", () => {
  it("begin at 16:00 UTC of the day before", () => {
    expect(shanghaiDate(new Date("2026-11-22T15:59:59.999Z"))).toBe("2026-11-22");
    expect(shanghaiDate(new Date("2026-11-22T16:00:00.000Z"))).toBe("2026-11-23");
    expect(shanghaiDate(new Date("2026-12-31T16:00:00.000Z"))).toBe("2027-01-01");
  });

  it("agree with the time-zone data of the platform since 1992", () => {
    const calendar = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });
    const instants = fc.date({
      min: new Date("1992-01-01T00:00:00Z"),
      max: new Date("2099-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(shanghaiDate(instant)).toBe(calendar.format(instant));
      }),
    );
  });

  it("end one millisecond before the next begins", () => {
    const end = endOfShanghaiDay(calendarDate("2026-12-08"));
    expect(end.toISOString()).toBe("2026-12-08T15:59:59.999Z");
    expect(shanghaiDate(new Date(end.getTime() + 1))).toBe("2026-12-09");
  });

  it("show their hours and minutes", () => {
    expect(formatShanghaiTime(new Date("2026-11-23T02:42:59Z"))).toBe("2026-11-23 10:42");
    expect(formatShanghaiTime(new Date("2026-11-23T16:05:00Z"))).toBe("2026-11-24 00:05");
  });
});

describe("counting days", () => {
  const dates = fc
    .integer({ min: -40_000, max: 200_000 })
    .map((days) => addDays(calendarDate("1970-01-01"), days));

  it("crosses months, leap days and years", () => {
    expect(addDays(calendarDate("2026-11-23"), 15)).toBe("2026-12-08");
    expect(addDays(calendarDate("2028-02-28"), 1)).toBe("2028-02-29");
    expect(addDays(calendarDate("2026-03-01"), -1)).toBe("2026-02-28");
    expect(addDays(calendarDate("2026-12-31"), 1)).toBe("2027-01-01");
    expect(daysBetween(calendarDate("2026-01-01"), calendarDate("2027-01-01"))).toBe(365);
    expect(daysBetween(calendarDate("2028-01-01"), calendarDate("2029-01-01"))).toBe(366);
    expect(daysBetween(calendarDate("2026-03-01"), calendarDate("2026-02-28"))).toBe(-1);
  });

  it("counts back as many days as it counted forward", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  it("orders dates as it counts them", () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        expect(Math.sign(compareDates(a, b))).toBe(Math.sign(daysBetween(b, a)) + 0);
      }),
    );
  });

  it("throws on parts of a day and outside the calendar", () => {
    expect(() => addDays(calendarDate("2026-01-01"), 0.5)).toThrow(RangeError);
    expect(() => addDays(calendarDate("9999-12-31"), 1)).toThrow(RangeError);
    expect(() => addDays(calendarDate("2026-01-01"), 1e15)).toThrow(RangeError);
    expect(() => addDays(calendarDate("1800-01-01"), -1)).toThrow(RangeError);
  });
});

describe("a day in a sentence", () => {
  it("has no year and no leading zeros", () => {
    expect(formatDayInSentence(calendarDate("2026-12-08"))).toBe("12月8日");
    expect(formatDayInSentence(calendarDate("2026-01-31"))).toBe("1月31日");
  });
});
