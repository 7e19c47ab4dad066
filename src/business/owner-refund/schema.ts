import { z } from "zod";
import { parseAreaText } from "#src/kernel/area.ts";
import { parseYuanText } from "#src/kernel/money.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { checkResidentId } from "#src/kernel/resident-id.ts";
import {
  cleanText,
  hasForbiddenCharacters,
  toHalfWidth,
  withoutSeparators,
} from "#src/kernel/typed-text.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { RefundBasis } from "./rules.ts";

type Refuse = { addIssue: (issue: { code: "custom"; message: string }) => void };

function refuse(context: Refuse, message: string) {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

/** One line of typed words, cleaned; empty, too long or with signs that no keyboard sends is refused. */
function line(words: { empty: string; name: string; max: number }) {
  return z.string().transform((text, context) => {
    if (hasForbiddenCharacters(text)) {
      return refuse(context, `${words.name}里有不能识别的字符，请删掉后重新输入`);
    }
    const clean = cleanText(text);
    if (clean === "") return refuse(context, words.empty);
    if ([...clean].length > words.max) {
      return refuse(context, `${words.name}太长，最多 ${words.max} 个字`);
    }
    return clean;
  });
}

const documentNo = z.string().transform((text, context) => {
  if (hasForbiddenCharacters(text)) {
    return refuse(context, "证件号码里有不能识别的字符，请删掉后重新输入");
  }
  const typed = withoutSeparators(text).toUpperCase();
  if (typed === "") return refuse(context, "请填写证件号码");
  if (!/^[0-9A-Z()]{5,40}$/.test(typed)) {
    return refuse(context, "证件号码只有数字和字母，请对照证件再看一遍");
  }
  // An identity card's slip of the keyboard is told at once; other documents have no check digit to test.
  if (/^[0-9]{14,19}[0-9X]$/.test(typed)) {
    const check = checkResidentId(typed);
    if (!check.ok && check.reason === "length" && typed.length !== 15) {
      const lacking = 18 - typed.length;
      const how = `${lacking > 0 ? "少" : "多"} ${Math.abs(lacking)} 位`;
      return refuse(context, `证件号码${how}，应是 18 位`);
    }
  }
  return typed;
});

/** What the page that asks for the owner sends. */
export const ownerForm = z.object({
  ownerName: line({ empty: "请填写业主姓名", name: "业主姓名", max: 50 }),
  ownerDocumentNo: documentNo,
});

const phone = z.string().transform((text, context) => {
  const check = checkPhone(text);
  if (check.ok) return check.phone;
  const message = {
    empty: "请填写手机号码",
    length: `手机号码应是 11 位数字${check.digits ? `，现在是 ${check.digits} 位` : ""}`,
    format: "手机号码应是 1 开头的 11 位数字，例如 13800005678；也可以填带区号的固定电话",
  }[check.reason];
  return refuse(context, message);
});

const payeeAccount = z.string().transform((text, context) => {
  const typed = withoutSeparators(text);
  if (typed === "") return refuse(context, "请填写收款账号");
  if (!/^[0-9]+$/.test(typed)) return refuse(context, "收款账号只有数字，请对照银行卡再看一遍");
  if (typed.length < 13 || typed.length > 19) {
    return refuse(context, `收款账号应是 13 到 19 位数字，现在是 ${typed.length} 位`);
  }
  return typed;
});

const STATEMENT_LENGTH_MAX = 300;

const statement = z.string().transform((text, context) => {
  if (hasForbiddenCharacters(text, { isMultiline: true })) {
    return refuse(context, "情况说明里有不能识别的字符，请删掉后重新输入");
  }
  const clean = cleanText(text);
  if ([...clean].length > STATEMENT_LENGTH_MAX) {
    return refuse(context, `情况说明最多 ${STATEMENT_LENGTH_MAX} 个字`);
  }
  return clean;
});

/** What the form 补充退款信息 sends, in the order of its fields. */
export const refundForm = z.object({
  payeeName: line({ empty: "请填写收款人户名", name: "收款人户名", max: 50 }),
  payeeAccount,
  payeeBank: line({ empty: "请填写开户银行", name: "开户银行", max: 60 }).refine(
    (text) => /\p{Script=Han}{2}|[A-Za-z]{3}/u.test(text),
    "开户银行请写全称，例如 示例银行民生支行",
  ),
  phone,
  statement,
  isTrue: z.literal("yes", { error: "请勾选，确认填写的内容和上传的要件属实" }),
});
export type RefundForm = z.infer<typeof refundForm>;

/** The hidden part: made by the page, so that anything else in it did not come from the form. */
export const refundFormSeal = z.object({
  submissionKey: z.uuid(),
  reason: z.enum(["R01", "R02", "R03", "R04", "R05", "R06", "R07"]),
  amountSeen: z.string().transform((text, context) => {
    const amount = parseYuanText(text);
    return amount.ok ? amount.fen : refuse(context, amount.reason);
  }),
});
export type RefundFormSeal = z.infer<typeof refundFormSeal>;

/** What the amount depends on, as it was typed: in the address of the page, and hidden in its form. */
export interface TypedBasis {
  newArea: string;
  payment: string;
  asked: string;
}

/** Takes the typed basis out of a query or a form. */
export function typedBasis(sent: SentForm | Record<string, string>): TypedBasis {
  return {
    newArea: sent["newArea"] ?? "",
    payment: sent["payment"] ?? "",
    asked: sent["asked"] ?? "",
  };
}

/** The typed basis of a reason, read; or the sentence for the field, or `missing` while nothing was typed. */
export type ReadBasis =
  | { kind: "read"; basis: RefundBasis }
  | { kind: "missing"; field: keyof TypedBasis }
  | { kind: "wrong"; field: keyof TypedBasis; sentence: string };

/** The field that a reason's amount depends on; null for R01, R02 and R06, which depend on nothing that is typed. */
export function basisField(reason: RefundReasonCode): keyof TypedBasis | null {
  const read = readBasis(reason, { newArea: "", payment: "", asked: "" });
  return read.kind === "missing" ? read.field : null;
}

/** What is said beside a field that was left empty. */
export const MISSING_BASIS: Record<keyof TypedBasis, string> = {
  newArea: "请填写实测建筑面积",
  payment: "请选择一笔交款",
  asked: "请填写退款金额",
};

const NOTHING: RefundBasis = { newAreaHundredths: null, journalId: null, askedFen: null };

/** Reads what a reason's amount depends on. R01, R02 and R06 depend on nothing that is typed. */
export function readBasis(reason: RefundReasonCode, typed: TypedBasis): ReadBasis {
  switch (reason) {
    case "R03":
      return readNewArea(typed.newArea);
    case "R04":
    case "R05":
      return readPayment(typed.payment);
    case "R07":
      return readAsked(typed.asked);
    default:
      return { kind: "read", basis: NOTHING };
  }
}

function readNewArea(text: string): ReadBasis {
  const field = "newArea";
  const area = parseAreaText(text);
  if (area.ok) {
    return { kind: "read", basis: { ...NOTHING, newAreaHundredths: area.areaHundredths } };
  }
  if (area.reason === "empty") return { kind: "missing", field };
  const sentence = {
    "not-a-number": "实测面积应是数字，例如 97.56",
    "not-positive": "实测面积应大于 0",
    "too-large": "实测面积太大，请对照实测报告再看一遍",
  }[area.reason];
  return { kind: "wrong", field, sentence };
}

function readPayment(text: string): ReadBasis {
  const typed = toHalfWidth(cleanText(text));
  if (typed === "") return { kind: "missing", field: "payment" };
  if (!/^[0-9]{1,18}$/.test(typed)) {
    return { kind: "wrong", field: "payment", sentence: "请从列出的交款里选择一笔" };
  }
  return { kind: "read", basis: { ...NOTHING, journalId: BigInt(typed) } };
}

function readAsked(text: string): ReadBasis {
  const field = "asked";
  const amount = parseYuanText(text);
  if (amount.ok) return { kind: "read", basis: { ...NOTHING, askedFen: amount.fen } };
  if (amount.reason === "empty") return { kind: "missing", field };
  const sentence = {
    "not-a-number": "退款金额应是数字，例如 1200.00",
    negative: "退款金额不能是负数",
    "too-precise": "退款金额最多两位小数",
    "too-large": "退款金额太大，请对照批准文件再看一遍",
  }[amount.reason];
  return { kind: "wrong", field, sentence };
}
