import { randomInt } from "node:crypto";
import { type ApplicationNumber, makeApplicationNumber } from "#src/kernel/application-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";

/** The first two digits of every disbursement voucher; no business has numbers like them. */
const VOUCHER_PREFIX = "71";

/** Makes a voucher's number (支款单号): built like an application's, with random digits of the system's own. */
export function newVoucherNumber(now: Date): ApplicationNumber {
  const nineDigits = randomInt(1_000_000_000).toString().padStart(9, "0");
  return makeApplicationNumber(VOUCHER_PREFIX, shanghaiDate(now), nineDigits);
}

/** Tells a voucher's number from a payment notice's: the bank's desk takes both in one field. */
export function isVoucherNumber(number: string): boolean {
  return number.startsWith(VOUCHER_PREFIX);
}
