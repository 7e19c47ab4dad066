import { z } from "zod";
import { withoutSeparators } from "#src/kernel/typed-text.ts";
import { mobileField } from "./schema.ts";

/** What asks for a code, besides the sum, which the captcha judges. */
export const phoneForm = z.object({ phone: mobileField });

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
