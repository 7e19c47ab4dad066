import { hasMod11And10CheckDigit, mod11And10CheckDigit } from "./iso7064.ts";
import { withoutSeparators } from "./typed-text.ts";

/**
 * A national house code (房屋代码, JGJ/T 246-2012), 26 characters: 9 for the division, 12 for the
 * building, 4 for the house, 1 check digit.
 */
export type NationalHouseCode = string & { readonly __brand: "NationalHouseCode" };

const LENGTH = 26;

export type NationalHouseCodeCheck =
  | { ok: true; code: NationalHouseCode }
  | {
      ok: false;
      reason: "empty" | "length" | "characters" | "building" | "house" | "check-digit";
      /** How many characters were given, where the length is wrong. */
      length?: number;
    };

/**
 * Reads a national house code. The building part may carry stars for unknown digits of its completion
 * month (2010**), from the first unknown digit rightwards, with a serial that is not zero; twelve plain
 * digits are accepted as they are, because the other three ways to number a building cannot be told
 * apart. The house part is 0001–9999.
 */
export function checkNationalHouseCode(text: string): NationalHouseCodeCheck {
  const typed = withoutSeparators(text).replaceAll("＊", "*");
  if (typed === "") return { ok: false, reason: "empty" };
  if (!/^[0-9*]+$/.test(typed)) return { ok: false, reason: "characters" };
  if (typed.length !== LENGTH) return { ok: false, reason: "length", length: typed.length };
  if (!/^[0-9]{9}.{12}[0-9]{5}$/.test(typed)) return { ok: false, reason: "characters" };
  if (!isBuildingPart(typed.slice(9, 21))) return { ok: false, reason: "building" };
  if (typed.slice(21, 25) === "0000") return { ok: false, reason: "house" };
  if (!hasMod11And10CheckDigit(typed.replaceAll("*", "0"))) {
    return { ok: false, reason: "check-digit" };
  }
  return { ok: true, code: typed as NationalHouseCode };
}

/**
 * Composes a national house code from its 25 characters and the check digit, a star counting as zero.
 * Throws RangeError when the parts are not those of a house code.
 */
export function makeNationalHouseCode(first25: string): NationalHouseCode {
  if (!/^[0-9*]{25}$/.test(first25)) throw new RangeError("a house code has 25 digits or stars");
  const checked = checkNationalHouseCode(
    first25 + mod11And10CheckDigit(first25.replaceAll("*", "0")),
  );
  if (!checked.ok) throw new RangeError(`not the parts of a house code: ${checked.reason}`);
  return checked.code;
}

function isBuildingPart(part: string): boolean {
  if (!part.includes("*")) return true;
  const [month, serial] = [part.slice(0, 6), part.slice(6)];
  const isRealMonth = /^[0-9]{4}(?:0[1-9*]|1[0-2*]|\*\*)$|^[0-9]{0,3}\*{3,6}$/.test(month);
  return isRealMonth && /^[0-9]{6}$/.test(serial) && serial !== "000000";
}
