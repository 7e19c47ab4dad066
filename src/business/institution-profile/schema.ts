import { z } from "zod";
import { mobileField } from "#src/accounts/institutions/contact-fields.ts";
import { type CalendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters, withoutSeparators } from "#src/kernel/typed-text.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { nameField, phoneField } from "#src/register/person-fields.ts";

/** A field that may be left empty: then nothing of it changes. */
function orEmpty<Schema extends z.ZodType<string, string>>(schema: Schema) {
  return z.string().transform((text, context) => {
    if (cleanText(text) === "") return "";
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues) context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}

const words = (what: string, max: number) =>
  z
    .string()
    .refine((text) => !hasForbiddenCharacters(text), `${what}里有不能识别的字符，请删掉后重新输入`)
    .transform(cleanText)
    .pipe(z.string().max(max, `${what}最多 ${max} 个字`));

/** The parts of a change that are no estates. */
export const changeForm = z.object({
  institutionName: orEmpty(nameField("机构名称")),
  legalPerson: orEmpty(nameField("法定代表人或负责人")),
  accountName: orEmpty(nameField("户名")),
  accountBank: words("开户银行", 60),
  accountNo: z
    .string()
    .transform((text) => withoutSeparators(text))
    .pipe(z.string().regex(/^$|^[0-9]{8,32}$/, "账号应是 8 到 32 位数字")),
});

/** An estate's row of the form: what is asked for it. */
export interface EstateRow {
  code: string;
  contractNo: string;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
  isEnded: boolean;
}

/** The names of an estate's fields; `new` is the row for one that is added. */
export function estateFields(code: string) {
  return {
    contractNo: `contract-${code}`,
    startsOn: `starts-${code}`,
    endsOn: `ends-${code}`,
    isEnded: `end-${code}`,
  };
}

/** Reads an estate's row; a date that is none is refused beside its field. */
export function readEstateRow(
  sent: SentForm,
  code: string,
): { ok: true; row: EstateRow } | { ok: false; errors: Record<string, string> } {
  const fields = estateFields(code);
  const errors: Record<string, string> = {};
  const day = (name: string, what: string) => {
    const text = cleanText(sent[name] ?? "");
    const date = text === "" ? null : parseCalendarDate(text);
    if (text !== "" && date === null) errors[name] = `${what}应是一个日期，例如 2029-12-31`;
    return date;
  };
  const contract = words("合同编号", 60).safeParse(sent[fields.contractNo] ?? "");
  if (!contract.success) errors[fields.contractNo] = contract.error.issues[0]?.message ?? "";
  const startsOn = day(fields.startsOn, "起始日期");
  const endsOn = day(fields.endsOn, "到期日期");
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
    errors[fields.endsOn] = "到期日期不能早于起始日期";
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const contractNo = contract.success ? contract.data : "";
  return {
    ok: true,
    row: { code, contractNo, startsOn, endsOn, isEnded: sent[fields.isEnded] === "yes" },
  };
}

const email = z
  .string()
  .transform((text) => cleanText(text))
  .pipe(
    z
      .string()
      .max(100, "邮箱最多 100 个字符")
      .regex(
        /^$|^[^\s@<>"',;:()[\]\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
        "邮箱应像 name@example.com 这样",
      ),
  );

/** Contact details change at once. Where a code goes to the phone it has to be a mobile one. */
export function contactForm({ isMobile }: { isMobile: boolean }) {
  return z.object({ contactPhone: isMobile ? mobileField : phoneField(), email });
}

export const submissionSeal = z.object({ submissionKey: z.uuid() });
