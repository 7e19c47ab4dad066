import { checkCreditCode } from "#src/kernel/credit-code.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { checkResidentId } from "#src/kernel/resident-id.ts";
import { checkDocumentNumber } from "../document-number.ts";
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
    const checked = documentKind === null ? null : checkDocumentNumber(documentKind, typed);
    if (checked?.ok) return { documentKind: checked.kind, documentNo: checked.no };
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
