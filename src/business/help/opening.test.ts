import { expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { CalendarExceptions } from "#src/kernel/working-days.ts";
import { hoursWords, openingAt, type Span, unusualDays } from "./opening.ts";

const HOURS: readonly Span[] = [
  ["09:00", "12:00"],
  ["13:30", "17:00"],
];
const day = calendarDate;
const DAYS = [
  { day: day("2027-01-01"), kind: "holiday", name: "元旦" },
  { day: day("2027-01-10"), kind: "workday", name: "元旦调休" },
] as const;
const EXCEPTIONS: CalendarExceptions = new Map(DAYS.map((one) => [one.day, one.kind]));

test.each([
  ["2026-11-26T09:00:00+08:00", true, "现在窗口有人，到 12:00"],
  ["2026-11-26T11:59:59+08:00", true, "现在窗口有人，到 12:00"],
  ["2026-11-26T12:00:00+08:00", false, "现在窗口没有人，今天 13:30 开"],
  ["2026-11-26T08:59:00+08:00", false, "现在窗口没有人，今天 9:00 开"],
  ["2026-11-26T17:00:00+08:00", false, "现在窗口没有人，明天 9:00 开"],
  ["2026-11-27T17:00:00+08:00", false, "现在窗口没有人，11月30日（周一） 9:00 开"],
  ["2026-12-31T18:00:00+08:00", false, "现在窗口没有人，1月4日（周一） 9:00 开"],
  ["2027-01-10T10:00:00+08:00", true, "现在窗口有人，到 12:00"],
])("at %s the windows are open: %s", (at, isOpen, sentence) => {
  expect(openingAt(new Date(at), HOURS, EXCEPTIONS)).toEqual({ isOpen, sentence });
});

test("a holiday is told with the weekend that it touches, a worked weekend by itself", () => {
  expect(unusualDays(day("2026-12-20"), DAYS, 60)).toEqual([
    { name: "元旦", sentence: "1月1日（周五）至1月3日（周日）休息" },
    { name: "元旦调休", sentence: "1月10日（周日）照常上班" },
  ]);
});

test("what lies behind or too far ahead is not told", () => {
  expect(unusualDays(day("2027-01-11"), DAYS, 60)).toEqual([]);
  expect(unusualDays(day("2026-10-01"), DAYS, 60)).toEqual([]);
});

test("hours are written as people say them", () => {
  expect(hoursWords(HOURS)).toEqual(["9:00–12:00", "13:30–17:00"]);
});
