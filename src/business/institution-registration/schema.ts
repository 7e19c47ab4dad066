import { z } from "zod";
import { mobileField } from "#src/accounts/institutions/contact-fields.ts";
import { type CalendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { checkCreditCode } from "#src/kernel/credit-code.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import {
  cleanText,
  hasForbiddenCharacters,
  toHalfWidth,
  withoutSeparators,
} from "#src/kernel/typed-text.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { checkDocumentNumber } from "#src/register/document-number.ts";
import { nameField } from "#src/register/person-fields.ts";

/** Room for this many estates; a company with more adds the others after its approval. */
export const ESTATES_MAX = 10;

export const SERVICE_KIND_WORDS = { preliminary: "前期物业服务", elected: "业主大会选聘" } as const;
export type ServiceKind = keyof typeof SERVICE_KIND_WORDS;

const ESTATE_PARTS = ["Code", "ContractNo", "StartsOn", "EndsOn", "ServiceKind"] as const;
export type EstatePart = (typeof ESTATE_PARTS)[number];

/** Names a field of the nth estate: estate2EndsOn. */
export function estateField(n: number, part: EstatePart): string {
  return `estate${n}${part}`;
}

/** What is kept of the form, in its order. Passwords are not: they are asked again. */
export const TYPED_FIELDS: readonly string[] = [
  ...[
    "institutionName",
    "creditCode",
    "recordNo",
    "legalPerson",
    "legalPersonDocumentNo",
    "licenceUntil",
  ],
  ...["district", "address", "contactName", "contactPhone", "landline", "email"],
  ...["accountName", "accountBank", "accountNo"],
  ...Array.from({ length: ESTATES_MAX }, (_, at) =>
    ESTATE_PARTS.map((part) => estateField(at + 1, part)),
  ).flat(),
  ...["estateSearch", "username", "isAgreed"],
];

/** What a form says, field by field, as it was typed. */
export type Typed = Readonly<Record<string, string>>;

/** Takes the fields that are kept out of what was sent. */
export function typedOf(sent: SentForm): Typed {
  return Object.fromEntries(TYPED_FIELDS.map((name) => [name, sent[name] ?? ""]));
}

/** Made when the form is shown; the same form makes one application. */
export const submissionKey = z.uuid();

type Context = z.core.$RefinementCtx<string>;

function refuse(context: Context, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER as never;
}

/** One line of words; `empty` is left out where it may be. */
export function line(words: { name: string; max: number; empty?: string; min?: number }) {
  return z.string().transform((text, context) => {
    if (hasForbiddenCharacters(text)) {
      return refuse(context, `${words.name}里有不能识别的字符，请删掉后重新输入`);
    }
    const clean = cleanText(text).replace(/\s+/g, " ");
    if (clean === "") return words.empty === undefined ? "" : refuse(context, words.empty);
    const length = [...clean].length;
    if (length > words.max) return refuse(context, `${words.name}太长，最多 ${words.max} 个字`);
    if (/[<>{}\\^`]/.test(clean) || !/[\p{L}\p{N}]/u.test(clean) || length < (words.min ?? 1)) {
      return refuse(context, `${words.name}请照证件或合同填写`);
    }
    return clean;
  });
}

/** 统一社会信用代码 with its check character; `isOptional` for a committee that has none. */
function creditCodeField(isOptional: boolean) {
  return z.string().transform((text, context) => {
    const check = checkCreditCode(text.slice(0, 200));
    if (check.ok) return check.code;
    switch (check.reason) {
      case "empty":
        return isOptional ? "" : refuse(context, "请填写统一社会信用代码，在营业执照上，18 位");
      case "length": {
        const lacking = 18 - (check.length ?? 0);
        const how = `${lacking > 0 ? "少" : "多"} ${Math.abs(lacking)} 位`;
        return refuse(context, `统一社会信用代码${how}，应是 18 位`);
      }
      case "characters":
        return refuse(
          context,
          "统一社会信用代码只有数字和大写字母，没有 I、O、S、V、Z，请对照证书再看一遍",
        );
      case "check-digit":
        return refuse(context, "统一社会信用代码有一位不对，请对照证书再看一遍");
    }
  });
}

const legalPersonDocumentNo = z.string().transform((text, context) => {
  if (cleanText(text) === "") return "";
  const check = checkDocumentNumber("resident-id", text.slice(0, 200));
  return check.ok ? check.no : refuse(context, check.reason);
});

const landline = z.string().transform((text, context) => {
  if (cleanText(text) === "") return "";
  const check = checkPhone(text.slice(0, 200));
  if (check.ok) return check.phone;
  return refuse(context, "联系电话请连区号一起填，例如 010-88886666");
});

const EMAIL_LENGTH_MAX = 100;

const email = z.string().transform((text, context) => {
  const typed = toHalfWidth(cleanText(text)).replace(/\s/g, "");
  if (typed === "") return "";
  const isRight = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/.test(typed);
  if (isRight && typed.length <= EMAIL_LENGTH_MAX) return typed;
  return refuse(context, "邮箱的写法不对，例如 office@example.cn");
});

/** 登录用户名: 4 to 20 signs, a letter first. */
export const usernameField = z.string().transform((text, context) => {
  const typed = toHalfWidth(cleanText(text));
  if (typed === "") return refuse(context, "请填写登录用户名");
  if (/\p{Script=Han}/u.test(typed)) {
    return refuse(
      context,
      "用户名不能用中文，请用字母和数字，可以用单位名称的拼音，例如 shiliwuye",
    );
  }
  if (!/^[A-Za-z]/.test(typed)) return refuse(context, "用户名的第一位应是字母，例如 shiliwuye");
  if (!/^[A-Za-z0-9_-]+$/.test(typed)) {
    return refuse(context, "用户名只能有字母、数字、下划线和短横线，例如 shiliwuye");
  }
  if (typed.length < 4 || typed.length > 20) {
    return refuse(context, `用户名应是 4 到 20 位，现在是 ${typed.length} 位`);
  }
  return typed;
});

/** A day that is not over; `over` says so of one that is. */
function dayField(what: string, over: string, today: CalendarDate, isOptional: boolean) {
  return z.string().transform((text, context) => {
    if (cleanText(text) === "" && isOptional) return "";
    const day = readDay(text, what);
    if (!day.ok) return refuse(context, day.sentence);
    return day.date < today ? refuse(context, over) : day.date;
  });
}

/** A typed day, or the sentence for its field. */
export function readDay(
  text: string,
  what: string,
): { ok: true; date: CalendarDate } | { ok: false; sentence: string } {
  if (cleanText(text) === "") return { ok: false, sentence: `请填写${what}` };
  const date = parseCalendarDate(text.slice(0, 100));
  if (date === null || date < "1980-01-01" || date > "2099-12-31") {
    return { ok: false, sentence: `${what}应是一个日期，例如 2026-11-23` };
  }
  return { ok: true, date };
}

const accountNo = z.string().transform((text, context) => {
  const typed = withoutSeparators(text);
  if (typed === "") return refuse(context, "请填写账号");
  if (!/^[0-9]+$/.test(typed)) return refuse(context, "账号只有数字，请对照开户证明再看一遍");
  if (typed.length < 8 || typed.length > 30) {
    return refuse(context, `账号应是 8 到 30 位数字，现在是 ${typed.length} 位`);
  }
  return typed;
});

/** What every institution fills in about itself, in the order of the form. */
export function institutionForm(words: {
  legalPersonTitle: string;
  isCommittee: boolean;
  today: CalendarDate;
}) {
  return z.object({
    institutionName: nameField("机构名称"),
    creditCode: creditCodeField(words.isCommittee),
    recordNo: line({ name: "备案号", max: 40 }),
    legalPerson: nameField(words.legalPersonTitle),
    legalPersonDocumentNo,
    licenceUntil: dayField(
      "营业执照有效期",
      "营业执照已经过期，请先到登记机关换照",
      words.today,
      true,
    ),
    address: line({ name: "详细地址", max: 80, min: 4, empty: "请填写详细地址" }),
    contactName: nameField("联系人"),
    contactPhone: mobileField,
    landline,
    email,
  });
}

/** The account that money goes back to: a developer's own. */
export const accountForm = z.object({
  accountName: nameField("户名"),
  accountBank: line({ name: "开户行", max: 60, min: 4, empty: "请填写开户行" }),
  accountNo,
});
