import { randomUUID } from "node:crypto";
import {
  institutionUserOf,
  requireInstitutionStepUp,
} from "#src/accounts/institutions/institution-session.ts";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { answerChangeForm, type ChangeFormDeps, submissionKeyOf } from "./change-form.tsx";
import { findKept, keepForStepUp, keptFormAddress } from "./change-step-up.ts";
import { correctChange } from "./correct-change.ts";
import { CORRECTION_PATH, PROFILE } from "./descriptor.ts";
import { placeOfOpenChange } from "./open-change-place.ts";
import { findOpenChange, getChange } from "./queries.ts";
import { readRegistered } from "./read-registered.ts";
import { typedOfChange } from "./typed-change.ts";

/** 补正 of a change that was sent back, in the form it was asked for with. */
export function changeCorrectionRoutes(deps: ChangeFormDeps): Route[] {
  const permission = "institution-renewal" as const;
  return [
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

type CorrectionAnswer = (
  deps: ChangeFormDeps,
  visit: Visit,
  application: Application,
) => Promise<Response>;

/** Only while it is the institution's turn; otherwise its page says where the change is. */
async function withCorrection(
  deps: ChangeFormDeps,
  visit: Visit,
  answerWith: CorrectionAnswer,
): Promise<Response> {
  const open = await findOpenChange(deps.db, institutionUserOf(visit).institution.id);
  if (open === null) return seeOther(visit, PROFILE);
  if (!open.isCorrecting) return seeOther(visit, placeOfOpenChange(visit, open));
  const application = await findApplication(deps.db, open.number);
  if (application === null) throw new Error(`application ${open.number} is gone`);
  return await answerWith(deps, visit, application);
}

async function showCorrection(
  deps: ChangeFormDeps,
  visit: Visit,
  application: Application,
): Promise<Response> {
  const kept = await findKept(deps, visit);
  if (kept !== null) {
    const correction = { application, takenOut: documentsTakenOut(kept.typed) };
    return await answerChangeForm(deps, visit, { ...kept, correction }, 200);
  }
  const { bound } = await readRegistered(deps, visit);
  const { change } = await getChange(deps.db, deps.personalData, application);
  const typed = typedOfChange(bound, change);
  const correction = { application, takenOut: [] };
  return await answerChangeForm(
    deps,
    visit,
    { typed, submissionKey: randomUUID(), correction },
    200,
  );
}

async function takeCorrection(
  deps: ChangeFormDeps,
  visit: Visit,
  application: Application,
): Promise<Response> {
  const { sent, fileErrors, fileNotes, isOnlyFiles } = await readUploadForm(deps, visit);
  const submissionKey = submissionKeyOf(sent);
  const takenOut = documentsTakenOut(sent);
  const again = (errors: FormErrors) =>
    answerChangeForm(
      deps,
      visit,
      { typed: sent, errors, fileNotes, submissionKey, correction: { application, takenOut } },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  if (isOnlyFiles || Object.keys(fileErrors).length > 0) return await again(fileErrors);
  await deps.limit(visit, "submit");
  const next = keptFormAddress(CORRECTION_PATH, submissionKey);
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
