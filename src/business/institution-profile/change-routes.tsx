import { randomUUID } from "node:crypto";
import { listKeptEstates } from "#src/accounts/institutions/bound-estates.ts";
import {
  institutionUserOf,
  requireInstitutionStepUp,
} from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { findChangeDraft, saveChangeDraft } from "./change-drafts.ts";
import { ChangePage } from "./change-pages.tsx";
import { correctChange } from "./correct-change.ts";
import { CHANGE_PATH, CORRECTION_PATH, PROFILE } from "./descriptor.ts";
import { findOpenChange, getChange, getInstitution, type OpenChange } from "./queries.ts";
import { submissionSeal } from "./schema.ts";
import { submitChange } from "./submit-change.ts";
import { typedOfChange, typedOfTerms } from "./typed-change.ts";

export interface ChangeRouteDeps extends UploadDeps {
  shell: (visit: Visit) => PageShell;
  findDescriptor: (number: string) => ApplicationDescriptor;
}

/** 申请变更 and its 补正; for the administrator of an institution that works, or has to renew to work again. */
export function changeRoutes(deps: ChangeRouteDeps): Route[] {
  const permission = "institution-renewal" as const;
  return [
    {
      method: "GET",
      path: CHANGE_PATH,
      permission,
      audit: null,
      handle: (visit) => showChange(deps, visit),
    },
    {
      method: "POST",
      path: CHANGE_PATH,
      permission,
      audit: "institution-change-submitted",
      handle: (visit) => askForChange(deps, visit),
    },
    {
      method: "GET",
      path: CORRECTION_PATH,
      permission,
      audit: null,
      handle: (visit) => withCorrection(deps, visit, showCorrection),
    },
    {
      method: "POST",
      path: CORRECTION_PATH,
      permission,
      audit: "institution-change-corrected",
      handle: (visit) => withCorrection(deps, visit, takeCorrection),
    },
  ];
}

/** Reads an institution with everything it is bound to, and the change that is under way. */
export async function readRegistered({ db, personalData }: ChangeRouteDeps, visit: Visit) {
  const user = institutionUserOf(visit);
  const { id } = user.institution;
  const [institution, bound, openChange] = await Promise.all([
    getInstitution(db, personalData, id),
    listKeptEstates(db, id, shanghaiDate(visit.now)),
    findOpenChange(db, id),
  ]);
  return { user, institution, bound, openChange };
}

async function showChange(deps: ChangeRouteDeps, visit: Visit): Promise<Response> {
  const { bound, openChange } = await readRegistered(deps, visit);
  if (openChange !== null) return seeOther(visit, placeOf(visit, openChange));
  const kept = await findKept(deps, visit);
  const said = kept ?? { typed: typedOfTerms(bound), submissionKey: randomUUID() };
  return await answer(deps, visit, said, 200);
}

/** What was typed before the password was asked for; null for a form that is opened anew. */
async function findKept(deps: ChangeRouteDeps, visit: Visit): Promise<Said | null> {
  const seal = submissionSeal.safeParse({ submissionKey: visit.c.req.query("form") });
  if (!seal.success) return null;
  const { submissionKey } = seal.data;
  const key = { submissionKey, userId: institutionUserOf(visit).id };
  const typed = await findChangeDraft(deps, key);
  return typed && { typed, submissionKey, isKept: true };
}

/** Asks for the password once more and keeps what was typed until its page is come back to. */
async function keepForStepUp(
  deps: ChangeRouteDeps,
  visit: Visit,
  { sent, submissionKey }: { sent: SentForm; submissionKey: string },
  stepUp: Response | null,
): Promise<Response> {
  if (stepUp === null) throw new Error("the password was given in the last minutes");
  const key = { submissionKey, userId: institutionUserOf(visit).id };
  await saveChangeDraft(deps, key, { typed: sent, now: visit.now });
  return stepUp;
}

/** Where the change that is under way is gone on with. */
function placeOf(visit: Visit, { number, isCorrecting }: OpenChange): string {
  if (isCorrecting) return CORRECTION_PATH;
  const isWorking = institutionUserOf(visit).institution.state === "active";
  return isWorking ? PROFILE : `/applications/${number}`;
}

interface Said {
  typed: SentForm;
  submissionKey: string;
  errors?: FormErrors;
  fileNotes?: FormErrors;
  /** The password was asked for in between. */
  isKept?: boolean;
  correction?: { application: Application; takenOut: readonly string[] };
}

async function answer(
  deps: ChangeRouteDeps,
  visit: Visit,
  said: Said,
  status: number,
): Promise<Response> {
  const { user, institution, bound } = await readRegistered(deps, visit);
  const browserHash = visit.ensureBrowser();
  const { submissionKey, correction } = said;
  const handedIn = correction
    ? await listDocuments(deps, { applicationId: correction.application.id })
    : [];
  const html = renderPage(
    <ChangePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      institution={institution}
      bound={bound}
      typed={said.typed}
      errors={said.errors ?? {}}
      fileNotes={said.fileNotes ?? {}}
      isKept={said.isKept ?? false}
      submissionKey={submissionKey}
      documents={[...handedIn, ...(await listDocuments(deps, { submissionKey, browserHash }))]}
      correction={correction ? await tellCorrection(deps, visit, correction) : null}
    />,
  );
  return page(visit, html, status);
}

async function tellCorrection(
  deps: ChangeRouteDeps,
  visit: Visit,
  { application, takenOut }: NonNullable<Said["correction"]>,
) {
  const { number } = application;
  const story = await deps.findDescriptor(number).tell(deps.db, application, visit.now);
  return { number, takenOut, wishes: story.corrections ?? [] };
}

async function askForChange(deps: ChangeRouteDeps, visit: Visit): Promise<Response> {
  const form = await readUploadForm(deps, visit);
  const submissionKey = keyOf(form.sent);
  const again = (errors: FormErrors, status: number) =>
    answer(
      deps,
      visit,
      { typed: form.sent, errors, fileNotes: form.fileNotes, submissionKey },
      status,
    );
  const hasFileErrors = Object.keys(form.fileErrors).length > 0;
  if (form.isOnlyFiles || hasFileErrors) {
    return await again(form.fileErrors, hasFileErrors ? 422 : 200);
  }
  await deps.limit(visit, "submit");
  const user = institutionUserOf(visit);
  const stepUp = await requireInstitutionStepUp(deps.db, visit, pageOf(CHANGE_PATH, submissionKey));
  const outcome = await submitChange(deps, {
    institutionId: user.institution.id,
    applicant: user,
    sent: form.sent,
    submissionKey,
    browserHash: visit.ensureBrowser(),
    isSteppedUp: stepUp === null,
    audit: visit.audit,
    now: visit.now,
  });
  switch (outcome.kind) {
    case "submitted":
      return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
    case "open-change":
      return await again({ "": "已经有一项变更没有办完，办完以后再申请新的" }, 409);
    case "step-up":
      return await keepForStepUp(deps, visit, { sent: form.sent, submissionKey }, stepUp);
    case "errors":
      return await again(outcome.errors, 422);
  }
}

/** The form with what is kept of it. */
function pageOf(path: string, submissionKey: string): string {
  return `${path}?form=${submissionKey}`;
}

function keyOf(sent: SentForm): string {
  const seal = parseForm(submissionSeal, sent);
  if (!seal.ok) throw new BadRequest("这张表单不完整，请返回页面重新填写");
  return seal.data.submissionKey;
}

type CorrectionAnswer = (
  deps: ChangeRouteDeps,
  visit: Visit,
  application: Application,
) => Promise<Response>;

/** Only while it is the institution's turn; otherwise its page says where the change is. */
async function withCorrection(
  deps: ChangeRouteDeps,
  visit: Visit,
  answerWith: CorrectionAnswer,
): Promise<Response> {
  const open = await findOpenChange(deps.db, institutionUserOf(visit).institution.id);
  if (open === null) return seeOther(visit, PROFILE);
  if (!open.isCorrecting) return seeOther(visit, placeOf(visit, open));
  const application = await findApplication(deps.db, open.number);
  if (application === null) throw new Error(`application ${open.number} is gone`);
  return await answerWith(deps, visit, application);
}

async function showCorrection(
  deps: ChangeRouteDeps,
  visit: Visit,
  application: Application,
): Promise<Response> {
  const kept = await findKept(deps, visit);
  if (kept !== null) {
    const correction = { application, takenOut: documentsTakenOut(kept.typed) };
    return await answer(deps, visit, { ...kept, correction }, 200);
  }
  const { bound } = await readRegistered(deps, visit);
  const { change } = await getChange(deps.db, deps.personalData, application);
  const typed = typedOfChange(bound, change);
  const correction = { application, takenOut: [] };
  return await answer(deps, visit, { typed, submissionKey: randomUUID(), correction }, 200);
}

async function takeCorrection(
  deps: ChangeRouteDeps,
  visit: Visit,
  application: Application,
): Promise<Response> {
  const { sent, fileErrors, fileNotes, isOnlyFiles } = await readUploadForm(deps, visit);
  const submissionKey = keyOf(sent);
  const takenOut = documentsTakenOut(sent);
  const again = (errors: FormErrors) =>
    answer(
      deps,
      visit,
      { typed: sent, errors, fileNotes, submissionKey, correction: { application, takenOut } },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  if (isOnlyFiles || Object.keys(fileErrors).length > 0) return await again(fileErrors);
  await deps.limit(visit, "submit");
  const next = pageOf(CORRECTION_PATH, submissionKey);
  const stepUp = await requireInstitutionStepUp(deps.db, visit, next);
  const outcome = await correctChange(deps, {
    institutionId: institutionUserOf(visit).institution.id,
    application,
    descriptor: deps.findDescriptor(application.number),
    sent,
    takenOut,
    submissionKey,
    browserHash: visit.ensureBrowser(),
    isSteppedUp: stepUp === null,
    audit: visit.audit,
    now: visit.now,
  });
  if (outcome.kind === "errors") return await again(outcome.errors);
  if (outcome.kind === "step-up") {
    return await keepForStepUp(deps, visit, { sent, submissionKey }, stepUp);
  }
  return seeOther(visit, `/applications/${application.number}`);
}
