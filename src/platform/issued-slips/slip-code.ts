import { timingSafeEqual } from "node:crypto";
import { withoutSeparators } from "#src/kernel/typed-text.ts";
import type { PersonalData } from "../personal-data.ts";

/** Crockford's alphabet: no I, L, O and U, so that nothing looks like a digit or reads like a word. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
const BITS_EACH = 5n;

/** The code of a slip (防伪码): twelve characters, sixty bits, upper case without separators. */
export type SlipCode = string & { readonly __brand: "SlipCode" };

/** What a code stands for: that this content was printed by us under this number. */
export interface CodedSlip {
  kind: string;
  number: string;
  contentHash: Uint8Array;
}

/**
 * Reckons the code of a slip from the deployment's key (HMAC-SHA256, its first sixty bits): equal for equal content,
 * and not to be made without the key, even by somebody who can write the register.
 */
export function makeSlipCode(personalData: PersonalData, slip: CodedSlip): SlipCode {
  const content = Buffer.from(slip.contentHash).toString("hex");
  const hash = personalData.hash("slip-code", `${slip.kind}\0${slip.number}\0${content}`);
  let bits = hash.readBigUInt64BE() >> 4n;
  let code = "";
  for (let at = 0; at < LENGTH; at += 1) {
    code = ALPHABET.charAt(Number(bits & 31n)) + code;
    bits >>= BITS_EACH;
  }
  return code as SlipCode;
}

export type SlipCodeCheck =
  | { ok: true; code: SlipCode }
  | { ok: false; reason: "empty" | "length" | "characters"; length: number };

/**
 * Reads a typed or scanned code: full width, lower case, blanks and dashes as people write them; O is read as 0, I
 * and L as 1. It tells a slip of the keyboard from a code that may exist.
 */
export function readSlipCode(text: string): SlipCodeCheck {
  const typed = withoutSeparators(text).toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  const { length } = typed;
  if (length === 0) return { ok: false, reason: "empty", length };
  if (!/^[0-9A-Z]+$/.test(typed) || typed.includes("U")) {
    return { ok: false, reason: "characters", length };
  }
  if (length !== LENGTH) return { ok: false, reason: "length", length };
  return { ok: true, code: typed as SlipCode };
}

/** Tells whether two codes are the same, in a time that does not tell where they differ. */
export function isSameCode(first: SlipCode, second: SlipCode): boolean {
  return timingSafeEqual(Buffer.from(first), Buffer.from(second));
}

/** Groups a code by fours for the eye and for dictation: "7K3M-9QXA-2VTB". */
export function groupCode(code: SlipCode): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
