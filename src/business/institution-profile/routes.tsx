import {
  CONTACT_UNPROVEN,
  type ContactDeps,
  loadContactState,
  readContactAct,
} from "#src/accounts/institutions/contact-acts.ts";
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
import { changeCorrectionRoutes } from "./change-correction-routes.tsx";
import type { ChangeFormDeps } from "./change-form.tsx";
import { ContactPage } from "./change-pages.tsx";
import { changeRoutes } from "./change-routes.tsx";
import { PROFILE } from "./descriptor.ts";
import { ProfilePage } from "./profile-page.tsx";
import { readRegistered } from "./read-registered.ts";
import { contactForm } from "./schema.ts";
import { changeContact } from "./submit-change.ts";

const CONTACT = `${PROFILE}/contact`;

export interface ProfileRouteDeps extends ChangeFormDeps, ContactDeps {}

/** 单位资料: what is registered, a change of it as an application, contact details at once. */
export function institutionProfileRoutes(deps: ProfileRouteDeps): Route[] {
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
    ...changeCorrectionRoutes(deps),
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

async function showProfile(deps: ProfileRouteDeps, visit: Visit): Promise<Response> {
  const { user, ...registered } = await readRegistered(deps, visit);
  const html = renderPage(
    <ProfilePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      isSmsAvailable={deps.sms.isAvailable}
      isContactChanged={visit.c.req.query("changed") === "contact"}
      {...registered}
    />,
  );
  return page(visit, html);
}

async function showContact(deps: ProfileRouteDeps, visit: Visit): Promise<Response> {
  const refusal = await requireInstitutionStepUp(deps.db, visit, CONTACT);
  if (refusal !== null) return refusal;
  const { institution } = await readRegistered(deps, visit);
  const { contactPhone, email } = institution.profile;
  const typed = { contactPhone, email };
  const said = { typed, errors: {}, contactCode: "", known: contactPhone };
  return await answerContact(deps, visit, said, 200);
}

interface SaidContact {
  typed: SentForm;
  errors: FormErrors;
  contactCode: string;
  /** The phone that is registered. */
  known: string;
}

async function answerContact(
  deps: ProfileRouteDeps,
  visit: Visit,
  { known, ...said }: SaidContact,
  status: number,
): Promise<Response> {
  const person = introduceInstitutionUser(institutionUserOf(visit));
  const contact = await loadContactState(deps, visit, said.typed, phoneHash(deps, known));
  const html = renderPage(
    <ContactPage shell={deps.shell(visit)} {...said} {...{ person, contact, action: CONTACT }} />,
  );
  return page(visit, html, status);
}

function phoneHash({ personalData }: ProfileRouteDeps, phone: string): Buffer | null {
  return phone === "" ? null : personalData.hash("phone", phone);
}

/** 获取验证码 and 保存联系方式 both come here; a new phone is saved only with the code that went to it. */
async function saveContact(deps: ProfileRouteDeps, visit: Visit): Promise<Response> {
  const refusal = await requireInstitutionStepUp(deps.db, visit, CONTACT);
  if (refusal !== null) return refusal;
  const sent = await readForm(visit);
  const { institution } = await readRegistered(deps, visit);
  const known = institution.profile.contactPhone;
  const act = await readContactAct(deps, visit, sent, phoneHash(deps, known));
  const answer = (errors: FormErrors) => {
    const said = { typed: sent, errors, contactCode: act.code, known };
    return answerContact(deps, visit, said, Object.keys(errors).length > 0 ? 422 : 200);
  };
  if (act.isOnlyContact) return await answer(act.errors);
  const contact = await loadContactState(deps, visit, sent, phoneHash(deps, known));
  const form = parseForm(contactForm({ isMobile: contact.kind !== "no-sms" }), sent);
  const errors = {
    ...(contact.kind === "unproven" ? CONTACT_UNPROVEN : {}),
    ...(form.ok ? {} : form.errors),
    ...act.errors,
  };
  if (!form.ok || Object.keys(errors).length > 0) return await answer(errors);
  const outcome = await changeContact(deps, {
    institutionId: institution.id,
    contact: form.data,
    browserHash: visit.ensureBrowser(),
    mustProveContact: deps.sms.isAvailable,
    audit: visit.audit,
    now: visit.now,
  });
  if (!outcome.ok) return await answer(outcome.errors);
  return seeOther(visit, `${PROFILE}?changed=contact`);
}
