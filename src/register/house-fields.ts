import { z } from "zod";
import {
  type AreaTextRefusal,
  formatArea,
  isAreaRounded,
  parseAreaText,
} from "#src/kernel/area.ts";
import { type CalendarDate, calendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, parseYuanText, ZERO_FEN } from "#src/kernel/money.ts";
import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";

const EARLIEST_CONTRACT = calendarDate("1980-01-01");

function refuse(context: z.core.$RefinementCtx<string>, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER as never;
}

/** A number of storeys, or of the storey a house is on where it may lie below the ground (-9). */
export function storeyField(what: string, lowest: -9 | 1) {
  const range = lowest < 0 ? "-9 到 200 之间的整数，地下一层写 -1" : "1 到 200 之间的整数";
  return z.string().transform((text, context) => {
    const typed = toHalfWidth(cleanText(text))
      .replace(/\s|层$|楼$/g, "")
      .replace(/^[−–—]/, "-");
    if (typed === "") return refuse(context, `请填写${what}`);
    const size = /^-?[0-9]{1,3}$/.test(typed) ? Number.parseInt(typed, 10) : 0;
    if (size === 0 || size < lowest || size > 200) return refuse(context, `${what}应是 ${range}`);
    return size;
  });
}

const AREA_SENTENCES: Record<AreaTextRefusal, string> = {
  empty: "请填写建筑面积",
  "not-a-number": "应是数字，例如 98.76",
  "not-positive": "应大于 0，例如 98.76",
  "too-large": "不能超过 99999.99 平方米，请核对",
};

/** An area in hundredths of ㎡; `what` names the field: 建筑面积. */
export function areaField(what: string) {
  return z.string().transform((text, context) => {
    const parsed = parseAreaText(text);
    if (parsed.ok) return parsed.areaHundredths;
    const sentence = AREA_SENTENCES[parsed.reason];
    return refuse(context, parsed.reason === "empty" ? sentence : `${what}${sentence}`);
  });
}

/** What a field for an area says of decimals, before anything is typed. */
export const AREA_DECIMALS = "两位小数，第三位起四舍五入，例如 98.76";

/** Tells whoever typed more than two decimals what was made of them; null where nothing was rounded. */
export function roundedAreaSentence(text: string): string | null {
  const parsed = parseAreaText(text);
  if (!parsed.ok || !isAreaRounded(text)) return null;
  const typed = toHalfWidth(cleanText(text)).replace(/[^0-9.,]/g, "");
  return `您填的是 ${typed}，四舍五入到两位小数，按 ${formatArea(parsed.areaHundredths)} ㎡ 算`;
}

/** A field that may be left empty, which reads as null. */
export function optionalField<Value>(schema: z.ZodType<Value, string>) {
  return z.string().transform((text, context): Value | null => {
    if (cleanText(text) === "") return null;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    return refuse(context, parsed.error.issues[0]?.message ?? "请核对");
  });
}

/** What the house was bought for, in fen, more than nothing. */
export const priceField = z.string().transform((text, context): Fen => {
  const parsed = parseYuanText(text);
  if (parsed.ok && parsed.fen > ZERO_FEN) return parsed.fen;
  return refuse(context, "购房总价应是大于 0 的金额，单位元，例如 1234567.89");
});

/** The day of the purchase contract, which decides the deposit standard; none of the future. */
export function contractDateField(today: CalendarDate) {
  return z.string().transform((text, context) => {
    const date = parseCalendarDate(text);
    if (date === null) return refuse(context, "没有这一天，请按 2026-11-23 的样子填写合同签订日");
    if (date > today) return refuse(context, "合同签订日在今天之后，请照合同填写");
    if (date < EARLIEST_CONTRACT) return refuse(context, "合同签订日太早，请照合同填写");
    return date;
  });
}

/** The values of a list of words, as an enumeration takes them. */
export function keysOf<Value extends string>(words: Record<Value, string>): [Value, ...Value[]] {
  return Object.keys(words) as [Value, ...Value[]];
}
