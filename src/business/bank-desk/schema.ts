import { z } from "zod";
import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import { type CalendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { keepNewest } from "#src/kernel/keep-newest.ts";
import { parseYuanText } from "#src/kernel/money.ts";
import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";

type Refuse = { addIssue: (issue: { code: "custom"; message: string }) => void };

/** Adds a sentence to what is wrong with a field. */
export function refuse(context: Refuse, message: string) {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

/** What the sign-in form of the desk sends. Longer than any real one is wrong anyway. */
export const signInForm = z.object({
  username: z
    .string()
    .transform((text) => cleanText(text).toLowerCase())
    .pipe(
      z
        .string()
        .min(1, "请填写用户名")
        .max(100, "用户名或密码不对，请再看一遍")
        .refine((name) => !hasForbiddenCharacters(name), "用户名或密码不对，请再看一遍"),
    ),
  password: z.string().min(1, "请填写密码").max(200, "用户名或密码不对，请再看一遍"),
});

/**
 * 通知单编号 or 支款单号, typed or scanned. A notice's QR code holds the address of the status page, with the slip's
 * code behind the number; a voucher's has its own number at the end, since the page is the application's.
 */
export const noticeNumber = z.string().transform((text, context) => {
  const [, application, voucher] =
    /\/applications\/([0-9]{18})(?:\?[\w=&]*)?(?:#([0-9]{18}))?$/.exec(text.trim()) ?? [];
  const scanned = voucher ?? application;
  const check = checkApplicationNumber(scanned ?? text);
  if (check.ok) return check.number;
  const sentence = {
    empty: "请输入或扫描通知单编号或支款单号",
    "not-digits": "编号只有数字，请对照单据再输入",
    length: `编号应是 18 位数字，现在是 ${check.digits} 位`,
    "check-digit": "编号有一位不对，请对照单据再看一遍",
  }[check.reason];
  return refuse(context, sentence);
});

/** 银行流水号 */
export const bankRef = z.string().transform((text, context) => {
  const ref = toHalfWidth(cleanText(text)).replace(/\s/g, "");
  if (ref === "" && !hasForbiddenCharacters(text)) return refuse(context, "请填写银行流水号");
  if (!/^[A-Za-z0-9-]{4,40}$/.test(ref)) {
    return refuse(context, "银行流水号应是 4 到 40 位字母或数字，例如 6026112300417");
  }
  return ref;
});

const NOTICE_WORDS = { name: "到账日期", paper: "通知单" };

/** 到账日期 or 付款日期: a real day, not in the future, not before the notice or voucher existed. */
export function valueDate(
  limits: ValueDays,
  { name, paper }: { name: string; paper: string } = NOTICE_WORDS,
) {
  return z.string().transform((text, context) => {
    if (text.trim() === "") return refuse(context, `请填写${name}`);
    const date = parseCalendarDate(text);
    if (date === null) {
      return refuse(context, `没有这一天，请按 年-月-日 填写${name}，例如 2026-11-23`);
    }
    if (date > limits.today) return refuse(context, `${name}不能晚于今天`);
    if (date < limits.earliest) {
      return refuse(context, `${name}不能早于${paper}开具的日子 ${limits.earliest}`);
    }
    return date;
  });
}

/** The amount that the page showed, in yuan. */
export const amountSeen = z.string().transform((text, context) => {
  const amount = parseYuanText(text);
  return amount.ok ? amount.fen : refuse(context, "金额不对，请重新查询通知单");
});

/** The days on which money for a notice can have come. */
interface ValueDays {
  today: CalendarDate;
  earliest: CalendarDate;
}

const newConfirmationForm = (days: ValueDays) =>
  z.object({ bankRef, valueDate: valueDate(days), amountSeen });
const confirmationForms = new Map<string, ReturnType<typeof newConfirmationForm>>();
/** As many as a notice has days, with those before midnight. */
const CONFIRMATION_FORMS_MAX = 40;

/**
 * What 确认到账 sends. `amountSeen` is the amount, in yuan, that the teller had on the screen. To make a schema
 * costs more than to read a form by it, so notices of one day share it.
 */
export function confirmationForm(days: ValueDays) {
  const key = `${days.earliest} ${days.today}`;
  const form = confirmationForms.get(key) ?? newConfirmationForm(days);
  keepNewest(confirmationForms, key, form, CONFIRMATION_FORMS_MAX);
  return form;
}

const REASON_LENGTH_MAX = 100;

/** What 冲正 sends: why the confirmation is taken back. */
export const reversalForm = z.object({
  reason: z.string().transform((text, context) => {
    if (hasForbiddenCharacters(text)) return refuse(context, "冲正原因里有不能识别的字符，请删掉");
    const reason = cleanText(text);
    if (reason === "") return refuse(context, "请填写冲正原因，例如 金额收错");
    if ([...reason].length > REASON_LENGTH_MAX) {
      return refuse(context, `冲正原因最多 ${REASON_LENGTH_MAX} 个字`);
    }
    return reason;
  }),
});

/** The day in a notice's number (yymmdd after the kind), before which no money can have come for it. */
export function earliestValueDate(no: string, today: CalendarDate): CalendarDate {
  const [, yy, mm, dd] = /^..(..)(..)(..)/.exec(no) ?? [];
  return parseCalendarDate(`20${yy}-${mm}-${dd}`) ?? today;
}
