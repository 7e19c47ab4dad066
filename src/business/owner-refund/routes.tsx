import { randomUUID } from "node:crypto";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { NoRefundPage, OwnerPage, ReasonPage, SALE, SalePage } from "./pages.tsx";
import { type OwnerProofDeps, provenOwner, proveOwner } from "./prove-owner.ts";
import { getRefundFacts, hasOpenRefund, listOwners } from "./queries.ts";
import { readRequest } from "./read-request.ts";
import { findReason, type RefundReason } from "./reasons.ts";
import { answerRequest, type RequestView, refusalErrors, typedErrors } from "./request-answer.tsx";
import { NO_REFUND_SENTENCES, outsideRegister, reasonRefusal, refundObstacle } from "./rules.ts";
import { ownerForm } from "./schema.ts";
import { passSignedInOwner } from "./signed-in-owner.ts";
import { type RefundDeps, submitRefund } from "./submit-refund.ts";

export interface OwnerRefundDeps extends OwnerProofDeps, RefundDeps, UploadDeps {
  shell: (visit: Visit) => PageShell;
}

const WRONG_OWNER = "姓名或证件号与登记的业主不一致，不能受理。业主变更过的，请先办过户更名";

/** 业主退款: the owner proves who he is, chooses why, and hands in what the reason asks for. */
export function ownerRefundRoutes(deps: OwnerRefundDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/refund/:house",
      permission: "anyone",
      audit: "refund-owner-compared",
      handle: (visit) => showOwner(deps, visit),
    },
    {
      method: "GET",
      path: "/refund/:house/owner",
      permission: "anyone",
      audit: null,
      // Whoever comes back to the refusal through the browser's history starts at the form.
      handle: async (visit) => seeOther(visit, `/refund/${(await houseOf(deps, visit)).code}`),
    },
    {
      method: "POST",
      path: "/refund/:house/owner",
      permission: "anyone",
      audit: "refund-owner-compared",
      handle: (visit) => compareOwner(deps, visit),
    },
    {
      method: "GET",
      path: "/refund/:house/reason",
      permission: "anyone",
      audit: null,
      handle: (visit) => showReasons(deps, visit),
    },
    {
      method: "GET",
      path: "/refund/:house/request",
      permission: "anyone",
      audit: null,
      handle: (visit) => showRequest(deps, visit),
    },
    {
      method: "POST",
      path: "/refund/:house/request",
      permission: "anyone",
      audit: "refund-submitted",
      handle: (visit) => submit(deps, visit),
    },
  ];
}

async function houseOf(deps: OwnerRefundDeps, visit: Visit): Promise<House> {
  const house = await findHouseByCode(deps.db, visit.c.req.param("house") ?? "");
  if (house === null) throw new NotFound();
  return house;
}

async function showOwner(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  const outside = outsideRegister(house);
  if (outside !== null) return showObstacle(deps, visit, house, outside);
  if ((await provenOwner(deps, visit, house)) !== null) {
    return seeOther(visit, `/refund/${house.code}/reason`);
  }
  const passed = await passSignedInOwner(deps, visit, house);
  if (passed !== null) return passed;
  visit.ensureBrowser();
  return answerOwner(deps, visit, house, { typedName: "", errors: {}, carried: {} }, 200);
}

function showObstacle(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  why: "closed" | "provisional",
): Response {
  const words = { title: NO_REFUND_TITLES[why], text: NO_REFUND_SENTENCES[why] };
  const html = renderPage(
    <NoRefundPage shell={deps.shell(visit)} house={house} hasOtherReasons={false} {...words} />,
  );
  return page(visit, html);
}

const NO_REFUND_TITLES = { closed: "这套房屋已经销户", provisional: "这套房屋还在核验" } as const;

function answerOwner(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  form: { typedName: string; errors: FormErrors; carried: Readonly<Record<string, string>> },
  status: number,
): Response {
  const html = renderPage(<OwnerPage shell={deps.shell(visit)} house={house} {...form} />);
  return page(visit, html, status);
}

/** Fields of a form that are shown again after its sender has proven himself anew. */
const CARRIED = [
  ...["reason", "newArea", "payment", "asked", "submissionKey"],
  ...["payeeName", "payeeAccount", "payeeBank", "phone", "statement"],
];

function carriedOf(sent: SentForm, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    CARRIED.flatMap((name) => {
      const value = sent[`${prefix}${name}`];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

async function compareOwner(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  const sent = await readForm(visit);
  const carried = carriedOf(sent, "carried-");
  const form = parseForm(ownerForm, sent);
  const again = (errors: FormErrors) =>
    answerOwner(deps, visit, house, { typedName: sent["ownerName"] ?? "", errors, carried }, 422);
  if (!form.ok) return again(form.errors);
  const outside = outsideRegister(house);
  if (outside !== null) return showObstacle(deps, visit, house, outside);
  await deps.limit(visit, "submit");
  const { ownerName: name, ownerDocumentNo: document } = form.data;
  const outcome = await proveOwner(deps, visit, house, { name, document });
  await recordAudit(deps.db, visit.audit, house.code, outcome);
  if (outcome === "locked") {
    return again({
      "": "这套房屋今天核对错的次数太多，请明天再试，或带证件到维修资金管理中心办理",
    });
  }
  if (outcome === "wrong") return again({ "": WRONG_OWNER });
  const reason = findReason(carried["reason"] ?? "");
  if (reason === null) return seeOther(visit, `/refund/${house.code}/reason`);
  const shown = { reason, sent: carried, errors: {}, isHandedIn: true };
  return await answerForm(deps, visit, house, shown, 200);
}

async function showReasons(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  if ((await provenOwner(deps, visit, house)) === null)
    return seeOther(visit, `/refund/${house.code}`);
  return (await refusalPage(deps, visit, house)) ?? answerReasons(deps, visit, house, {}, 200);
}

/** Told in place of reasons and form when no reason would help, and in place of nothing otherwise. */
async function refusalPage(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
): Promise<Response | null> {
  const obstacle = refundObstacle(await getRefundFacts(deps.db, house));
  const isOpen = await hasOpenRefund(deps.db, house);
  if (obstacle === null && !isOpen) return null;
  const words = isOpen
    ? { title: "这套房屋已有一笔退款正在办", text: OPEN_REFUND }
    : { title: "这套房屋现在不能退款", text: NO_REFUND_SENTENCES[obstacle ?? "reserved"] };
  const html = renderPage(
    <NoRefundPage shell={deps.shell(visit)} house={house} hasOtherReasons={false} {...words} />,
  );
  return page(visit, html, 409);
}

const OPEN_REFUND =
  "一套房屋一次办一笔退款。请用业务单编号在“业务受理状态查询”里看进度；要改的，可以补正或撤销后重新申请";

function answerReasons(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  errors: FormErrors,
  status: number,
  chosen = "",
): Response {
  const shown = { shell: deps.shell(visit), house, errors, chosen };
  return page(visit, renderPage(<ReasonPage {...shown} />), status);
}

async function showRequest(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
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
  return await answerForm(deps, visit, house, { reason, sent, errors }, status);
}

async function submit(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
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
    const form = { typedName: "", errors, carried: carriedOf(sent) };
    return answerOwner(deps, visit, house, form, 409);
  }
  const { reason } = request;
  const show = (errors: FormErrors, status: number, changed: Record<string, string> = {}) => {
    const isJudged = status === 422;
    const form = { reason, sent: { ...sent, ...changed }, errors, isJudged, isHandedIn: true };
    return answerForm(deps, visit, house, form, status);
  };
  if (upload.isOnlyFiles) {
    const isWrong = Object.keys(upload.fileErrors).length > 0;
    const shown = { reason, sent, errors: upload.fileErrors, isHandedIn: true };
    return await answerForm(deps, visit, house, shown, isWrong ? 422 : 200);
  }
  if (!request.form.ok) return await show({ ...request.form.errors, ...upload.fileErrors }, 422);
  if (Object.keys(upload.fileErrors).length > 0) return await show(upload.fileErrors, 422);
  await deps.limit(visit, "submit");
  const outcome = await submitRefund(
    deps,
    {
      houseCode: house.code,
      claimant,
      ...request.form.data,
      seal: request.seal,
      browserHash: visit.ensureBrowser(),
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.ok) return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
  if (outcome.reason === "unknown-house") throw new NotFound();
  if (outcome.reason === "not-an-owner")
    return answerOwner(
      deps,
      visit,
      house,
      { typedName: "", errors: { "": WRONG_OWNER }, carried: {} },
      409,
    );
  const { errors, status } = refusalErrors(outcome);
  const isUsed = outcome.reason === "form-used-elsewhere";
  return await show(errors, status, isUsed ? { submissionKey: randomUUID() } : {});
}

/** A form with what was typed in it, as it is shown. */
export type ShownForm = Pick<RequestView, "sent" | "errors" | "isJudged" | "isHandedIn">;

async function answerForm(
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
