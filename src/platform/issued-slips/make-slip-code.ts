import { timingSafeEqual } from "node:crypto";
import { SLIP_CODE_LENGTH, SLIP_CODE_LETTERS, type SlipCode } from "#src/kernel/slip-code.ts";
import type { PersonalData } from "../personal-data.ts";

const BITS_EACH = 5n;

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
  for (let at = 0; at < SLIP_CODE_LENGTH; at += 1) {
    code = SLIP_CODE_LETTERS.charAt(Number(bits & 31n)) + code;
    bits >>= BITS_EACH;
  }
  return code as SlipCode;
}

/** Tells whether two codes are the same, in a time that does not tell where they differ. */
export function isSameCode(first: SlipCode, second: SlipCode): boolean {
  return timingSafeEqual(Buffer.from(first), Buffer.from(second));
}
