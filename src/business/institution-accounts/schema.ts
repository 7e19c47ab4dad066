import { z } from "zod";
import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";
import { nameField, phoneField } from "#src/register/person-fields.ts";

/** Somebody of the institution who is invited. */
export const invitation = z.object({
  username: z
    .string()
    .transform((text) => toHalfWidth(cleanText(text)))
    .pipe(
      z
        .string()
        .min(1, "请填写用户名")
        .regex(
          /^[A-Za-z][A-Za-z0-9_-]{3,19}$/,
          "用户名应以字母开头，4 到 20 位字母、数字、下划线或短横线",
        ),
    ),
  personName: nameField("姓名"),
  phone: phoneField(),
  isAdmin: z.enum(["", "yes"], { error: "请重新选择" }),
});

export type Invitation = z.infer<typeof invitation>;
