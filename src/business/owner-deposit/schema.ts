import { z } from "zod";
import { parseYuanText } from "#src/kernel/money.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import { OFFERED_KINDS } from "./rules.ts";

/** The longest company name on record has fewer characters; a slip has room for this many. */
const PAYER_LENGTH_MAX = 50;

/** Signs that stand in no name on an identity card or a business licence; & and ' do stand in some. */
const STRANGERS = /[<>{}[\]\\|^~`"=:;/$%@#*+?!_]/;
const STRANGERS_NAMED = 5;

/** The signs as they were typed, so that the payer finds them. */
function strangersIn(name: string): string {
  const found = [...name].filter((sign) => STRANGERS.test(sign.normalize("NFKC")));
  return [...new Set(found)].slice(0, STRANGERS_NAMED).join(" ");
}

const payer = z.string().transform((text, context) => {
  const fail = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (hasForbiddenCharacters(text)) return fail("交款人姓名里有不能识别的字符，请删掉后重新输入");
  const name = cleanText(text);
  if (name === "") return fail("请填写交款人姓名");
  if ([...name].length > PAYER_LENGTH_MAX) {
    return fail(`交款人姓名太长，最多 ${PAYER_LENGTH_MAX} 个字，请照身份证或营业执照填写`);
  }
  const strangers = strangersIn(name);
  if (strangers !== "") {
    return fail(`交款人姓名里不能有 ${strangers}，请删掉，照身份证或营业执照填写，例如 张示例`);
  }
  if (!/\p{Script=Han}|\p{L}.*\p{L}/u.test(name)) {
    return fail("交款人姓名请照身份证或营业执照填写，例如 张示例");
  }
  if (/\p{Extended_Pictographic}/u.test(name)) {
    return fail("交款人姓名里不能有表情符号，请照身份证填写，例如 张示例");
  }
  return name;
});

const phone = z.string().transform((text, context) => {
  const check = checkPhone(text);
  if (check.ok) return check.phone;
  const message = {
    empty: "请填写手机号码",
    length: `手机号码应是 11 位数字${check.digits ? `，现在是 ${check.digits} 位` : ""}`,
    format: "手机号码应是 1 开头的 11 位数字，例如 13800005678；也可以填带区号的固定电话",
  }[check.reason];
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** What the form 购房人交款 sends, in the order of its fields. */
export const depositForm = z.object({
  depositKind: z.enum(OFFERED_KINDS, { error: "请选择交款类别" }),
  payer,
  phone,
});
export type DepositForm = z.infer<typeof depositForm>;

/** The hidden part: made by the page, so that anything else in it did not come from the form. */
export const depositFormSeal = z.object({
  /** Made when the form was shown; the same form makes one application. */
  submissionKey: z.uuid(),
  /** The amount that the payer saw, in yuan: a stale page is told from a fresh one by it. */
  amountSeen: z.string().transform((text, context) => {
    const amount = parseYuanText(text);
    if (amount.ok) return amount.fen;
    context.addIssue({ code: "custom", message: amount.reason });
    return z.NEVER;
  }),
});
export type DepositFormSeal = z.infer<typeof depositFormSeal>;
