import { randomInt } from "node:crypto";
import { toHalfWidth, withoutSeparators } from "#src/kernel/typed-text.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

const DIGITS = 8;

/** Makes the code that stands on the voucher's slip and nowhere else: who knows it has the paper. */
export function newAuthorisationCode(): string {
  return randomInt(10 ** DIGITS)
    .toString()
    .padStart(DIGITS, "0");
}

/** The keyed hash under which a code is compared. It belongs to one voucher and fits no other. */
export function authorisationCodeHash(
  personalData: PersonalData,
  voucherNo: string,
  code: string,
): Buffer {
  return personalData.hash("authorisation-code", `${voucherNo}:${code}`);
}

/** Reads a typed code, which a slip shows in two groups; null when it is not eight digits. */
export function readAuthorisationCode(text: string): string | null {
  const typed = toHalfWidth(withoutSeparators(text));
  return /^[0-9]{8}$/.test(typed) ? typed : null;
}
