import { z } from "zod";
import { checkPhone } from "#src/kernel/phone.ts";
import { withoutSeparators } from "#src/kernel/typed-text.ts";

/** The contact's mobile phone: text messages go there, so that a landline is refused. */
export const mobileField = z.string().transform((text, context) => {
  const check = checkPhone(text.slice(0, 200));
  if (check.ok && check.kind === "mobile") return check.phone;
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (check.ok) return refuse("固定电话收不到短信，请填手机号码");
  if (check.reason === "empty") return refuse("请填写联系人手机");
  if (check.reason === "length" && check.digits !== undefined) {
    return refuse(`手机号码应是 11 位数字，现在是 ${check.digits} 位`);
  }
  return refuse("手机号码应是 1 开头的 11 位数字，例如 13800005678");
});

/** The six digits of the message. */
export const codeForm = z.object({
  code: z.string().transform((text, context) => {
    const code = withoutSeparators(text);
    if (/^[0-9]{6}$/.test(code)) return code;
    const message =
      code === "" ? "请填写短信里的 6 位数字" : "验证码是短信里的 6 位数字，请对照短信再输入";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }),
});
