import { checkCreditCode } from "#src/kernel/credit-code.ts";
import { checkResidentId, type ResidentIdCheck } from "#src/kernel/resident-id.ts";
import { withoutSeparators } from "#src/kernel/typed-text.ts";
import type { HouseOwnerTable } from "#src/platform/database/tables/register.ts";

export type DocumentKind = HouseOwnerTable["document_kind"];

export type DocumentNumberCheck =
  | { ok: true; kind: DocumentKind; no: string }
  | { ok: false; reason: string };

/**
 * Reads the number of an owner's document by the rules of its kind (domain: GB 11643, GB 32100). The
 * answer holds the number as it is stored and compared; the reason never repeats what was typed.
 */
export function checkDocumentNumber(kind: DocumentKind, typed: string): DocumentNumberCheck {
  if (kind === "resident-id") {
    const checked = checkResidentId(typed);
    return checked.ok
      ? { ok: true, kind, no: checked.id }
      : { ok: false, reason: residentIdReason(checked) };
  }
  if (kind === "credit-code") {
    const checked = checkCreditCode(typed);
    if (checked.ok) return { ok: true, kind, no: checked.code };
    return { ok: false, reason: "统一社会信用代码不对，应是 18 位，请对照营业执照再看一遍" };
  }
  const no = withoutSeparators(typed).toUpperCase();
  const isRight =
    kind === "passport"
      ? /^[A-Z0-9]{5,17}$/
      : kind === "hmt-permit"
        ? /^[HM]?[0-9]{8,10}$/
        : /^.{2,40}$/u;
  return isRight.test(no)
    ? { ok: true, kind, no }
    : { ok: false, reason: "证件号码的位数或字符不对，请对照证件再看一遍" };
}

function residentIdReason(checked: Extract<ResidentIdCheck, { ok: false }>): string {
  const lacking = 18 - (checked.length ?? 18);
  switch (checked.reason) {
    case "length":
      if (checked.length === 15) return "这是 15 位的旧身份证号码，请填写现在的 18 位号码";
      return `证件号码${lacking > 0 ? "少" : "多"} ${Math.abs(lacking)} 位，应是 18 位`;
    case "date":
      return "证件号码里的出生日期不存在，请对照身份证再看一遍";
    case "division":
      return "证件号码开头的地区代码不存在，请对照身份证再看一遍";
    case "check-digit":
      return "证件号码有一位不对，请对照身份证再看一遍";
    default:
      return "身份证号码只能有数字，最后一位可以是 X";
  }
}
