import { hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";

const LENGTH_MIN = 10;
const LENGTH_MAX = 200;

/** What is asked of a new password, as the hint below its field. */
export const PASSWORD_HINT = `至少 ${LENGTH_MIN} 位，不能有用户名或手机号码`;

/** Judges a new password that was typed twice; the sentences for the fields, none when it may be set. */
export function passwordErrors(wish: {
  username: string;
  phone: string;
  password: string;
  passwordAgain: string;
}): FormErrors {
  const wrong = judge(wish);
  if (wrong !== null) return { password: wrong };
  return wish.password === wish.passwordAgain
    ? {}
    : { passwordAgain: "两次填的密码不一样，请再填一次" };
}

function judge({ username, phone, password }: Parameters<typeof passwordErrors>[0]): string | null {
  const length = [...password].length;
  if (length === 0) return "请填写新密码";
  if (length < LENGTH_MIN) return `密码至少 ${LENGTH_MIN} 位，现在是 ${length} 位，请再加长一些`;
  if (length > LENGTH_MAX) return `密码最多 ${LENGTH_MAX} 位，请改短一些`;
  if (hasForbiddenCharacters(password)) return "密码里有不能识别的字符，请换用键盘上能打出的字符";
  const text = password.normalize("NFKC").toLowerCase();
  if (text.includes(username.toLowerCase())) return "密码里不能有用户名，请换一个";
  return text.includes(phone) ? "密码里不能有手机号码，请换一个" : null;
}
