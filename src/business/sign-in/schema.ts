import { z } from "zod";
import { checkPhone } from "#src/kernel/phone.ts";
import {
  cleanText,
  hasForbiddenCharacters,
  toHalfWidth,
  withoutSeparators,
} from "#src/kernel/typed-text.ts";

const LENGTH_MAX = 200;

/** What is said of an unknown user name and of a wrong password alike. */
export const WRONG_PASSWORD = "用户名或密码不对，请再看一遍";

/** Longer than any real one is wrong anyway; whether there is such a user nobody learns. */
const username = z
  .string()
  .transform((text) => toHalfWidth(cleanText(text)).toLowerCase())
  .pipe(
    z
      .string()
      .min(1, "请填写用户名")
      .max(100, WRONG_PASSWORD)
      .refine((name) => !hasForbiddenCharacters(name), WRONG_PASSWORD),
  );

const password = z.string().min(1, "请填写密码").max(LENGTH_MAX, WRONG_PASSWORD);

/** What a door with user name and password sends, besides what the captcha judges. */
export const passwordForm = z.object({ username, password });

/** What proves once more who somebody is that is signed in. */
export const passwordOnlyForm = z.object({ password });

const mobile = z.string().transform((text, context) => {
  const fail = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const check = checkPhone(text);
  if (check.ok && check.kind === "mobile") return check.phone;
  if (check.ok) return fail("固定电话收不到短信，请填写手机号码");
  if (check.reason === "empty") return fail("请填写手机号码");
  if (check.reason === "length" && check.digits !== undefined && check.digits < 100) {
    return fail(`手机号码应是 11 位数字，现在是 ${check.digits} 位`);
  }
  return fail("手机号码应是 1 开头的 11 位数字，例如 13800005678");
});

/** What asks for a dynamic password. */
export const phoneForm = z.object({ phone: mobile });

/** The six digits of the message. */
export const codeForm = z.object({
  code: z.string().transform((text, context) => {
    const code = withoutSeparators(text);
    if (/^[0-9]{6}$/.test(code)) return code;
    const digits = /^[0-9]{1,99}$/.test(code) ? code.length : null;
    const message =
      code === ""
        ? "请填写短信里的 6 位动态密码"
        : digits === null
          ? "动态密码是短信里的 6 位数字，请对照短信再输入"
          : `动态密码应是 6 位数字，现在是 ${digits} 位`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }),
});
