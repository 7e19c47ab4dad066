import { randomUUID } from "node:crypto";
import { type BoundEstate, listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import {
  institutionUserOf,
  requireInstitutionStepUp,
} from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ChangePage, ContactPage } from "./change-pages.tsx";
import { ProfilePage } from "./profile-page.tsx";
import { findOpenChange, getInstitution } from "./queries.ts";
import { contactForm, estateFields, submissionSeal } from "./schema.ts";
import { changeContact, submitChange } from "./submit-change.ts";

export interface InstitutionProfileDeps extends UploadDeps {
  shell: (visit: Visit) => PageShell;
}

const PROFILE = "/workbench/profile";
const CHANGE = `${PROFILE}/change`;
const CONTACT = `${PROFILE}/contact`;

/** 单位资料: what is registered, a change of it as an application, contact details at once. */
export function institutionProfileRoutes(deps: InstitutionProfileDeps): Route[] {
  const permission = "institution-admin" as const;
  return [
    {
      method: "GET",
      path: PROFILE,
      permission: "institution",
      audit: null,
      handle: (visit) => showProfile(deps, visit),
    },
    {
      method: "GET",
      path: CHANGE,
      permission,
      audit: null,
      handle: (visit) => showChange(deps, visit),
    },
    {
      method: "POST",
      path: CHANGE,
      permission,
      audit: "institution-change-submitted",
      handle: (visit) => askForChange(deps, visit),
    },
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

async function readRegistered({ db, personalData }: InstitutionProfileDeps, visit: Visit) {
  const user = institutionUserOf(visit);
  const { id } = user.institution;
  const [institution, bound, openChange] = await Promise.all([
    getInstitution(db, personalData, id),
    listBoundEstates(db, id, shanghaiDate(visit.now)),
    findOpenChange(db, id),
  ]);
  return { user, institution, bound, openChange };
}

async function showProfile(deps: InstitutionProfileDeps, visit: Visit): Promise<Response> {
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

/** An estate's fields as they stand now, so that only what is changed in them is asked for. */
function termsOf(bound: readonly BoundEstate[]): SentForm {
  return Object.fromEntries(
    bound.flatMap(({ code, contractNo, startsOn, endsOn }) => {
      const fields = estateFields(code);
      return [
        [fields.contractNo, contractNo],
        [fields.startsOn, startsOn ?? ""],
        [fields.endsOn, endsOn ?? ""],
      ];
    }),
  );
}

async function showChange(deps: InstitutionProfileDeps, visit: Visit): Promise<Response> {
  const { bound, openChange } = await readRegistered(deps, visit);
  if (openChange !== null) return seeOther(visit, PROFILE);
  const said = { typed: termsOf(bound), errors: {}, fileNotes: {}, submissionKey: randomUUID() };
  return await answerChange(deps, visit, said, 200);
}

async function answerChange(
  deps: InstitutionProfileDeps,
  visit: Visit,
  said: { typed: SentForm; errors: FormErrors; fileNotes: FormErrors; submissionKey: string },
  status: number,
): Promise<Response> {
  const { user, institution, bound } = await readRegistered(deps, visit);
  const browserHash = visit.ensureBrowser();
  const { submissionKey } = said;
  const documents = await listDocuments(deps, { submissionKey, browserHash });
  const html = renderPage(
    <ChangePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      institution={institution}
      bound={bound}
      documents={documents}
      {...said}
    />,
  );
  return page(visit, html, status);
}

async function askForChange(deps: InstitutionProfileDeps, visit: Visit): Promise<Response> {
  const form = await readUploadForm(deps, visit);
  const seal = parseForm(submissionSeal, form.sent);
  if (!seal.ok) throw new BadRequest("这张表单不完整，请返回页面重新填写");
  const { submissionKey } = seal.data;
  const again = (errors: FormErrors, status: number) =>
    answerChange(
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
  const outcome = await submitChange(deps, {
    institutionId: user.institution.id,
    applicant: user,
    sent: form.sent,
    submissionKey,
    browserHash: visit.ensureBrowser(),
    audit: visit.audit,
    now: visit.now,
  });
  switch (outcome.kind) {
    case "submitted":
      return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
    case "open-change":
      return await again({ "": "已经有一项变更正在审核，办完以后再申请新的" }, 409);
    case "errors":
      return await again(outcome.errors, 422);
  }
}

async function showContact(deps: InstitutionProfileDeps, visit: Visit): Promise<Response> {
  const refusal = await requireInstitutionStepUp(deps.db, visit, CONTACT);
  if (refusal !== null) return refusal;
  const { institution } = await readRegistered(deps, visit);
  const { contactPhone, email } = institution.profile;
  return answerContact(deps, visit, { contactPhone, email }, {}, 200);
}

function answerContact(
  deps: InstitutionProfileDeps,
  visit: Visit,
  typed: SentForm,
  errors: FormErrors,
  status: number,
): Response {
  const person = introduceInstitutionUser(institutionUserOf(visit));
  const html = renderPage(<ContactPage shell={deps.shell(visit)} {...{ person, typed, errors }} />);
  return page(visit, html, status);
}

async function saveContact(deps: InstitutionProfileDeps, visit: Visit): Promise<Response> {
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
