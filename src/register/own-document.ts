import { z } from "zod";
import { residentIdOfOldNumber } from "#src/kernel/resident-id.ts";
import { hasForbiddenCharacters, withoutSeparators } from "#src/kernel/typed-text.ts";
import { checkDocumentNumber } from "./document-number.ts";

/**
 * The number of an owner's own document as a form sends it. Whatever looks like an identity card's is held to its
 * rules; passports and permits have no check digit to test. A number of fifteen digits becomes one of eighteen.
 */
export function ownDocumentField() {
  return z.string().transform((text, context) => {
    const read = readOwnDocument(text);
    if (read.ok) return read.no;
    context.addIssue({ code: "custom", message: read.reason });
    return z.NEVER;
  });
}

function readOwnDocument(text: string): { ok: true; no: string } | { ok: false; reason: string } {
  if (hasForbiddenCharacters(text)) {
    return { ok: false, reason: "证件号码里有不能识别的字符，请删掉后重新输入" };
  }
  const typed = withoutSeparators(text).toUpperCase();
  if (typed === "") return { ok: false, reason: "请填写身份证号" };
  const old = residentIdOfOldNumber(typed);
  if (old !== null) return { ok: true, no: old };
  const isCardLike = /^[0-9]{11,}X?$/.test(typed);
  return checkDocumentNumber(isCardLike ? "resident-id" : "passport", typed);
}
