import { cleanText, toHalfWidth } from "./typed-text.ts";

/** A day of the civil calendar in Asia/Shanghai, always written "2026-11-23": text order is day order. */
export type CalendarDate = string & { readonly __brand: "CalendarDate" };

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Asia/Shanghai has been UTC+8 without summer time since September 1991, and every instant this system
 * reads or writes is later than that. A fixed offset needs no time-zone data and cannot drift with it.
 */
const SHANGHAI_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** The oldest people in old registers were born in the nineteenth century. */
const FIRST_YEAR = 1800;

/** Makes a date from its canonical text "2026-11-23". Throws RangeError for any other text or no real day. */
export function calendarDate(text: string): CalendarDate {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  const date = match && realDate(match[1], match[2], match[3]);
  if (!date) throw new RangeError(`not a calendar date: ${text.slice(0, 40)}`);
  return date;
}

/**
 * Reads a date as people write it: 2026-2-3, 2026/02/03, 2026.2.3, 2026年2月3日, 20260203, also in
 * full-width digits. Answers null for anything else and for days that do not exist, such as 2/30.
 */
export function parseCalendarDate(text: string): CalendarDate | null {
  const typed = toHalfWidth(cleanText(text)).replace(/\s/g, "");
  const match =
    /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})$/.exec(typed) ??
    /^([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})[日号]$/.exec(typed) ??
    /^([0-9]{4})()([0-9]{2})([0-9]{2})$/.exec(typed);
  return match && realDate(match[1], match[3], match[4]);
}

/** Tells which day it is in Shanghai at an instant. */
export function shanghaiDate(instant: Date): CalendarDate {
  return calendarDate(shanghaiIso(instant).slice(0, 10));
}

/** Moves a date by whole days, backwards when negative. Throws RangeError outside the years 1800–9999. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  if (!Number.isSafeInteger(days)) throw new RangeError(`not a whole number of days: ${days}`);
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Counts the days from the first date to the second: negative when the second is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Orders dates for sorting: negative when the first is earlier, zero when equal. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Writes a date inside a sentence, without its year: "12月8日". */
export function formatDayInSentence(date: CalendarDate): string {
  return `${Number.parseInt(date.slice(5, 7), 10)}月${Number.parseInt(date.slice(8, 10), 10)}日`;
}

/** Writes an instant as Shanghai reads its clocks, to the minute: "2026-11-23 10:42". */
export function formatShanghaiTime(instant: Date): string {
  return shanghaiIso(instant).slice(0, 16).replace("T", " ");
}

/** Finds the last millisecond of a day in Shanghai: what is valid until that day is valid until then. */
export function endOfShanghaiDay(date: CalendarDate): Date {
  const nextMidnight = (dayNumber(date) + 1) * MILLISECONDS_PER_DAY - SHANGHAI_OFFSET_MILLISECONDS;
  return new Date(nextMidnight - 1);
}

function shanghaiIso(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MILLISECONDS).toISOString();
}

function dayNumber(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}

function dateOfDayNumber(day: number): CalendarDate {
  const instant = new Date(day * MILLISECONDS_PER_DAY);
  if (Number.isNaN(instant.getTime())) throw new RangeError("date outside the calendar");
  return calendarDate(instant.toISOString().slice(0, 10));
}

function realDate(year = "", month = "", day = ""): CalendarDate | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const instant = new Date(`${text}T00:00:00Z`);
  // JavaScript lets 30 February roll over into March: only a real day reads back as itself.
  const isReal = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
  return isReal && Number.parseInt(year, 10) >= FIRST_YEAR ? (text as CalendarDate) : null;
}
