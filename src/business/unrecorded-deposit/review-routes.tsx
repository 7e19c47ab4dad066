import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type Estate, findEstateByCode } from "#src/register/find-estate.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { type ApplyOutcome, applyForUnrecorded } from "./apply.ts";
import { type Draft, type DraftKey, findDraft } from "./drafts.ts";
import { UnrecordedFormPage } from "./form-pages.tsx";
import { type JudgedForm, judgeAll } from "./form-state.ts";
import { NoDraftPage, ReviewPage } from "./review-pages.tsx";
import { asksForPrice, type UnrecordedDepositDeps } from "./routes.tsx";
import type { TwinAdvice } from "./rules.ts";
import { confirmationForm, submissionKey } from "./schema.ts";

/** 确认交款信息: the filled-in form shown again with its amount, and the confirmation that hands it in. */
export function unrecordedReviewRoutes(deps: UnrecordedDepositDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/unrecorded-deposit/review/:key",
      permission: "anyone",
      audit: null,
      handle: (visit) => showReview(deps, visit, {}, 200),
    },
    {
      method: "POST",
      path: "/unrecorded-deposit/review/:key",
      permission: "anyone",
      audit: "unrecorded-deposit-applied",
      handle: (visit) => confirm(deps, visit),
    },
  ];
}

/** The key of the form and the browser; a text that no form of ours has for a key leads nowhere. */
function draftKey(visit: Visit): DraftKey {
  const key = submissionKey.safeParse(visit.c.req.param("key") ?? "");
  if (!key.success) throw new NotFound();
  return { submissionKey: key.data, browserHash: visit.ensureBrowser() };
}

interface View {
  key: DraftKey;
  draft: Draft;
  estate: Estate;
  documents: Awaited<ReturnType<typeof listDocuments>>;
  judged: JudgedForm;
}

async function getView(deps: UnrecordedDepositDeps, visit: Visit): Promise<View | null> {
  const key = draftKey(visit);
  const draft = await findDraft(deps, key);
  if (draft === null) return null;
  const { code } = await deps.db
    .selectFrom("estate")
    .select("code")
    .where("id", "=", draft.estateId)
    .executeTakeFirstOrThrow();
  const estate = await findEstateByCode(deps.db, code);
  if (estate === null) return null;
  const documents = await listDocuments(deps, key);
  const { estateId, typed } = draft;
  const today = shanghaiDate(visit.now);
  const judged = await judgeAll(deps.db, { estateId, typed, documents }, today);
  return { key, draft, estate, documents, judged };
}

async function showReview(
  deps: UnrecordedDepositDeps,
  visit: Visit,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const view = await getView(deps, visit);
  if (view === null) return noDraft(deps, visit);
  if (!view.judged.ok)
    return await showForm(deps, visit, view, { errors: view.judged.errors }, 422);
  const { judged, documents } = view;
  const props = {
    shell: deps.shell(visit),
    estate: view.estate,
    submissionKey: view.key.submissionKey,
    typed: view.draft.typed,
    form: judged.form,
    standard: judged.standard,
    dueFen: judged.dueFen,
    documents: judged.rules
      .map(
        ({ title, code }) =>
          [title, documents.filter((document) => document.code === code)] as const,
      )
      .filter(([, files]) => files.length > 0),
    errors,
  };
  return page(visit, renderPage(<ReviewPage {...props} />), status);
}

function noDraft(deps: UnrecordedDepositDeps, visit: Visit): Response {
  return page(visit, renderPage(<NoDraftPage shell={deps.shell(visit)} />), 404);
}

/** What was right before can be wrong now: a paper was removed, the house was recorded meanwhile. */
async function showForm(
  deps: UnrecordedDepositDeps,
  visit: Visit,
  view: View,
  wrong: { errors: FormErrors; twin?: TwinAdvice },
  status: number,
): Promise<Response> {
  const state = {
    submissionKey: view.key.submissionKey,
    typed: view.draft.typed,
    errors: wrong.errors,
    rules: view.judged.rules,
    documents: view.documents,
    twin: wrong.twin ?? null,
  };
  const hasPriceField = await asksForPrice(deps, state);
  const props = { ...state, hasPriceField, estate: view.estate, shell: deps.shell(visit) };
  return page(visit, renderPage(<UnrecordedFormPage {...props} />), status);
}

async function confirm(deps: UnrecordedDepositDeps, visit: Visit): Promise<Response> {
  const key = draftKey(visit);
  const seal = parseForm(confirmationForm, await readForm(visit));
  if (!seal.ok) throw new BadRequest("这张表单不完整，请返回上一页重新确认");
  await deps.limit(visit, "submit");
  const outcome = await applyForUnrecorded(
    deps,
    { ...key, amountSeen: seal.data.amountSeen, now: visit.now },
    visit.audit,
  );
  if (outcome.ok) return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
  return await showRefusal(deps, visit, outcome);
}

async function showRefusal(
  deps: UnrecordedDepositDeps,
  visit: Visit,
  outcome: Extract<ApplyOutcome, { ok: false }>,
): Promise<Response> {
  if (outcome.reason === "amount-changed") {
    const changed = "您打开页面以后，应交金额变了。下面是现在的金额，请核对后再确认";
    return await showReview(deps, visit, { "": changed }, 409);
  }
  const view = await getView(deps, visit);
  if (outcome.reason === "no-draft" || view === null) return noDraft(deps, visit);
  if (outcome.reason === "twin") {
    const wrong = { errors: { "": outcome.advice.title }, twin: outcome.advice };
    return await showForm(deps, visit, view, wrong, 409);
  }
  return await showForm(deps, visit, view, { errors: outcome.errors }, 422);
}
