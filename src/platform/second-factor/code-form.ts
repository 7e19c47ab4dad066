import { z } from "zod";
import { withoutSeparators } from "#src/kernel/typed-text.ts";
import type { SentForm } from "../http/form.ts";
import { parseForm } from "../http/parse-form.ts";
import { judgePassword, type PasswordPolicy } from "../password-policy.ts";

const code = z
  .string()
  .transform((text) => withoutSeparators(text))
  .pipe(
    z
      .string()
      .min(1, "请填写动态口令")
      .regex(/^[0-9]{6}$/, "动态口令是 6 位数字，请看手机上的验证器"),
  );

const codeForm = z.object({ code });

/** What the second step sends where a password has to be replaced: the user's own takes its place. */
function codeAndPasswordForm(policy: PasswordPolicy, username: string) {
  return z.object({
    code,
    newPassword: z.string().superRefine((password, context) => {
      const message =
        password === "" ? "请填写新密码" : judgePassword(policy, { password, username });
      if (message !== null) context.addIssue({ code: "custom", message });
    }),
    repeatedPassword: z.string().min(1, "请再填一次新密码"),
  });
}

/** What was sent, or the sentence for each field. */
export type ReadCode =
  | { ok: true; data: { code: string; newPassword: string | null } }
  | { ok: false; errors: Record<string, string> };

/** Reads the form of the second step; with a policy it asks for a new password too. */
export function readCode(
  sent: SentForm,
  replace: { policy: PasswordPolicy; username: string } | null,
): ReadCode {
  if (replace === null) {
    const form = parseForm(codeForm, sent);
    return form.ok ? { ok: true, data: { code: form.data.code, newPassword: null } } : form;
  }
  const form = parseForm(codeAndPasswordForm(replace.policy, replace.username), sent);
  if (!form.ok) return form;
  const { newPassword, repeatedPassword } = form.data;
  if (newPassword !== repeatedPassword) {
    return { ok: false, errors: { repeatedPassword: "两次填的新密码不一样，请再填一次" } };
  }
  return { ok: true, data: { code: form.data.code, newPassword } };
}
