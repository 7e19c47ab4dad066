import {
  INSTITUTION_REGISTRATION,
  institutionUserOf,
} from "#src/accounts/institutions/institution-session.ts";
import type { InstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { Forbidden } from "#src/platform/http/errors.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { InstitutionPerson } from "#src/ui/institution-page.tsx";
import { renderPage } from "#src/ui/render.ts";
import {
  type CorrectionFormDeps,
  type CorrectionVisit,
  isCorrectable,
  showCorrectionForm,
  takeCorrectionForm,
} from "./correction-form.tsx";
import { registrationOfKind } from "./descriptor.ts";
import { findLastReason } from "./last-reason.ts";
import { OwnRegistrationPage } from "./workbench-page.tsx";

const CORRECTION = `${INSTITUTION_REGISTRATION}/correction`;

/**
 * What whoever signed in for an institution sees of its registration: before the approval there is nothing else
 * (manual, D4). It is corrected here as from the status page.
 */
export function workbenchRegistrationRoutes(deps: CorrectionFormDeps): Route[] {
  return [
    {
      method: "GET",
      path: INSTITUTION_REGISTRATION,
      permission: "institution-user",
      audit: null,
      handle: (visit) => showOwn(deps, visit),
    },
    {
      method: "GET",
      path: CORRECTION,
      permission: "institution-user",
      audit: null,
      handle: (visit) => correctOwn(deps, visit, showCorrectionForm),
    },
    {
      method: "POST",
      path: CORRECTION,
      permission: "institution-user",
      audit: "registration-corrected",
      handle: (visit) => correctOwn(deps, visit, takeCorrectionForm),
    },
  ];
}

function introduce(user: InstitutionUser): InstitutionPerson {
  const { name: institutionName, kind } = user.institution;
  return { name: user.name, institutionName, kind, isAdmin: user.isAdmin };
}

/** The application of an institution; null for one that the fund centre set up without. */
async function applicationOf(
  deps: CorrectionFormDeps,
  { institution }: InstitutionUser,
): Promise<Application | null> {
  if (institution.applicationId === null) return null;
  const { number } = await deps.db
    .selectFrom("application")
    .select("number")
    .where("id", "=", institution.applicationId)
    .executeTakeFirstOrThrow();
  return await findApplication(deps.db, number);
}

async function showOwn(deps: CorrectionFormDeps, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const application = await applicationOf(deps, user);
  const story =
    application &&
    (await deps.findDescriptor(application.number).tell(deps.db, application, visit.now));
  const html = renderPage(
    <OwnRegistrationPage
      shell={deps.shell(visit)}
      person={introduce(user)}
      state={user.institution.state}
      application={
        application &&
        story && {
          number: application.number,
          story,
        }
      }
      reason={await findLastReason(deps.db, user.institution.id)}
      correctionHref={
        application !== null && user.isAdmin && isCorrectable(deps, application) ? CORRECTION : null
      }
    />,
  );
  return page(visit, html);
}

type Answer = (deps: CorrectionFormDeps, visit: Visit, about: CorrectionVisit) => Promise<Response>;

async function correctOwn(
  deps: CorrectionFormDeps,
  visit: Visit,
  answer: Answer,
): Promise<Response> {
  const user = institutionUserOf(visit);
  if (!user.isAdmin) throw new Forbidden();
  const application = await applicationOf(deps, user);
  const registration = application && registrationOfKind(application.kind);
  if (application === null || registration === null || !isCorrectable(deps, application)) {
    return seeOther(visit, INSTITUTION_REGISTRATION);
  }
  const about = { application, registration, action: CORRECTION, person: introduce(user) };
  return await answer(deps, visit, { ...about, doneHref: INSTITUTION_REGISTRATION });
}
