import {
  institutionUserOf,
  requireInstitutionStepUp,
} from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { ContactPage } from "./change-pages.tsx";
import { type ChangeRouteDeps, changeRoutes, readRegistered } from "./change-routes.tsx";
import { PROFILE } from "./descriptor.ts";
import { ProfilePage } from "./profile-page.tsx";
import { contactForm } from "./schema.ts";
import { changeContact } from "./submit-change.ts";

const CONTACT = `${PROFILE}/contact`;

/** 单位资料: what is registered, a change of it as an application, contact details at once. */
export function institutionProfileRoutes(deps: ChangeRouteDeps): Route[] {
  const permission = "institution-admin" as const;
  return [
    {
      method: "GET",
      path: PROFILE,
      permission: "institution",
      audit: null,
      handle: (visit) => showProfile(deps, visit),
    },
    ...changeRoutes(deps),
    {
      method: "GET",
      path: CONTACT,
      permission,
      audit: null,
      handle: (visit) => showContact(deps, visit),
    },
    {
      method: "POST",
      path: CONTACT,
      permission,
      audit: "institution-contact-changed",
      handle: (visit) => saveContact(deps, visit),
    },
  ];
}

async function showProfile(deps: ChangeRouteDeps, visit: Visit): Promise<Response> {
  const { user, ...registered } = await readRegistered(deps, visit);
  const html = renderPage(
    <ProfilePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      isContactChanged={visit.c.req.query("changed") === "contact"}
      {...registered}
    />,
  );
  return page(visit, html);
}

async function showContact(deps: ChangeRouteDeps, visit: Visit): Promise<Response> {
  const refusal = await requireInstitutionStepUp(deps.db, visit, CONTACT);
  if (refusal !== null) return refusal;
  const { institution } = await readRegistered(deps, visit);
  const { contactPhone, email } = institution.profile;
  return answerContact(deps, visit, { contactPhone, email }, {}, 200);
}

function answerContact(
  deps: ChangeRouteDeps,
  visit: Visit,
  typed: SentForm,
  errors: FormErrors,
  status: number,
): Response {
  const person = introduceInstitutionUser(institutionUserOf(visit));
  const html = renderPage(<ContactPage shell={deps.shell(visit)} {...{ person, typed, errors }} />);
  return page(visit, html, status);
}

async function saveContact(deps: ChangeRouteDeps, visit: Visit): Promise<Response> {
  const refusal = await requireInstitutionStepUp(deps.db, visit, CONTACT);
  if (refusal !== null) return refusal;
  const sent = await readForm(visit);
  const form = parseForm(contactForm, sent);
  if (!form.ok) return answerContact(deps, visit, sent, form.errors, 422);
  const institutionId = institutionUserOf(visit).institution.id;
  const { audit, now } = visit;
  await changeContact(deps, { institutionId, contact: form.data, audit, now });
  return seeOther(visit, `${PROFILE}?changed=contact`);
}
