import { cleanText, toHalfWidth } from "./typed-text.ts";

/** 99,999.99 ㎡: larger than any single house, small enough for every column that keeps it. */
const LARGEST_AREA_HUNDREDTHS = 9_999_999;

export type AreaTextRefusal = "empty" | "not-a-number" | "not-positive" | "too-large";

/**
 * Reads a building area (建筑面积) in ㎡ as a person or a register file writes it, into hundredths of ㎡.
 * More than two decimals are rounded half up here, at entry, and nowhere later: 120.335 becomes 120.34.
 * The area must be above zero and at most 99,999.99 ㎡ after rounding.
 */
export function parseAreaText(
  text: string,
): { ok: true; areaHundredths: number } | { ok: false; reason: AreaTextRefusal } {
  const typed = toHalfWidth(cleanText(text)).replace(/\s/g, "");
  if (typed === "") return { ok: false, reason: "empty" };
  const match =
    /^([-\u2212])?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?(?:㎡|m²|m2|平方米|平米|平)?$/i.exec(
      typed,
    );
  if (!match) return { ok: false, reason: "not-a-number" };
  const [, minus, grouped = "", decimals = ""] = match;
  if (minus) return { ok: false, reason: "not-positive" };
  const whole = grouped.replaceAll(",", "").replace(/^0+/, "");
  if (whole.length > 5) return { ok: false, reason: "too-large" };
  const kept = decimals.slice(0, 2).padEnd(2, "0");
  const isRoundedUp = decimals.charAt(2) >= "5";
  const areaHundredths = Number.parseInt(whole + kept, 10) + (isRoundedUp ? 1 : 0);
  if (areaHundredths === 0) return { ok: false, reason: "not-positive" };
  if (areaHundredths > LARGEST_AREA_HUNDREDTHS) return { ok: false, reason: "too-large" };
  return { ok: true, areaHundredths };
}

/** Says whether an area was typed more exactly than it is kept: 98.765, but neither 98.76 nor 98.760. */
export function isAreaRounded(text: string): boolean {
  return parseAreaText(text).ok && /\.[0-9]{2}[0-9]*[1-9]/.test(toHalfWidth(cleanText(text)));
}

/** Writes an area of hundredths of ㎡ as ㎡ with two decimals and without the unit: "98.76". */
export function formatArea(areaHundredths: number): string {
  if (!Number.isSafeInteger(areaHundredths) || areaHundredths < 0) {
    throw new RangeError(`not an area in hundredths of ㎡: ${areaHundredths}`);
  }
  const digits = String(areaHundredths).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
