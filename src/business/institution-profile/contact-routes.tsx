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
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { changeContact } from "./change-contact.ts";
import { ContactPage } from "./contact-page.tsx";
import { PROFILE } from "./descriptor.ts";
import { readRegistered } from "./read-registered.ts";
import { contactForm } from "./schema.ts";

const CONTACT = `${PROFILE}/contact`;

export interface ContactRouteDeps extends ContactDeps {
  shell: (visit: Visit) => PageShell;
}

/** 改联系方式, at once, for the administrator who gave his password in the last minutes. */
export function contactRoutes(deps: ContactRouteDeps): Route[] {
  const permission = "institution-admin" as const;
  return [
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

async function showContact(deps: ContactRouteDeps, visit: Visit): Promise<Response> {
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
  deps: ContactRouteDeps,
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

function phoneHash({ personalData }: ContactRouteDeps, phone: string): Buffer | null {
  return phone === "" ? null : personalData.hash("phone", phone);
}

/** 获取验证码 and 保存联系方式 both come here; a new phone is saved only with the code that went to it. */
async function saveContact(deps: ContactRouteDeps, visit: Visit): Promise<Response> {
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
