import { CONTACT_UNPROVEN } from "#src/accounts/institutions/contact-acts.ts";
import { findContactProof } from "#src/accounts/institutions/contact-proof.ts";
import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import { advanceApplication } from "#src/applications/advance-application.ts";
import { findContactPhone } from "#src/applications/contact-phone.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import {
  attachDocuments,
  removeFromApplication,
} from "#src/applications/documents/attach-documents.ts";
import type { Application } from "#src/applications/find-application.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { type Registration, SUBMITTED } from "./descriptor.ts";
import { getSubmittedForm, replaceForm } from "./drafts.ts";
import type { RegistrationForm } from "./read-form.ts";
import type { Typed } from "./schema.ts";
import { insertBindings, takenErrors } from "./submit.ts";

/** A corrected form that reads well, for an application that waits for it. */
export interface Correction {
  application: Application;
  institutionId: number;
  registration: Registration;
  descriptor: ApplicationDescriptor;
  typed: Typed;
  form: RegistrationForm;
  /** Documents that the applicant took out. */
  takenOut: readonly string[];
  /** The key under which new documents were uploaded, and the browser that did. */
  submissionKey: string;
  browserHash: Buffer;
  /** HandIn.mustProveContact, of a phone that differs from the one that was handed in. */
  mustProveContact: boolean;
  now: Date;
}

/** What became of a correction; `moved-on` when somebody took a step before. */
export type CorrectionOutcome =
  | { kind: "corrected" }
  | { kind: "moved-on" }
  | { kind: "refused"; errors: FormErrors };

/**
 * Hands a corrected registration in again under its number (补正): institution, contact and estates are rewritten,
 * what the form said before is kept, user name and password stay. The fund centre looks at it from the beginning.
 */
export async function correctRegistration(
  deps: { db: Db; personalData: PersonalData },
  correction: Correction,
  audit: AuditContext,
): Promise<CorrectionOutcome> {
  try {
    return await deps.db
      .transaction()
      .execute((tx) => correctIn(tx, deps.personalData, correction, audit));
  } catch (error) {
    const errors = takenErrors(error);
    if (errors !== null) return { kind: "refused", errors };
    // Handed in in another window, or taken back.
    const { code } = error as { code?: string };
    if (code === "WX008" || code === "23503") return { kind: "moved-on" };
    throw error;
  }
}

async function correctIn(
  tx: Tx,
  personalData: PersonalData,
  correction: Correction,
  audit: AuditContext,
): Promise<CorrectionOutcome> {
  const { application, descriptor, now } = correction;
  const contact = await judgeContact(tx, personalData, correction);
  if (!contact.ok) return { kind: "refused", errors: CONTACT_UNPROVEN };
  await advanceApplication(
    tx,
    { application, descriptor },
    { toState: SUBMITTED, actorRole: "applicant", actor: audit.actor, now },
  );
  await rewriteInstitution(tx, personalData, correction);
  const applicationId = application.id;
  await replaceForm({ db: tx, personalData }, applicationId, {
    typed: correction.typed,
    savedAt: now,
    contactProvenAt: contact.provenAt,
  });
  await removeFromApplication(tx, { applicationId, documentIds: correction.takenOut, now });
  await attachDocuments(tx, {
    submissionKey: correction.submissionKey,
    browserHash: correction.browserHash,
    applicationId,
    now,
    rules: correction.registration.documents,
  });
  await recordAudit(tx, audit, application.number, "corrected");
  return { kind: "corrected" };
}

/** A phone that stays needs no new code; what was known of it stays as well. */
async function judgeContact(
  tx: Tx,
  personalData: PersonalData,
  { application, form, browserHash, mustProveContact, now }: Correction,
): Promise<{ ok: true; provenAt: Date | null } | { ok: false }> {
  const reader = { db: tx, personalData };
  const phone = form.profile.contactPhone;
  if ((await findContactPhone(tx, personalData, application.id)) === phone) {
    const { contactProvenAt } = await getSubmittedForm(reader, application.id);
    return { ok: true, provenAt: contactProvenAt };
  }
  const provenAt = await findContactProof(reader, { phone, browserHash, now });
  return provenAt === null && mustProveContact ? { ok: false } : { ok: true, provenAt };
}

async function rewriteInstitution(
  tx: Tx,
  personalData: PersonalData,
  { institutionId, form, application }: Correction,
): Promise<void> {
  await tx
    .updateTable("institution")
    .set({
      name: form.name,
      credit_code: form.creditCode,
      record_no: form.recordNo,
      profile_cipher: sealProfile(personalData, form.profile),
    })
    .where("id", "=", institutionId)
    .execute();
  const person = {
    name_cipher: personalData.encrypt(form.profile.contactName),
    phone_cipher: personalData.encrypt(form.profile.contactPhone),
  };
  await tx
    .updateTable("institution_user")
    .set(person)
    .where("institution_id", "=", institutionId)
    .where("is_admin", "=", true)
    .execute();
  await tx
    .updateTable("application_contact")
    .set({ ...person, phone_hash: personalData.hash("phone", form.profile.contactPhone) })
    .where("application_id", "=", application.id)
    .execute();
  await tx.deleteFrom("institution_estate").where("institution_id", "=", institutionId).execute();
  await insertBindings(tx, institutionId, form);
}
