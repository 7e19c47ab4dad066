import { cleanText, toHalfWidth } from "./typed-text.ts";

export type PhoneCheck =
  | { ok: true; phone: string; kind: "mobile" | "fixed" }
  | {
      ok: false;
      reason: "empty" | "length" | "format";
      /** How many digits were typed, where that helps the person to find the slip. */
      digits?: number;
    };

const MOBILE_DIGITS = 11;

/** Beijing and the cities of 02x have three digits and eight behind; the others four, and seven or eight. */
const FIXED_LINE =
  /^(?:(010|02[0-9])-?([2-9][0-9]{7})|(0[3-9][0-9]{2})-?([2-9][0-9]{6,7}))(?:-([0-9]{1,6}))?$/;

/**
 * Reads a telephone number of mainland China. A mobile's canonical form is its 11 digits; a fixed line's
 * is area code, dash, number and, where there is one, dash and extension; a 400 number's is its 10
 * digits. Blanks, dashes, brackets, full-width digits and +86 are accepted.
 */
export function checkPhone(text: string): PhoneCheck {
  const typed = withoutCountryCode(
    toHalfWidth(cleanText(text))
      .replace(/[\u2010-\u2015\u2212]|转|ext\.?/gi, "-")
      .replace(/[\s()]/g, ""),
  );
  if (typed === "") return { ok: false, reason: "empty" };
  if (!/^[0-9-]+$/.test(typed)) return { ok: false, reason: "format" };
  return checkFixedLine(typed) ?? checkMobile(typed.replaceAll("-", ""));
}

function withoutCountryCode(typed: string): string {
  return typed.replace(/^(?:\+86|0086)-?(?=[0-9])/, "").replace(/^86-?(?=1[0-9-]{10,12}$)/, "");
}

function checkFixedLine(typed: string): PhoneCheck | null {
  const match = FIXED_LINE.exec(typed);
  if (!match) return null;
  const [, shortArea, shortNumber, longArea, longNumber, extension] = match;
  const line = `${shortArea ?? longArea}-${shortNumber ?? longNumber}`;
  return { ok: true, phone: extension ? `${line}-${extension}` : line, kind: "fixed" };
}

function checkMobile(digits: string): PhoneCheck {
  if (/^1[3-9][0-9]{9}$/.test(digits)) return { ok: true, phone: digits, kind: "mobile" };
  if (/^400[0-9]{7}$/.test(digits)) return { ok: true, phone: digits, kind: "fixed" };
  const reason = digits.length === MOBILE_DIGITS ? "format" : "length";
  return { ok: false, reason, digits: digits.length };
}
