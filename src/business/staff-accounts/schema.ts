import { z } from "zod";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";

const PASSWORD_LENGTH_MIN = 10;
const PASSWORD_LENGTH_MAX = 200;
const WRONG = "用户名或密码不对，请再看一遍";

/** What the first step of the sign-in sends. Longer than any real one is wrong anyway. */
export const passwordForm = z.object({
  username: z
    .string()
    .transform((text) => cleanText(text).toLowerCase())
    .pipe(
      z
        .string()
        .min(1, "请填写用户名")
        .max(100, WRONG)
        .refine((name) => !hasForbiddenCharacters(name), WRONG),
    ),
  password: z.string().min(1, "请填写密码").max(PASSWORD_LENGTH_MAX, WRONG),
});

const words = (what: string) =>
  z
    .string({ error: `请写明${what}` })
    .refine((text) => !hasForbiddenCharacters(text), `${what}里有不能识别的字符`)
    .transform(cleanText)
    .pipe(z.string().min(1, `请写明${what}`).max(40, `${what}最多 40 个字`));

const ROLES = ["intake", "reviewer", "approver", "finance", "editor", "admin", "auditor"] as const;

/** One of the fund centre's people to be added, as an operator gives it. */
export const newStaff = z.object({
  username: z
    .string({ error: "请写明用户名" })
    .regex(/^[a-z][a-z0-9-]{3,30}$/, "用户名应以小写字母开头，4 到 31 位小写字母、数字或短横线"),
  name: words("姓名"),
  role: z
    .array(z.enum(ROLES, { error: `岗位应是 ${ROLES.join("、")} 之一` }), {
      error: "请写明岗位",
    })
    .min(1, "请写明岗位"),
  password: z
    .string({ error: "请给出初始密码" })
    .min(PASSWORD_LENGTH_MIN, `初始密码至少 ${PASSWORD_LENGTH_MIN} 位`)
    .max(PASSWORD_LENGTH_MAX, `初始密码最多 ${PASSWORD_LENGTH_MAX} 位`),
});
export type NewStaff = z.infer<typeof newStaff>;
