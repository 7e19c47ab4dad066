import { checkCreditCode } from "#src/kernel/credit-code.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { checkResidentId, type ResidentIdCheck } from "#src/kernel/resident-id.ts";
import { withoutSeparators } from "#src/kernel/typed-text.ts";
import { DOCUMENT_KINDS, offeredWords } from "./cell-words.ts";
import { headerOf, OWNERS_PER_ROW, type OwnerNumber } from "./columns.ts";
import type { OwnerOfRow } from "./row.ts";
import type { RowCells } from "./row-cells.ts";

type DocumentKind = OwnerOfRow["documentKind"];

const SCIENTIFIC = /^[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}$/i;
const LOST_DIGITS = "被表格软件写成了科学计数，后几位已丢失：请把这一列设为文本格式，重新填写";

/**
 * Reads the owners of a row, in their order and without gaps. An owner needs a name and a document: the
 * house is claimed, transferred and refunded by them. No message repeats what was typed here.
 */
export function readOwners(cells: RowCells): OwnerOfRow[] {
  const owners: OwnerOfRow[] = [];
  for (let n = 1; n <= OWNERS_PER_ROW; n += 1) {
    const owner = readOwner(cells, n as OwnerNumber);
    if (owner === null) continue;
    if (owners.some((other) => other.documentNo === owner.documentNo)) {
      cells.refuse(`owner${n as OwnerNumber}DocumentNo`, "和本行另一位业主的证件号码相同，请核对");
    }
    owners.push(owner);
  }
  return owners;
}

/** Tells whether a row says anything about an owner. */
export function namesOwner(cells: RowCells): boolean {
  for (let n = 1; n <= OWNERS_PER_ROW; n += 1) {
    const at = n as OwnerNumber;
    if (cells.text(`owner${at}Name`) !== "" || cells.text(`owner${at}DocumentNo`) !== "")
      return true;
  }
  return false;
}

function readOwner(cells: RowCells, n: OwnerNumber): OwnerOfRow | null {
  const name = cells.text(`owner${n}Name`);
  const typedNo = cells.plain(`owner${n}DocumentNo`);
  const typedPhone = cells.plain(`owner${n}Phone`);
  if (name === "" && typedNo === "" && typedPhone === "") return null;
  if (name === "") cells.refuse(`owner${n}Name`, `请填写${headerOf(`owner${n}Name`)}`);
  return { name, ...readDocument(cells, n, typedNo), phone: readPhone(cells, n, typedPhone) };
}

function readDocument(
  cells: RowCells,
  n: OwnerNumber,
  typed: string,
): Pick<OwnerOfRow, "documentKind" | "documentNo"> {
  const refuse = (reason: string) => cells.refuse(`owner${n}DocumentNo`, reason);
  const documentKind = readDocumentKind(cells, n, typed);
  if (typed === "") refuse(`请填写${headerOf(`owner${n}DocumentNo`)}`);
  else if (SCIENTIFIC.test(typed)) refuse(`证件号码${LOST_DIGITS}`);
  else {
    const checked = documentKind === null ? null : checkDocument(documentKind, typed);
    if (checked !== null && "no" in checked) {
      return { documentKind: checked.kind, documentNo: checked.no };
    }
    if (checked !== null) refuse(checked.reason);
  }
  return { documentKind: documentKind ?? "other", documentNo: "" };
}

/** A blank kind is told by the number: a credit code where it is one, else an identity card. */
function readDocumentKind(cells: RowCells, n: OwnerNumber, typed: string): DocumentKind | null {
  const word = cells.plain(`owner${n}DocumentKind`).replace(/\s/g, "");
  if (word === "")
    return checkCreditCode(typed).ok && !checkResidentId(typed).ok ? "credit-code" : "resident-id";
  const kind = DOCUMENT_KINDS.get(word);
  if (kind === undefined) {
    cells.refuse(`owner${n}DocumentKind`, `证件类型请填写 ${offeredWords(DOCUMENT_KINDS)} 之一`);
    return null;
  }
  return kind;
}

function checkDocument(
  kind: DocumentKind,
  typed: string,
): { kind: DocumentKind; no: string } | { reason: string } {
  if (kind === "resident-id") {
    const checked = checkResidentId(typed);
    return checked.ok ? { kind, no: checked.id } : { reason: residentIdReason(checked) };
  }
  if (kind === "credit-code") {
    const checked = checkCreditCode(typed);
    if (checked.ok) return { kind, no: checked.code };
    return { reason: "统一社会信用代码不对，应是 18 位，请对照营业执照再看一遍" };
  }
  const no = withoutSeparators(typed).toUpperCase();
  const isRight =
    kind === "passport"
      ? /^[A-Z0-9]{5,17}$/
      : kind === "hmt-permit"
        ? /^[HM]?[0-9]{8,10}$/
        : /^.{2,40}$/u;
  return isRight.test(no)
    ? { kind, no }
    : { reason: "证件号码的位数或字符不对，请对照证件再看一遍" };
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

function readPhone(cells: RowCells, n: OwnerNumber, typed: string): string | null {
  if (typed === "") return null;
  const refuse = (reason: string) => cells.refuse(`owner${n}Phone`, reason);
  if (SCIENTIFIC.test(typed)) {
    refuse(`手机号码${LOST_DIGITS}`);
    return null;
  }
  const checked = checkPhone(typed);
  if (checked.ok) return checked.phone;
  const { digits } = checked;
  refuse(
    checked.reason === "length" && digits !== undefined
      ? `手机号码有 ${digits} 位，应是 11 位；固定电话请带区号`
      : "手机号码不对，请填写 11 位手机号码，或带区号的固定电话",
  );
  return null;
}
