import { withoutSeparators } from "./typed-text.ts";

/** Crockford's alphabet: no I, L, O and U, so that nothing looks like a digit or reads like a word. */
export const SLIP_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Twelve characters of five bits each. */
export const SLIP_CODE_LENGTH = 12;

/** The code of a slip (防伪码): twelve characters, sixty bits, upper case without separators. */
export type SlipCode = string & { readonly __brand: "SlipCode" };

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
  if (length !== SLIP_CODE_LENGTH) return { ok: false, reason: "length", length };
  return { ok: true, code: typed as SlipCode };
}

/** Groups a code by fours for the eye and for dictation: "7K3M-9QXA-2VTB". */
export function groupCode(code: SlipCode): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
