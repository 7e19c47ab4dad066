import type { CalendarDate } from "./calendar-date.ts";
import { hasMod11And10CheckDigit, mod11And10CheckDigit } from "./iso7064.ts";
import { withoutSeparators } from "./typed-text.ts";

/**
 * The number of an application (业务单编号), 18 digits: 2 for the kind, 6 for the day (yymmdd), 9 random,
 * 1 check digit. It is what citizens type, scan and read out over the telephone.
 */
export type ApplicationNumber = string & { readonly __brand: "ApplicationNumber" };

const LENGTH = 18;

export type ApplicationNumberCheck =
  | { ok: true; number: ApplicationNumber }
  | {
      ok: false;
      reason: "empty" | "not-digits" | "length" | "check-digit";
      /** How many digits were typed, where that helps the person to find the slip. */
      digits?: number;
    };

/**
 * Composes an application's number from its kind's two digits, its day and nine random digits, and adds
 * the check digit. The randomness comes from the caller. Throws RangeError on parts of another shape.
 */
export function makeApplicationNumber(
  prefix: string,
  date: CalendarDate,
  nineDigits: string,
): ApplicationNumber {
  if (!/^[0-9]{2}$/.test(prefix)) throw new RangeError("an application's prefix has two digits");
  if (!/^[0-9]{9}$/.test(nineDigits)) throw new RangeError("nine random digits are needed");
  const body = prefix + date.slice(2).replaceAll("-", "") + nineDigits;
  return (body + mod11And10CheckDigit(body)) as ApplicationNumber;
}

/**
 * Reads a typed or scanned application number. Blanks and dashes are dropped and full-width digits
 * converted. It tells a slip of the keyboard (wrong length or check digit) from a number that may exist.
 */
export function checkApplicationNumber(text: string): ApplicationNumberCheck {
  const typed = withoutSeparators(text);
  if (typed === "") return { ok: false, reason: "empty" };
  if (!/^[0-9]+$/.test(typed)) return { ok: false, reason: "not-digits" };
  if (typed.length !== LENGTH) return { ok: false, reason: "length", digits: typed.length };
  if (!hasMod11And10CheckDigit(typed)) {
    return { ok: false, reason: "check-digit", digits: LENGTH };
  }
  return { ok: true, number: typed as ApplicationNumber };
}

/** Groups a number by fours for the eye and for dictation: "1126 1123 0482 7195 37". */
export function groupNumber(number: string): string {
  return number.replace(/(.{4})(?=.)/g, "$1 ");
}
