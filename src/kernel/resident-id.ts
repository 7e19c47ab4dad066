import { type CalendarDate, parseCalendarDate } from "./calendar-date.ts";
import { withoutSeparators } from "./typed-text.ts";

const LENGTH = 18;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";

/** Province codes of GB/T 2260, and 81–83 of the residence permits for 港澳台. */
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

export type ResidentIdCheck =
  | { ok: true; id: string }
  | {
      ok: false;
      reason: "empty" | "length" | "characters" | "date" | "division" | "check-digit";
      /** How many characters were given, where the length is wrong. */
      length?: number;
    };

/**
 * Reads a citizen's identity number (GB 11643-1999): 18 characters with a plausible province, a real
 * date of birth and the right check character. Lower-case x becomes X, full-width and grouped input is
 * converted. Fifteen-digit numbers are refused for their length: they only serve to find old records.
 */
export function checkResidentId(text: string): ResidentIdCheck {
  const id = withoutSeparators(text).toUpperCase();
  if (id === "") return { ok: false, reason: "empty" };
  if (!/^[0-9]+X?$/.test(id)) return { ok: false, reason: "characters" };
  if (id.length !== LENGTH) return { ok: false, reason: "length", length: id.length };
  if (!PROVINCES.test(id)) return { ok: false, reason: "division" };
  if (!birthDateOf(id)) return { ok: false, reason: "date" };
  if (residentIdCheckCharacter(id.slice(0, -1)) !== id.at(-1)) {
    return { ok: false, reason: "check-digit" };
  }
  return { ok: true, id };
}

/**
 * Finds the date of birth in an 18-character identity number; null when there is none. Whether it lies
 * in the future is for the caller, who knows the day.
 */
export function birthDateOf(id: string): CalendarDate | null {
  return parseCalendarDate(id.slice(6, 14));
}

/**
 * Turns a fifteen-digit identity number of before 1999 into the 18-character one of the same person, to
 * find an old record by a new number. Null when the text is no such number. It has no check digit, so
 * it proves nothing.
 */
export function residentIdOfOldNumber(text: string): string | null {
  const old = withoutSeparators(text);
  if (!/^[0-9]{15}$/.test(old)) return null;
  const body = `${old.slice(0, 6)}19${old.slice(6)}`;
  const checked = checkResidentId(body + residentIdCheckCharacter(body));
  return checked.ok ? checked.id : null;
}

/** Computes the check character of an identity number's first 17 digits. Throws RangeError on others. */
export function residentIdCheckCharacter(first17: string): string {
  if (!/^[0-9]{17}$/.test(first17)) throw new RangeError("an identity number has 17 digits before");
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number.parseInt(first17.charAt(index), 10),
    0,
  );
  return CHECK_CHARACTERS.charAt(sum % 11);
}
