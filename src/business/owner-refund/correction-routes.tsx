import { randomUUID } from "node:crypto";
import { isProvenApplicant } from "#src/applications/applicant-proof.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { formatArea } from "#src/kernel/area.ts";
import { plainYuan } from "#src/kernel/money.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getHouse } from "#src/register/find-house.ts";
import { correctRefund } from "./correct-refund.ts";
import { OWNER_REFUND } from "./descriptor.ts";
import { type Claim, getClaim, getRefundFacts, listOwners } from "./queries.ts";
import { readRequest, readyRequest } from "./read-request.ts";
import { findReason, type RefundReason } from "./reasons.ts";
import { correctionPath } from "./refund-descriptor.ts";
import type { OwnerRefundDeps } from "./refund-house.ts";
import { answerRequest, refusalErrors, type ShownForm, typedErrors } from "./request-answer.tsx";

export interface RefundCorrectionDeps extends OwnerRefundDeps {
  descriptor: ApplicationDescriptor;
}

/** 补正: a refund that was sent back, in its own form again and under its own number. */
export function refundCorrectionRoutes(deps: RefundCorrectionDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/refund-correction/:number",
      permission: "anyone",
      audit: null,
      handle: (visit) => show(deps, visit),
    },
    {
      method: "POST",
      path: "/refund-correction/:number",
      permission: "anyone",
      audit: "refund-corrected",
      handle: (visit) => correct(deps, visit),
    },
  ];
}

interface Correcting {
  application: Application;
  claim: Claim;
  reason: RefundReason;
}

/** The refund of the URL, for its applicant alone, or where to go when it is not his turn. */
async function correctingOf(
  deps: RefundCorrectionDeps,
  visit: Visit,
): Promise<Correcting | Response> {
  const application = await findApplication(deps.db, visit.c.req.param("number") ?? "");
  if (application === null || application.kind !== OWNER_REFUND.kind) throw new NotFound();
  if (!(await isProvenApplicant(deps, visit, application))) {
    return seeOther(visit, `/applications/${application.number}/proof`);
  }
  if (application.state !== "correcting") {
    return seeOther(visit, `/applications/${application.number}`);
  }
  const claim = await getClaim(deps.db, application, deps.personalData);
  const reason = findReason(claim.reason);
  if (reason === null) throw new Error(`no reason ${claim.reason} is offered`);
  return { application, claim, reason };
}

async function show(deps: RefundCorrectionDeps, visit: Visit): Promise<Response> {
  const correcting = await correctingOf(deps, visit);
  if (correcting instanceof Response) return correcting;
  const { claim, reason } = correcting;
  const query = visit.c.req.query();
  const errors = typedErrors(reason, query);
  const sent = { ...filledIn(claim), phone: await phoneOf(deps, correcting), ...basisIn(query) };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return await answerForm(deps, visit, correcting, { sent, errors }, status);
}

/** The form as it was handed in last; names and accounts are the applicant's own. */
function filledIn(claim: Claim): Record<string, string> {
  const { basis } = claim;
  return {
    payeeName: claim.payeeName,
    payeeAccount: claim.payeeAccount,
    payeeBank: claim.payeeBank,
    statement: claim.statement,
    newArea: basis.newAreaHundredths === null ? "" : formatArea(basis.newAreaHundredths),
    payment: basis.journalId ?? "",
    asked: basis.askedFen === null ? "" : plainYuan(basis.askedFen),
  };
}

function basisIn(query: Record<string, string>): Record<string, string> {
  const names = ["newArea", "payment", "asked"].filter((name) => name in query);
  return Object.fromEntries(names.map((name) => [name, query[name] ?? ""]));
}

async function phoneOf(deps: RefundCorrectionDeps, { application }: Correcting): Promise<string> {
  const row = await deps.db
    .selectFrom("application_contact")
    .select("phone_cipher")
    .where("application_id", "=", application.id)
    .executeTakeFirstOrThrow();
  return deps.personalData.decrypt(row.phone_cipher);
}

async function correct(deps: RefundCorrectionDeps, visit: Visit): Promise<Response> {
  const correcting = await correctingOf(deps, visit);
  if (correcting instanceof Response) return correcting;
  const { application } = correcting;
  const upload = await readUploadForm(deps, visit);
  const { sent } = upload;
  const request = readRequest(sent);
  if (request === null || request.reason.code !== correcting.reason.code) {
    throw new BadRequest("这张表单不完整，请回到办理进度，重新点“补正”填写");
  }
  const ready = readyRequest(upload, request);
  if (!ready.ok) {
    const { errors, isJudged, status } = ready;
    const form = { sent, errors, isJudged, isHandedIn: true };
    return await answerForm(deps, visit, correcting, form, status);
  }
  await deps.limit(visit, "submit");
  const outcome = await correctRefund(
    deps,
    {
      number: application.number,
      ...ready.data,
      seal: request.seal,
      takenOut: documentsTakenOut(sent),
      browserHash: visit.ensureBrowser(),
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.ok || outcome.reason === "moved-on") {
    const done = outcome.ok ? "?submitted=1" : "";
    return seeOther(visit, `/applications/${application.number}${done}`);
  }
  const { errors, status } = refusalErrors(outcome);
  const form = { sent, errors, isJudged: status === 422, isHandedIn: true };
  return await answerForm(deps, visit, correcting, form, status);
}

async function answerForm(
  deps: RefundCorrectionDeps,
  visit: Visit,
  { application, reason }: Correcting,
  form: ShownForm,
  status: number,
): Promise<Response> {
  if (application.house === null) throw new Error(`refund ${application.number} has no house`);
  const submissionKey = form.sent["submissionKey"] ?? randomUUID();
  const reader = { db: deps.db, personalData: deps.personalData };
  const house = await getHouse(deps.db, application.house);
  const [facts, owners, handedIn, drafts] = await Promise.all([
    getRefundFacts(deps.db, house),
    listOwners(deps.db, house, deps.personalData),
    listDocuments(reader, { applicationId: application.id }),
    listDocuments(reader, { submissionKey, browserHash: visit.ensureBrowser() }),
  ]);
  return answerRequest(deps, visit, status, {
    ...form,
    reason,
    house,
    facts,
    ownerCount: owners.length,
    documents: [...handedIn, ...drafts],
    submissionKey,
    takenOut: documentsTakenOut(form.sent),
    action: correctionPath(application),
    applicationHref: `/applications/${application.number}`,
    correction: application.events.at(-1)?.remark || "资料需要补正，请核对后重新提交",
  });
}
