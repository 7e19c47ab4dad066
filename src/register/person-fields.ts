import { z } from "zod";
import { checkPhone } from "#src/kernel/phone.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";

/** The longest company name on record has fewer characters; a slip has room for this many. */
const NAME_LENGTH_MAX = 50;

/** Signs that stand in no name on an identity card or a business licence; & and ' do stand in some. */
const STRANGERS = /[<>{}[\]\\|^~`"=:;/$%@#*+?!_]/;
const STRANGERS_NAMED = 5;

/** The signs as they were typed, so that whoever typed them finds them. */
function strangersIn(name: string): string {
  const found = [...name].filter((sign) => STRANGERS.test(sign.normalize("NFKC")));
  return [...new Set(found)].slice(0, STRANGERS_NAMED).join(" ");
}

/** Why a name is none that stands on a card or licence, or null. `what` names the field: 业主姓名. */
function wrongName(name: string, what: string): string | null {
  if (name === "") return `请填写${what}`;
  if ([...name].length > NAME_LENGTH_MAX) {
    return `${what}太长，最多 ${NAME_LENGTH_MAX} 个字，请照身份证或营业执照填写`;
  }
  const strangers = strangersIn(name);
  if (strangers !== "") {
    return `${what}里不能有 ${strangers}，请删掉，照身份证或营业执照填写，例如 张示例`;
  }
  if (!/\p{Script=Han}|\p{L}.*\p{L}/u.test(name)) {
    return `${what}请照身份证或营业执照填写，例如 张示例`;
  }
  if (/\p{Extended_Pictographic}/u.test(name)) {
    return `${what}里不能有表情符号，请照身份证填写，例如 张示例`;
  }
  return null;
}

/** A name as a form sends it; every sentence names the field as the form does. */
export function nameField(what: string) {
  return z.string().transform((text, context) => {
    const name = cleanText(text);
    const wrong = hasForbiddenCharacters(text)
      ? `${what}里有不能识别的字符，请删掉后重新输入`
      : wrongName(name, what);
    if (wrong === null) return name;
    context.addIssue({ code: "custom", message: wrong });
    return z.NEVER;
  });
}

/** A telephone number as a form sends it, in the form in which it is stored. */
export function phoneField() {
  return z.string().transform((text, context) => {
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
}
