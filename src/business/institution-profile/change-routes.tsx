import { randomUUID } from "node:crypto";
import {
  institutionUserOf,
  requireInstitutionStepUp,
} from "#src/accounts/institutions/institution-session.ts";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { answerChangeForm, type ChangeFormDeps, submissionKeyOf } from "./change-form.tsx";
import { findKept, keepForStepUp, keptFormAddress } from "./change-step-up.ts";
import { CHANGE_PATH } from "./descriptor.ts";
import { placeOfOpenChange } from "./open-change-place.ts";
import { readRegistered } from "./read-registered.ts";
import { submitChange } from "./submit-change.ts";
import { typedOfTerms } from "./typed-change.ts";

/** 申请变更, for the administrator of an institution that works, or has to renew to work again. */
export function changeRoutes(deps: ChangeFormDeps): Route[] {
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
  ];
}

async function showChange(deps: ChangeFormDeps, visit: Visit): Promise<Response> {
  const { bound, openChange } = await readRegistered(deps, visit);
  if (openChange !== null) return seeOther(visit, placeOfOpenChange(visit, openChange));
  const kept = await findKept(deps, visit);
  const said = kept ?? { typed: typedOfTerms(bound), submissionKey: randomUUID() };
  return await answerChangeForm(deps, visit, said, 200);
}

async function askForChange(deps: ChangeFormDeps, visit: Visit): Promise<Response> {
  const form = await readUploadForm(deps, visit);
  const submissionKey = submissionKeyOf(form.sent);
  const again = (errors: FormErrors, status: number) =>
    answerChangeForm(
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
  const stepUp = await requireInstitutionStepUp(
    deps.db,
    visit,
    keptFormAddress(CHANGE_PATH, submissionKey),
  );
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
