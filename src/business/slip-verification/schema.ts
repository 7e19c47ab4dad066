import { type ApplicationNumber, checkApplicationNumber } from "#src/kernel/application-number.ts";
import { readSlipCode, type SlipCode } from "#src/kernel/slip-code.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";

/** What is asked about a slip: its number and its code, or what is wrong with what was typed. */
export type Question =
  | { ok: true; number: ApplicationNumber; code: SlipCode }
  | { ok: false; errors: FormErrors };

/**
 * Reads a typed or scanned number and code. A slip of the keyboard is told apart from a pair that is not on record:
 * length, characters and the check digit say nothing about what was printed.
 */
export function readQuestion(typed: { number: string; code: string }): Question {
  const number = checkApplicationNumber(typed.number);
  const code = readSlipCode(typed.code);
  if (number.ok && code.ok) return { ok: true, number: number.number, code: code.code };
  const errors: Record<string, string> = {};
  if (!number.ok) errors["number"] = numberSentence(number);
  if (!code.ok) errors["code"] = codeSentence(code);
  return { ok: false, errors };
}

function numberSentence(check: { reason: string; digits?: number }): string {
  switch (check.reason) {
    case "empty":
      return "请填写单据上的 18 位编号";
    case "not-digits":
      return "编号只有数字，请对照单据再输入";
    case "length":
      return `编号应是 18 位数字，现在是 ${check.digits} 位，请对照单据再看一遍`;
    default:
      return "编号有一位不对，请对照单据再看一遍";
  }
}

function codeSentence(check: { reason: string; length: number }): string {
  switch (check.reason) {
    case "empty":
      return "请填写二维码旁边的 12 位防伪码";
    case "length":
      return `防伪码应是 12 位，现在是 ${check.length} 位，请对照单据再看一遍`;
    default:
      return "防伪码只有数字和字母，没有字母 U，请对照单据再输入";
  }
}
