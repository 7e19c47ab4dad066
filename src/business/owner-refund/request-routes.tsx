import { randomUUID } from "node:crypto";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { House } from "#src/register/find-house.ts";
import { renderPage } from "#src/ui/render.ts";
import { answerOwner, carriedOf, WRONG_OWNER } from "./owner-answer.tsx";
import { SALE, SalePage } from "./pages.tsx";
import { provenOwner } from "./prove-owner.ts";
import { getRefundFacts, listOwners } from "./queries.ts";
import { readRequest, readyRequest } from "./read-request.ts";
import { answerReasons, refusalPage } from "./reason-routes.tsx";
import { findReason, type RefundReason } from "./reasons.ts";
import { type OwnerRefundDeps, refundHouseOf } from "./refund-house.ts";
import { answerRequest, refusalErrors, type ShownForm, typedErrors } from "./request-answer.tsx";
import { NO_REFUND_SENTENCES, reasonRefusal } from "./rules.ts";
import { type RefundRefusal, submitRefund } from "./submit-refund.ts";

/** The form of the reason that was chosen, or why it would help nobody. */
export async function showRequest(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await refundHouseOf(deps, visit);
  if ((await provenOwner(deps, visit, house)) === null)
    return seeOther(visit, `/refund/${house.code}`);
  const query = visit.c.req.query();
  if (query["reason"] === SALE) {
    return page(visit, renderPage(<SalePage shell={deps.shell(visit)} house={house} />));
  }
  const reason = findReason(query["reason"] ?? "");
  if (reason === null) {
    return answerReasons(deps, visit, house, { reason: "请选择退款原因" }, 422);
  }
  const refused = await refusalPage(deps, visit, house);
  if (refused !== null) return refused;
  const useless = reasonRefusal(reason.code, await getRefundFacts(deps.db, house));
  if (useless !== null) {
    const errors = { reason: NO_REFUND_SENTENCES[useless] };
    return answerReasons(deps, visit, house, errors, 422, reason.code);
  }
  const errors = typedErrors(reason, query);
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  const { newArea = "", payment = "", asked = "" } = query;
  const sent = { newArea, payment, asked };
  return await answerNewRequest(deps, visit, house, { reason, sent, errors }, status);
}

/** Hands a refund in; what was typed stays on the page until it is taken. */
export async function submitRequest(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await refundHouseOf(deps, visit);
  const upload = await readUploadForm(deps, visit);
  const { sent } = upload;
  const request = readRequest(sent);
  if (request === null) {
    throw new BadRequest("这张表单不完整，请回到房屋查询，重新点“退款”填写");
  }
  const claimant = await provenOwner(deps, visit, house);
  if (claimant === null) {
    const errors = {
      "": "核对已经超过一小时，或登记的业主有变化，请再核对一次。您填的内容和上传的要件都还在",
    };
    const view = { typedName: "", errors, carried: carriedOf(sent) };
    return answerOwner(deps, visit, house, view, 409);
  }
  const { reason, seal } = request;
  const ready = readyRequest(upload, request);
  if (!ready.ok) {
    const { errors, isJudged, status } = ready;
    const form = { reason, sent, errors, isJudged, isHandedIn: true };
    return await answerNewRequest(deps, visit, house, form, status);
  }
  await deps.limit(visit, "submit");
  const browserHash = visit.ensureBrowser();
  const outcome = await submitRefund(
    deps,
    { houseCode: house.code, claimant, ...ready.data, seal, browserHash, now: visit.now },
    visit.audit,
  );
  if (outcome.ok) return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
  return await answerRefusal(deps, visit, house, { reason, sent }, outcome);
}

async function answerRefusal(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  { reason, sent }: { reason: RefundReason; sent: SentForm },
  refusal: RefundRefusal,
): Promise<Response> {
  if (refusal.reason === "unknown-house") throw new NotFound();
  if (refusal.reason === "not-an-owner") {
    const view = { typedName: "", errors: { "": WRONG_OWNER }, carried: {} };
    return answerOwner(deps, visit, house, view, 409);
  }
  const { errors, status } = refusalErrors(refusal);
  const isUsed = refusal.reason === "form-used-elsewhere";
  const shown = isUsed ? { ...sent, submissionKey: randomUUID() } : sent;
  const form = { reason, sent: shown, errors, isJudged: status === 422, isHandedIn: true };
  return await answerNewRequest(deps, visit, house, form, status);
}

/** Shows the form of a new refund, with what was typed and the papers that were sent. */
export async function answerNewRequest(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  form: ShownForm & { reason: RefundReason },
  status: number,
): Promise<Response> {
  const submissionKey = form.sent["submissionKey"] ?? randomUUID();
  const reader = { db: deps.db, personalData: deps.personalData };
  const browserHash = visit.ensureBrowser();
  const [facts, owners, documents] = await Promise.all([
    getRefundFacts(deps.db, house),
    listOwners(deps.db, house, deps.personalData),
    listDocuments(reader, { submissionKey, browserHash }),
  ]);
  return answerRequest(deps, visit, status, {
    ...form,
    house,
    facts,
    ownerCount: owners.length,
    documents,
    submissionKey,
    takenOut: documentsTakenOut(form.sent),
    action: `/refund/${house.code}/request`,
    correction: null,
  });
}
