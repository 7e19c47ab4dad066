import type { UploadForm } from "#src/applications/documents/read-upload-form.ts";
import { passesLuhn } from "#src/kernel/luhn.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { findReason, type RefundReason } from "./reasons.ts";
import type { RefundBasis } from "./rules.ts";
import {
  MISSING_BASIS,
  type RefundForm,
  type RefundFormSeal,
  readBasis,
  refundForm,
  refundFormSeal,
  typedBasis,
} from "./schema.ts";

/** A sent form of a refund, read. */
export interface ReadRequest {
  reason: RefundReason;
  seal: RefundFormSeal;
  form:
    | { ok: true; data: { form: RefundForm; basis: RefundBasis } }
    | { ok: false; errors: FormErrors };
}

/** The sentence beside an account that looks like a card with a wrong digit. */
export const CARD_DOUBT = "账号可能有一位不对，请对照银行卡再看一遍；没有错的，请勾选下面的确认";

/**
 * Reads a sent form of a refund; null when its hidden part is not what a page of ours made. What the amount depends
 * on may have become a field of the form, so that what is wrong with it is told beside it.
 */
export function readRequest(sent: SentForm): ReadRequest | null {
  const seal = refundFormSeal.safeParse(sent);
  const reason = seal.success ? findReason(seal.data.reason) : null;
  if (!seal.success || reason === null) return null;
  const basis = readBasis(reason.code, typedBasis(sent));
  const form = parseForm(refundForm, sent);
  if (basis.kind !== "read") {
    const sentence = basis.kind === "wrong" ? basis.sentence : MISSING_BASIS[basis.field];
    const errors = { [basis.field]: sentence, ...(form.ok ? {} : form.errors) };
    return { reason, seal: seal.data, form: { ok: false, errors } };
  }
  if (!form.ok) return { reason, seal: seal.data, form };
  if (isDoubtfulCard(form.data.payeeAccount) && sent["isAccountChecked"] !== "yes") {
    return {
      reason,
      seal: seal.data,
      form: { ok: false, errors: { payeeAccount: CARD_DOUBT } },
    };
  }
  return {
    reason,
    seal: seal.data,
    form: { ok: true, data: { form: form.data, basis: basis.basis } },
  };
}

/** A sent form that can be decided on, or what it is shown again with. */
export type ReadyRequest =
  | { ok: true; data: { form: RefundForm; basis: RefundBasis } }
  | { ok: false; errors: FormErrors; isJudged: boolean; status: 200 | 422 };

/** Decides whether a sent form can be decided on: it was handed in, and neither a field nor a paper is wrong. */
export function readyRequest(
  { isOnlyFiles, fileErrors }: Pick<UploadForm, "isOnlyFiles" | "fileErrors">,
  { form }: ReadRequest,
): ReadyRequest {
  const hasFileErrors = Object.keys(fileErrors).length > 0;
  if (isOnlyFiles) {
    const status = hasFileErrors ? 422 : 200;
    return { ok: false, errors: fileErrors, isJudged: false, status };
  }
  if (form.ok && !hasFileErrors) return form;
  const errors = { ...(form.ok ? {} : form.errors), ...fileErrors };
  return { ok: false, errors, isJudged: true, status: 422 };
}

/** UnionPay cards (62…) carry a check digit; accounts and passbooks do not. */
function isDoubtfulCard(account: string): boolean {
  return /^62[0-9]{14,17}$/.test(account) && !passesLuhn(account);
}
