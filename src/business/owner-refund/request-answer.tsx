import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import { formatYuan } from "#src/kernel/money.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { arithmeticText } from "./claim-basis.ts";
import { CARD_DOUBT } from "./read-request.ts";
import { documentsFor, type RefundReason } from "./reasons.ts";
import { RequestPage } from "./request-page.tsx";
import { NO_REFUND_SENTENCES, offerRefund, type RefundFacts, reasonRefusal } from "./rules.ts";
import { MISSING_BASIS, readBasis, typedBasis } from "./schema.ts";
import type { RefundRefusal } from "./submit-refund.ts";
import { typedRefund } from "./typed-refund.ts";
import { wrongBasisField } from "./wrong-basis.ts";

/** What the form is shown with. */
export interface RequestView {
  reason: RefundReason;
  sent: SentForm;
  errors: FormErrors;
  house: House;
  facts: RefundFacts;
  ownerCount: number;
  documents: readonly StoredDocument[];
  submissionKey: string;
  takenOut: readonly string[];
  action: string;
  correction: string | null;
  /** The application that is corrected, to go back to. */
  applicationHref?: string;
  /** The form was sent with what was typed: it stays on the page even while there is no amount to it. */
  isHandedIn?: boolean;
  /** The form was handed in, so that missing papers are named with everything else that is missing. */
  isJudged?: boolean;
}

/** A form with what was typed in it, as it is shown. */
export type ShownForm = Pick<RequestView, "sent" | "errors" | "isJudged" | "isHandedIn">;

/** Shows the form of a refund with the amount as it is computed now. */
export function answerRequest(
  deps: { shell: (visit: Visit) => PageShell },
  visit: Visit,
  status: number,
  view: RequestView,
): Response {
  const { reason, facts, sent } = view;
  const rules = documentsFor(reason, view.ownerCount);
  const kept = view.documents.filter(({ id }) => !view.takenOut.includes(id));
  const typed = typedBasis(sent);
  const read = readBasis(reason.code, typed);
  const offer = read.kind === "read" ? offerRefund(reason.code, facts, read.basis) : null;
  const wrongField = offer?.ok === false ? wrongBasisField(reason.code, facts, offer.reason) : null;
  const wrong =
    offer?.ok === false && wrongField !== null
      ? { [wrongField]: NO_REFUND_SENTENCES[offer.reason] }
      : null;
  const errors = view.isJudged
    ? inPageOrder({ ...wrong, ...view.errors }, missingDocuments(rules, kept))
    : { ...wrong, ...view.errors };
  const refusal =
    wrong !== null ? null : offer?.ok === false ? offer.reason : reasonRefusal(reason.code, facts);
  const html = renderPage(
    <RequestPage
      {...view}
      errors={errors}
      shell={deps.shell(visit)}
      basis={typed}
      offer={offer?.ok ? offer : null}
      arithmetic={
        offer?.ok && read.kind === "read"
          ? arithmeticText(reason.code, facts, read.basis, offer)
          : ""
      }
      refusal={refusal === null ? null : NO_REFUND_SENTENCES[refusal]}
      isHandedIn={view.isHandedIn ?? false}
      typed={typedRefund(sent)}
      rules={rules}
      asksAccountCheck={
        view.errors["payeeAccount"] === CARD_DOUBT || sent["isAccountChecked"] === "yes"
      }
    />,
  );
  return page(visit, html, wrong !== null && status < 400 ? 422 : status);
}

/** What is wrong, from the top of the page to its end: fields, papers, the last box to tick. */
function inPageOrder({ isTrue, ...fields }: FormErrors, papers: FormErrors): FormErrors {
  return { ...fields, ...papers, ...fields, ...(isTrue === undefined ? {} : { isTrue }) };
}

/** What is wrong with a basis that came in the address of the page; nothing while none was typed. */
export function typedErrors(reason: RefundReason, query: Record<string, string>): FormErrors {
  const read = readBasis(reason.code, typedBasis(query));
  if (read.kind === "wrong") return { [read.field]: read.sentence };
  if (read.kind === "read") return {};
  // The button was pressed, the page was not just opened. A choice that nobody made is not in the address.
  if (query["compute"] === "yes" || read.field in query) {
    return { [read.field]: MISSING_BASIS[read.field] };
  }
  return {};
}

/** The sentence of a refusal, beside its field where it has one, and the status it is answered with. */
export function refusalErrors(refusal: RefundRefusal): { errors: FormErrors; status: number } {
  switch (refusal.reason) {
    case "fields":
      return { errors: refusal.errors, status: 422 };
    case "nothing-to-refund":
      return refusal.field === null
        ? { errors: { "": NO_REFUND_SENTENCES[refusal.why] }, status: 409 }
        : { errors: { [refusal.field]: NO_REFUND_SENTENCES[refusal.why] }, status: 422 };
    case "amount-changed":
      return {
        errors: {
          "": `您打开页面以后，应退金额变了，现在是 ${formatYuan(refusal.amountFen)} 元。请核对后再提交`,
        },
        status: 409,
      };
    case "open-refund":
      return {
        errors: { "": "这套房屋已有一笔退款正在办，一次只能办一笔。请用业务单编号看进度" },
        status: 409,
      };
    case "form-used-elsewhere":
      return {
        errors: { "": "这张表单已经用过了。您填的内容还在，请重新上传要件后再提交一次" },
        status: 409,
      };
    case "moved-on":
      return { errors: { "": "这笔退款现在不能补正，请看办理进度" }, status: 409 };
    case "unknown-house":
    case "not-an-owner":
      return { errors: { "": "登记的业主已经变更，请重新核对" }, status: 409 };
  }
}
