import {
  addDays,
  type CalendarDate,
  formatDayInSentence,
  formatShanghaiTime,
  shanghaiDate,
} from "#src/kernel/calendar-date.ts";
import { type CalendarExceptions, isWorkingDay } from "#src/kernel/working-days.ts";

/** From and until, as clocks in Shanghai show it: ["09:00", "12:00"]. */
export type Span = readonly [from: string, until: string];

/** Whether somebody is at the windows now, and the sentence that says until when or from when on. */
export interface Opening {
  isOpen: boolean;
  sentence: string;
}

const WEEKDAYS = "日一二三四五六";
/** No closing lasts longer, the Spring Festival included. */
const SEARCHED_DAYS = 30;

/** Tells whether the windows are open at an instant, by the hours of a working day and the calendar. */
export function openingAt(
  now: Date,
  hours: readonly Span[],
  exceptions: CalendarExceptions,
): Opening {
  const today = shanghaiDate(now);
  const time = formatShanghaiTime(now).slice(11);
  const isWorked = isWorkingDay(today, exceptions);
  const current = isWorked && hours.find(([from, until]) => from <= time && time < until);
  if (current) return { isOpen: true, sentence: `现在窗口有人，到 ${clock(current[1])}` };
  const later = isWorked && hours.find(([from]) => from > time);
  if (later) return closed(`今天 ${clock(later[0])}`);
  for (let ahead = 1; ahead <= SEARCHED_DAYS; ahead++) {
    const day = addDays(today, ahead);
    if (isWorkingDay(day, exceptions)) {
      return closed(
        `${ahead === 1 ? "明天" : dayWithWeekday(day)} ${clock(hours[0]?.[0] ?? "09:00")}`,
      );
    }
  }
  return { isOpen: false, sentence: "现在窗口没有人，请打 12345 问开门的日子" };
}

/** One closing that a weekday does not tell of, or a weekend that is worked. */
export interface UnusualDays {
  name: string;
  sentence: string;
}

/** Lists the next closings for holidays and the weekends worked instead, within so many days from a day on. */
export function unusualDays(
  today: CalendarDate,
  days: readonly { day: CalendarDate; kind: "holiday" | "workday"; name: string }[],
  ahead: number,
): UnusualDays[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const exceptions: CalendarExceptions = new Map(days.map(({ day, kind }) => [day, kind]));
  const found: UnusualDays[] = [];
  for (let at = 0; at <= ahead; at++) {
    const day = addDays(today, at);
    const one = known.get(day);
    if (one?.kind === "workday") {
      found.push({ name: one.name, sentence: `${dayWithWeekday(day)}照常上班` });
    } else if (one?.kind === "holiday") {
      let last = day;
      while (!isWorkingDay(addDays(last, 1), exceptions)) last = addDays(last, 1);
      found.push({ name: one.name, sentence: `${spanWords(day, last)}休息` });
      while (addDays(today, at) < last) at++;
    }
  }
  return found;
}

/** Writes the hours of a working day: "9:00–12:00", "13:30–17:00". */
export function hoursWords(hours: readonly Span[]): string[] {
  return hours.map(([from, until]) => `${clock(from)}–${clock(until)}`);
}

function closed(when: string): Opening {
  return { isOpen: false, sentence: `现在窗口没有人，${when} 开` };
}

function spanWords(first: CalendarDate, last: CalendarDate): string {
  return first === last
    ? dayWithWeekday(first)
    : `${dayWithWeekday(first)}至${dayWithWeekday(last)}`;
}

function dayWithWeekday(day: CalendarDate): string {
  return `${formatDayInSentence(day)}（周${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]}）`;
}

function clock(time: string): string {
  return time.replace(/^0/, "");
}
