import { expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { spansOf, spanWords } from "./day-spans.ts";

const day = (date: string, kind: "holiday" | "workday", name: string) => ({
  day: calendarDate(date),
  kind,
  name,
});

test("days that follow one another under one name are one span, a gap or another name ends it", () => {
  const spans = spansOf([
    day("2026-09-30", "holiday", "中秋节"),
    day("2026-10-01", "holiday", "国庆节"),
    day("2026-10-02", "holiday", "国庆节"),
    day("2026-10-04", "holiday", "国庆节"),
    day("2026-10-05", "workday", "国庆节"),
  ]);
  expect(spans.map((span) => `${span.name} ${spanWords(span)} ${span.kind}`)).toEqual([
    "中秋节 9月30日 holiday",
    "国庆节 10月1日–2日 holiday",
    "国庆节 10月4日 holiday",
    "国庆节 10月5日 workday",
  ]);
  expect(spansOf([])).toEqual([]);
});

test("a span over the end of a month names both months", () => {
  const days = [calendarDate("2026-09-30"), calendarDate("2026-10-01")];
  expect(spanWords({ days })).toBe("9月30日–10月1日");
});
