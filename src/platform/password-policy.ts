import { hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import { isCommonPassword } from "./guessed-passwords.ts";

/**
 * What a deployment asks of passwords. `asvs` asks for length and nothing that is guessed first, and leaves a
 * password in peace (ASVS 6.2.5, 6.2.10); `dengbao` asks besides for three kinds of characters and a new password
 * every ninety days (GB/T 22239 level 3). docs/security.md says how they differ.
 */
export interface PasswordPolicy {
  kind: "asvs" | "dengbao";
  /** At least 8. */
  lengthMin: number;
}

/** A password that somebody wants to have from now on, and what it must not repeat. */
export interface NewPassword {
  password: string;
  username?: string | undefined;
  /** In its canonical form, 11 digits. */
  phone?: string | undefined;
}

/** Long enough for any sentence, short enough to hash (ASVS 6.2.9). */
const PASSWORD_LENGTH_MAX = 200;
const KINDS_MIN = 3;
const ROTATION_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

/** A shorter name is part of many an honest password. */
const NAME_LENGTH_MIN = 4;

/**
 * Judges a new password. Null when it may be set, else the sentence that says what to do, for the field 密码 (or
 * 新密码). What was typed is neither trimmed nor cut. Whether it was typed twice alike is for the form to see.
 */
export function judgePassword(policy: PasswordPolicy, wish: NewPassword): string | null {
  const { password } = wish;
  const length = [...password].length;
  if (length === 0) return "请填写密码";
  if (length < policy.lengthMin) {
    return `密码至少 ${policy.lengthMin} 位，现在是 ${length} 位，请再加长一些`;
  }
  if (length > PASSWORD_LENGTH_MAX) return `密码最多 ${PASSWORD_LENGTH_MAX} 位，请改短一些`;
  if (hasForbiddenCharacters(password)) return "密码里有不能识别的字符，请换用键盘上能打出的字符";
  if (policy.kind === "dengbao" && kindsOf(password) < KINDS_MIN) {
    return "密码须有大写字母、小写字母、数字、符号中的至少三种，请补上";
  }
  const text = password.normalize("NFKC").toLowerCase();
  const name = (wish.username ?? "").normalize("NFKC").toLowerCase();
  if (name.length >= NAME_LENGTH_MIN && text.includes(name)) {
    return "密码里不能有用户名，请换一个";
  }
  if (wish.phone && text.replace(/\D/g, "").includes(wish.phone)) {
    return "密码里不能有手机号码，请换一个";
  }
  if (isCommonPassword(password)) {
    return "这个密码太常见，很容易被猜到，请换一个，例如用几个不相干的词连起来";
  }
  return null;
}

/** What a policy asks for, to stand as the hint below a new password before anything is typed. */
export function passwordHint({ kind, lengthMin }: PasswordPolicy): string {
  const kinds = kind === "dengbao" ? "，有大写字母、小写字母、数字、符号中的至少三种" : "";
  return `至少 ${lengthMin} 位${kinds}，不能是常见的密码，不能有用户名或手机号码`;
}

/** Tells whether a password has to be replaced because of its age; only the policy `dengbao` says so. */
export function isPasswordOld(policy: PasswordPolicy, changedAt: Date, now: Date): boolean {
  return policy.kind === "dengbao" && now.getTime() - changedAt.getTime() >= ROTATION_DAYS * DAY_MS;
}

function kindsOf(password: string): number {
  return [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
}
