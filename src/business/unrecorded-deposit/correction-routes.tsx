import { randomUUID } from "node:crypto";
import { type ApplicantProofDeps, isProvenApplicant } from "#src/applications/applicant-proof.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { renderPage } from "#src/ui/render.ts";
import { correctApplication } from "./correct.ts";
import { type Draft, getApplicationForm, type Typed } from "./drafts.ts";
import type { FormState } from "./form-field.ts";
import { CorrectionPage } from "./form-pages.tsx";
import { judgeAll } from "./form-state.ts";
import { asksForPrice, type UnrecordedDepositDeps } from "./routes.tsx";
import { submissionKey, typedOf } from "./schema.ts";

export interface CorrectionDeps extends UnrecordedDepositDeps, ApplicantProofDeps {
  descriptor: ApplicationDescriptor;
}

/** 补正: the form of an application that the fund centre sent back, for whoever proved to be its applicant. */
export function unrecordedCorrectionRoutes(deps: CorrectionDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/unrecorded-deposit/corrections/:number",
      permission: "anyone",
      audit: null,
      handle: (visit) => showCorrection(deps, visit),
    },
    {
      method: "POST",
      path: "/unrecorded-deposit/corrections/:number",
      permission: "anyone",
      audit: "unrecorded-deposit-corrected",
      handle: (visit) => takeCorrection(deps, visit),
    },
  ];
}

const OTHER_FUND =
  "房改房和其他房屋的钱属于两种维修资金，交款以后不能在这里改。填错了的，请联系维修资金管理中心，退款后重新交款";

/** The fields that say where the house is; they are not part of a correction. */
const PLACE_FIELDS = ["building", "unit", "room", "floor"] as const;

interface View {
  application: Application;
  house: House;
  stored: Draft;
}

/** Null: it is not this visitor's to correct, or not now; its own page says what there is to do. */
async function getView(deps: CorrectionDeps, visit: Visit): Promise<View | null> {
  const application = await findApplication(deps.db, visit.c.req.param("number") ?? "");
  if (application?.kind !== deps.descriptor.kind || application.house === null)
    throw new NotFound();
  const isTurn = deps.descriptor.applicantActs?.correct?.states.includes(application.state);
  if (!isTurn || !(await isProvenApplicant(deps, visit, application))) return null;
  return {
    application,
    house: await getHouse(deps.db, application.house),
    stored: await getApplicationForm(deps, application.id),
  };
}

function backToApplication(visit: Visit): Response {
  return seeOther(visit, `/applications/${visit.c.req.param("number")}`);
}

async function showCorrection(deps: CorrectionDeps, visit: Visit): Promise<Response> {
  const view = await getView(deps, visit);
  if (view === null) return backToApplication(visit);
  const key = randomUUID();
  const documents = await documentsOf(deps, visit, view, key);
  const { typed } = view.stored;
  const { rules } = await judge(deps, visit, view, typed, documents);
  const state = { submissionKey: key, typed, errors: {}, rules, documents };
  return await answer(deps, visit, view, state, [], 200);
}

/** What was handed in before, and what is being added now. */
async function documentsOf(deps: CorrectionDeps, visit: Visit, view: View, key: string) {
  const owner = { submissionKey: key, browserHash: visit.ensureBrowser() };
  return [
    ...(await listDocuments(deps, { applicationId: view.application.id })),
    ...(await listDocuments(deps, owner)),
  ];
}

type Documents = Awaited<ReturnType<typeof documentsOf>>;

function judge(
  deps: CorrectionDeps,
  visit: Visit,
  { house }: View,
  typed: Typed,
  documents: Documents,
) {
  const today = shanghaiDate(visit.now);
  return judgeAll(deps.db, { estateId: house.estateId, typed, documents }, today);
}

async function takeCorrection(deps: CorrectionDeps, visit: Visit): Promise<Response> {
  const view = await getView(deps, visit);
  if (view === null) return backToApplication(visit);
  const { sent, fileErrors, isOnlyFiles } = await readUploadForm(deps, visit);
  const key = submissionKey.safeParse(sent["submissionKey"]);
  if (!key.success) throw new BadRequest("这张表单不完整，请回到业务单，重新点“补正”");
  const takenOut = documentsTakenOut(sent);
  const typed = withPlaceOf(view.stored.typed, typedOf(sent));
  const documents = await documentsOf(deps, visit, view, key.data);
  const kept = documents.filter(({ id }) => !takenOut.includes(id));
  const judged = await judge(deps, visit, view, typed, kept);
  const state = { submissionKey: key.data, typed, documents, rules: judged.rules };
  if (isOnlyFiles) {
    const status = Object.keys(fileErrors).length > 0 ? 422 : 200;
    return await answer(deps, visit, view, { ...state, errors: fileErrors }, takenOut, status);
  }
  await deps.limit(visit, "draft");
  const errors = { ...(judged.ok ? {} : judged.errors), ...fileErrors };
  if (!judged.ok || Object.keys(errors).length > 0) {
    return await answer(deps, visit, view, { ...state, errors }, takenOut, 422);
  }
  const outcome = await correctApplication(
    deps,
    {
      application: view.application,
      descriptor: deps.descriptor,
      typed,
      form: judged.form,
      standard: judged.standard,
      takenOut,
      submissionKey: key.data,
      browserHash: visit.ensureBrowser(),
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.ok || outcome.reason === "moved-on") return backToApplication(visit);
  if (outcome.reason === "other-fund") {
    const shown = { ...state, errors: { houseNature: OTHER_FUND } };
    return await answer(deps, visit, view, shown, takenOut, 422);
  }
  const twin = outcome.advice;
  const shown = { ...state, twin, errors: { "": twin.title } };
  return await answer(deps, visit, view, shown, takenOut, 409);
}

/** Whatever was sent for the place of the house, the place stays what was paid for. */
function withPlaceOf(stored: Typed, typed: Typed): Typed {
  return {
    ...typed,
    ...Object.fromEntries(PLACE_FIELDS.map((name) => [name, stored[name] ?? ""])),
  };
}

async function answer(
  deps: CorrectionDeps,
  visit: Visit,
  view: View,
  state: Omit<FormState, "hasPriceField" | "twin"> & Partial<Pick<FormState, "twin">>,
  takenOut: readonly string[],
  status: number,
): Promise<Response> {
  const story = await deps.descriptor.tell(deps.db, view.application, visit.now);
  const props = {
    twin: null,
    ...state,
    takenOut,
    hasPriceField: await asksForPrice(deps, state),
    number: view.application.number,
    address: view.house.address,
    wishes: story.corrections ?? [],
    shell: deps.shell(visit),
  };
  return page(visit, renderPage(<CorrectionPage {...props} />), status);
}
