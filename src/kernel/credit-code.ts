import { withoutSeparators } from "./typed-text.ts";

const LENGTH = 18;

/** Digits and letters without I, O, S, V and Z, which are read as 1, 0, 5, U and 2. */
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCodeCheck =
  | { ok: true; code: string }
  | {
      ok: false;
      reason: "empty" | "length" | "characters" | "check-digit";
      /** How many characters were given, where the length is wrong. */
      length?: number;
    };

/**
 * Reads a unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters of its alphabet,
 * digits at the six places of the division, and the right check character. Lower case, full-width and
 * grouped input is converted.
 */
export function checkCreditCode(text: string): CreditCodeCheck {
  const code = withoutSeparators(text).toUpperCase();
  if (code === "") return { ok: false, reason: "empty" };
  if (!/^[0-9A-HJ-NP-RTUWXY]+$/.test(code)) return { ok: false, reason: "characters" };
  if (code.length !== LENGTH) return { ok: false, reason: "length", length: code.length };
  if (!/^..[0-9]{6}/.test(code)) return { ok: false, reason: "characters" };
  if (creditCodeCheckCharacter(code.slice(0, -1)) !== code.at(-1)) {
    return { ok: false, reason: "check-digit" };
  }
  return { ok: true, code };
}

/** Computes the check character of a credit code's first 17. Throws RangeError on other text. */
export function creditCodeCheckCharacter(first17: string): string {
  if (!/^[0-9A-HJ-NP-RTUWXY]{17}$/.test(first17)) {
    throw new RangeError("a credit code has 17 characters of its alphabet before the last");
  }
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + weight * ALPHABET.indexOf(first17.charAt(index)),
    0,
  );
  // The outer remainder matters: without it a code whose sum divides by 31 has no check character.
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
