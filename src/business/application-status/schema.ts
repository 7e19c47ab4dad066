import { z } from "zod";
import { type ApplicationNumber, checkApplicationNumber } from "#src/kernel/application-number.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { withoutSeparators } from "#src/kernel/typed-text.ts";

/** A number as it was typed: the number itself, nothing typed yet, or the sentence that says what is wrong. */
export type TypedNumber =
  | { kind: "number"; number: ApplicationNumber }
  | { kind: "nothing" }
  | { kind: "wrong"; sentence: string };

/** Reads a typed 业务单编号. A slip of the keyboard is told apart from a number that is not on record. */
export function readTypedNumber(text: string): TypedNumber {
  const check = checkApplicationNumber(text);
  if (check.ok) return { kind: "number", number: check.number };
  switch (check.reason) {
    case "empty":
      return { kind: "nothing" };
    case "not-digits":
      return { kind: "wrong", sentence: "业务单编号只有数字，请对照单据再输入" };
    case "length":
      return {
        kind: "wrong",
        sentence: `业务单编号应是 18 位数字，现在是 ${check.digits} 位，请对照单据再看一遍`,
      };
    case "check-digit":
      return { kind: "wrong", sentence: "业务单编号有一位不对，请对照单据再看一遍" };
  }
}

const mobile = z.string().transform((text, context) => {
  const fail = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const check = checkPhone(text);
  if (check.ok && check.kind === "mobile") return check.phone;
  if (check.ok) return fail("固定电话收不到短信。提交时留的是固定电话的，请打 12345 办理");
  if (check.reason === "empty") return fail("请填写提交时留的手机号码");
  if (check.reason === "length" && check.digits !== undefined) {
    return fail(`手机号码应是 11 位数字，现在是 ${check.digits} 位`);
  }
  return fail("手机号码应是 1 开头的 11 位数字，例如 13800005678");
});

/** What asks for a code, besides the sum, which the captcha judges. */
export const phoneForm = z.object({ phone: mobile });

/** The six digits of the message. */
export const codeForm = z.object({
  code: z.string().transform((text, context) => {
    const code = withoutSeparators(text);
    if (/^[0-9]{6}$/.test(code)) return code;
    const digits = /^[0-9]+$/.test(code) && code.length < 100 ? code.length : null;
    const message =
      code === ""
        ? "请填写短信里的 6 位数字"
        : digits === null
          ? "验证码是短信里的 6 位数字，请对照短信再输入"
          : `验证码应是 6 位数字，现在是 ${digits} 位`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }),
});
