import { type ApplicantProofDeps, isProvenApplicant } from "#src/applications/applicant-proof.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import {
  type CorrectionFormDeps,
  type CorrectionVisit,
  isCorrectable,
  showCorrectionForm,
  takeCorrectionForm,
} from "./correction-form.tsx";
import { registrationOfKind } from "./descriptor.ts";
import { correctionPath } from "./registration-descriptor.ts";

export interface CorrectionDeps extends CorrectionFormDeps, ApplicantProofDeps {}

/** 补正 from the status page, for whoever proved to be the applicant. */
export function registrationCorrectionRoutes(deps: CorrectionDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/register/corrections/:number",
      permission: "anyone",
      audit: null,
      handle: (visit) => correct(deps, visit, showCorrectionForm),
    },
    {
      method: "POST",
      path: "/register/corrections/:number",
      permission: "anyone",
      audit: "registration-corrected",
      handle: (visit) => correct(deps, visit, takeCorrectionForm),
    },
  ];
}

type Answer = (deps: CorrectionFormDeps, visit: Visit, about: CorrectionVisit) => Promise<Response>;

async function correct(deps: CorrectionDeps, visit: Visit, answer: Answer): Promise<Response> {
  const application = await findApplication(deps.db, visit.c.req.param("number") ?? "");
  const registration = application && registrationOfKind(application.kind);
  if (application === null || registration === null) throw new NotFound();
  const doneHref = `/applications/${application.number}`;
  // Not this visitor's to correct, or not now: its own page says what there is to do.
  if (!isCorrectable(deps, application) || !(await isProvenApplicant(deps, visit, application))) {
    return seeOther(visit, doneHref);
  }
  const action = correctionPath(application);
  return await answer(deps, visit, { application, registration, action, doneHref, person: null });
}
