import { z } from "zod";
import { checkPhone } from "#src/kernel/phone.ts";
import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";
import { ownDocumentField } from "#src/register/own-document.ts";

type Context = { addIssue: (issue: { code: "custom"; message: string }) => void };

function refuse(context: Context, message: string) {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

/** What the first page of linking sends. */
export const identityForm = z.object({ documentNo: ownDocumentField() });

/** What shows, besides the document, that a house is one's own. */
export const FACT_KINDS = ["contract", "bank-reference"] as const;
export type FactKind = (typeof FACT_KINDS)[number];

const fact = z.string().transform((text, context) => {
  if (hasForbiddenCharacters(text)) {
    return refuse(context, "编号里有不能识别的字符，请删掉后重新输入");
  }
  const typed = toHalfWidth(cleanText(text));
  if (typed === "") return refuse(context, "请填写合同或回单上的编号");
  if ([...typed].length > 60) return refuse(context, "编号太长，最多 60 个字，请对照原件再看一遍");
  return typed;
});

/** What the page that links one house sends. */
export const factForm = z.object({
  documentNo: ownDocumentField(),
  factKind: z.enum(FACT_KINDS, { error: "请选择用哪一种编号" }),
  fact,
});
export type FactForm = z.infer<typeof factForm>;

/** A mobile phone that is to open the account from now on. */
export const newPhoneForm = z.object({
  phone: z.string().transform((text, context) => {
    const check = checkPhone(text);
    if (check.ok && check.kind === "mobile") return check.phone;
    if (check.ok) return refuse(context, "请填写手机号码，固定电话收不到动态密码");
    const message = {
      empty: "请填写新的手机号码",
      length: `手机号码应是 11 位数字${check.digits ? `，现在是 ${check.digits} 位` : ""}`,
      format: "手机号码应是 1 开头的 11 位数字，例如 13800005678",
    }[check.reason];
    return refuse(context, message);
  }),
});

/** The code that went to the new phone. */
export const codeForm = z.object({
  code: z.string().transform((text, context) => {
    const typed = toHalfWidth(cleanText(text)).replace(/\s/g, "");
    if (typed === "") return refuse(context, "请填写动态密码");
    return /^[0-9]{6}$/.test(typed) ? typed : refuse(context, "动态密码是 6 位数字");
  }),
});

/** User name and password; that both passwords are one is judged with them. */
export const passwordForm = z.object({
  username: z.string().transform((text, context) => {
    const typed = toHalfWidth(cleanText(text));
    if (typed === "") return refuse(context, "请填写用户名");
    if (/^[A-Za-z][A-Za-z0-9_-]{3,19}$/.test(typed)) return typed;
    return refuse(context, "用户名是 4 到 20 位字母、数字、- 或 _，以字母开头");
  }),
  password: z.string(),
  passwordAgain: z.string(),
});

/** Reads a page number of the address; whatever is none counts as the first page. */
export function readPageNumber(text: string | undefined): number {
  return /^[1-9][0-9]{0,5}$/.test(text ?? "") ? Number.parseInt(text ?? "", 10) : 1;
}

/** Reads a year of the address, or null. */
export function readYear(text: string | undefined): number | null {
  return /^(19|20|21)[0-9]{2}$/.test(text ?? "") ? Number.parseInt(text ?? "", 10) : null;
}
