import { z } from "zod";
import {
  addDays,
  type CalendarDate,
  calendarDate,
  daysBetween,
  parseCalendarDate,
} from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import { isWorkingDay } from "#src/kernel/working-days.ts";

/** The longest holiday so far had nine days. */
const DAYS_MAX = 15;
const NAME_LENGTH_MAX = 20;
const NOTHING_SPECIAL = new Map<CalendarDate, "holiday" | "workday">();

type Context = { addIssue: (issue: { code: "custom"; message: string }) => void };

function refuse(context: Context, message: string) {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

/** The last day that may be entered: the end of the year after next. */
export function lastEnterableDay(today: CalendarDate): CalendarDate {
  return calendarDate(`${Number.parseInt(today.slice(0, 4), 10) + 2}-12-31`);
}

function readDay(text: string, today: CalendarDate, context: Context): CalendarDate {
  const date = parseCalendarDate(text);
  if (date === null) return refuse(context, "没有这一天，请按 年-月-日 填写，例如 2027-01-01");
  if (date < today) return refuse(context, "已经过去的日子不能再改");
  const last = lastEnterableDay(today);
  return date > last ? refuse(context, `最晚只能填到 ${last}`) : date;
}

const dayName = z.string().transform((text, context) => {
  if (hasForbiddenCharacters(text)) return refuse(context, "名称里有不能识别的字符，请重新输入");
  const name = cleanText(text);
  if (name === "") return refuse(context, "请填写名称，例如 元旦");
  if ([...name].length > NAME_LENGTH_MAX) {
    return refuse(context, `名称太长，最多 ${NAME_LENGTH_MAX} 个字`);
  }
  return name;
});

/** What enters days into the calendar, field by field; what the fields say together is judged below. */
export function calendarForm(today: CalendarDate) {
  return z.object({
    kind: z.enum(["holiday", "workday"], { error: "请选择放假还是上班" }),
    firstDay: z
      .string()
      .transform((text, context) =>
        text.trim() === "" ? refuse(context, "请填写日期") : readDay(text, today, context),
      ),
    lastDay: z
      .string()
      .transform((text, context) => (text.trim() === "" ? null : readDay(text, today, context))),
    name: dayName,
  });
}

export interface CalendarEntry {
  kind: "holiday" | "workday";
  firstDay: CalendarDate;
  lastDay: CalendarDate | null;
  name: string;
}

/** The days that an entry names, or what is wrong with them together, by field. */
export function daysOf(
  entry: CalendarEntry,
):
  | { ok: true; days: readonly CalendarDate[] }
  | { ok: false; errors: Readonly<Record<string, string>> } {
  const lastDay = entry.lastDay ?? entry.firstDay;
  const count = daysBetween(entry.firstDay, lastDay) + 1;
  if (count < 1) return { ok: false, errors: { lastDay: "最后一天不能早于第一天" } };
  if (count > DAYS_MAX) {
    return { ok: false, errors: { lastDay: `一次最多填 ${DAYS_MAX} 天，请分几次填` } };
  }
  const days = Array.from({ length: count }, (_, at) => addDays(entry.firstDay, at));
  const usual = days.find((one) => isWorkingDay(one, NOTHING_SPECIAL));
  if (entry.kind === "workday" && usual !== undefined) {
    return { ok: false, errors: { firstDay: `${usual} 是星期一到星期五，本来就上班，不用填` } };
  }
  return { ok: true, days };
}

/** The day of a button 删除; no form of ours sends anything else. */
export const removeForm = z.object({
  day: z.string().transform((text, context) => {
    return parseCalendarDate(text) ?? refuse(context, "没有这一天");
  }),
});

/** The year of the page, four digits; without it the present one. */
export function readYear(typed: string | undefined, today: CalendarDate): number | null {
  const text = typed ?? today.slice(0, 4);
  return /^20[0-9]{2}$/.test(text) ? Number.parseInt(text, 10) : null;
}
