import { randomUUID } from "node:crypto";
import {
  CONTACT_UNPROVEN,
  loadContactState,
  readContactAct,
} from "#src/accounts/institutions/contact-acts.ts";
import { findContactPhone } from "#src/applications/contact-phone.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import type { Application } from "#src/applications/find-application.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { InstitutionPerson } from "#src/ui/institution-page.tsx";
import { renderPage } from "#src/ui/render.ts";
import { correctRegistration } from "./correct.ts";
import { CorrectionPage, type CorrectionPageProps } from "./correction-pages.tsx";
import type { Registration } from "./descriptor.ts";
import { getSubmittedForm } from "./drafts.ts";
import { readEstateAct } from "./estate-acts.ts";
import { judgeAll, loadGround } from "./form-state.ts";
import { getRegisteredInstitution, type RegisteredInstitution } from "./queries.ts";
import { inFormOrder } from "./read-form.ts";
import { type RegistrationDeps, tellConflicts } from "./routes.tsx";
import { submissionKey, type Typed, typedOf } from "./schema.ts";

export interface CorrectionFormDeps extends RegistrationDeps {
  findDescriptor: (number: string) => ApplicationDescriptor;
}

/** A registration that is corrected, by whom and where. */
export interface CorrectionVisit {
  application: Application;
  registration: Registration;
  /** The form's own address. */
  action: string;
  /** Where its applicant goes afterwards. */
  doneHref: string;
  person: InstitutionPerson | null;
}

/** Tells whether it is the applicant's turn to correct. */
export function isCorrectable(deps: CorrectionFormDeps, application: Application): boolean {
  const correct = deps.findDescriptor(application.number).applicantActs?.correct;
  return correct?.states.includes(application.state) ?? false;
}

/** Shows the form of a registration that was sent back, as it was handed in. */
export async function showCorrectionForm(
  deps: CorrectionFormDeps,
  visit: Visit,
  about: CorrectionVisit,
): Promise<Response> {
  const { typed } = await getSubmittedForm(deps, about.application.id);
  return await answer(deps, visit, about, { submissionKey: randomUUID(), typed }, 200);
}

/** Takes a corrected form: the buttons for files and estates bring it back, 提交 hands it in again. */
export async function takeCorrectionForm(
  deps: CorrectionFormDeps,
  visit: Visit,
  about: CorrectionVisit,
): Promise<Response> {
  const { application, registration } = about;
  const { sent, fileErrors, fileNotes, isOnlyFiles } = await readUploadForm(deps, visit);
  const key = submissionKey.safeParse(sent["submissionKey"]);
  if (!key.success) throw new BadRequest("这张表单不完整，请回到业务单，重新点“补正”");
  await deps.limit(visit, "draft");
  const takenOut = documentsTakenOut(sent);
  const act = readEstateAct(deps.search, registration, typedOf(sent), sent);
  const { typed, found } = act;
  const known = await knownPhoneHash(deps, application);
  const contact = await readContactAct(deps, visit, sent, known);
  const contactCode = contact.code;
  const shown = { submissionKey: key.data, typed, fileNotes, found, takenOut, contactCode };
  const beside = { ...contact.errors, ...fileErrors };
  if (isOnlyFiles || act.isOnlyEstates || contact.isOnlyContact) {
    const errors = { ...act.errors, ...beside };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    return await answer(deps, visit, about, { ...shown, errors }, status);
  }
  const institution = await institutionOf(deps, application);
  const documents = await documentsOf(deps, visit, application, key.data);
  const kept = documents.filter(({ id }) => !takenOut.includes(id));
  const ground = await loadGround(deps.db, registration, typed, shanghaiDate(visit.now));
  const exceptId = institution.id;
  const judged = await judgeAll(deps.db, { typed, documents: kept, exceptId }, ground);
  const { kind } = await loadContactState(deps, visit, typed, known);
  const errors = inFormOrder({
    ...(kind === "unproven" ? CONTACT_UNPROVEN : {}),
    ...(judged.ok ? {} : judged.errors),
    ...beside,
  });
  if (!judged.ok || Object.keys(errors).length > 0) {
    return await answer(deps, visit, about, { ...shown, errors }, 422);
  }
  const outcome = await correctRegistration(
    deps,
    {
      application,
      institutionId: institution.id,
      registration,
      descriptor: deps.findDescriptor(application.number),
      typed,
      form: judged.form,
      takenOut,
      submissionKey: key.data,
      browserHash: visit.ensureBrowser(),
      mustProveContact: deps.sms.isAvailable,
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.kind !== "refused") return seeOther(visit, about.doneHref);
  return await answer(deps, visit, about, { ...shown, errors: outcome.errors }, 422);
}

/** Of the phone that was handed in: as long as it stays it need not be proven again. */
async function knownPhoneHash(
  { db, personalData }: CorrectionFormDeps,
  application: Application,
): Promise<Buffer | null> {
  const phone = await findContactPhone(db, personalData, application.id);
  return phone === null ? null : personalData.hash("phone", phone);
}

function institutionOf(
  deps: CorrectionFormDeps,
  application: Application,
): Promise<RegisteredInstitution> {
  return getRegisteredInstitution(deps.db, deps.personalData, application.id);
}

/** What was handed in before, and what is being added now. */
async function documentsOf(
  deps: CorrectionFormDeps,
  visit: Visit,
  application: Application,
  key: string,
) {
  const owner = { submissionKey: key, browserHash: visit.ensureBrowser() };
  return [
    ...(await listDocuments(deps, { applicationId: application.id })),
    ...(await listDocuments(deps, owner)),
  ];
}

async function answer(
  deps: CorrectionFormDeps,
  visit: Visit,
  about: CorrectionVisit,
  shown: { submissionKey: string; typed: Typed } & Partial<CorrectionPageProps>,
  status: number,
): Promise<Response> {
  const { application, registration, action, person } = about;
  const ground = await loadGround(deps.db, registration, shown.typed, shanghaiDate(visit.now));
  const institution = await institutionOf(deps, application);
  const story = await deps.findDescriptor(application.number).tell(deps.db, application, visit.now);
  const props: CorrectionPageProps = {
    errors: {},
    found: null,
    contactCode: "",
    ...shown,
    contact: await loadContactState(
      deps,
      visit,
      shown.typed,
      await knownPhoneHash(deps, application),
    ),
    registration,
    documents: await documentsOf(deps, visit, application, shown.submissionKey),
    districts: ground.districts,
    estates: ground.estates,
    conflicts: await tellConflicts(deps, ground, shown.typed, institution.id),
    shell: deps.shell(visit),
    number: application.number,
    institutionName: institution.name,
    wishes: story.corrections ?? [],
    action,
    person,
  };
  return page(visit, renderPage(<CorrectionPage {...props} />), status);
}
