import { CONTACT_UNPROVEN } from "#src/accounts/institutions/contact-acts.ts";
import { findContactProof } from "#src/accounts/institutions/contact-proof.ts";
import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { attachDocuments } from "#src/applications/documents/attach-documents.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { queueNoticeSms } from "#src/applications/notice-sms.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { Agreement } from "./agreement.ts";
import { applicationBasics, RECEIVED_WORDS, type Registration } from "./descriptor.ts";
import { bindDraft, type DraftKey, holdDraft } from "./drafts.ts";
import { judgeAll, loadGround, SAME_CODE, USERNAME_TAKEN } from "./form-state.ts";
import type { RegistrationForm } from "./read-form.ts";
import { stagesOf } from "./review-stages.ts";

/** A draft that is handed in, with what is not part of it. */
export interface HandIn extends DraftKey {
  registration: Registration;
  username: string;
  passwordHash: string;
  agreement: Agreement;
  /** Of the network address from which the agreement was accepted. */
  addressHash: Buffer;
  /** Whether a phone that this browser did not prove is refused: where text messages leave the house. */
  mustProveContact: boolean;
  now: Date;
}

/** What became of it. Only `submitted` wrote something; `repeat` names what the first one made. */
export type SubmitOutcome =
  | { ok: true; kind: "submitted" | "repeat"; number: string }
  | { ok: false; errors: FormErrors }
  | { ok: false; errors: null };

interface SubmitDeps {
  db: Db;
  personalData: PersonalData;
}

/** Which guard of the database a race ran into, and what is said then. */
const TAKEN: Readonly<Record<string, FormErrors>> = {
  institution_code: { creditCode: SAME_CODE },
  institution_record: { recordNo: SAME_CODE },
  institution_user_username: { username: USERNAME_TAKEN },
};

/**
 * Hands a registration in: application, institution (pending), its administrator, the estates it wants to be bound
 * to, documents and accepted agreement, in one transaction. Form and documents are judged again here; a code or a
 * user name that somebody else took at the same moment is refused by the database and told like any other.
 */
export async function submitRegistration(
  deps: SubmitDeps,
  handIn: HandIn,
  audit: AuditContext,
): Promise<SubmitOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => submitIn(tx, deps, handIn, audit));
  } catch (error) {
    const errors = takenErrors(error);
    if (errors === null && !isUsedElsewhere(error)) throw error;
    return { ok: false, errors };
  }
}

/** Another business has an application under the key of this form: no page of ours made that. */
function isUsedElsewhere(error: unknown): boolean {
  return (error as { constraint?: string }).constraint === "application_submission_key_key";
}

/** What a refused row means for the form, or null for another error. */
export function takenErrors(error: unknown): FormErrors | null {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return (code === "23505" && constraint !== undefined && TAKEN[constraint]) || null;
}

async function submitIn(
  tx: Tx,
  { personalData }: SubmitDeps,
  handIn: HandIn,
  audit: AuditContext,
): Promise<SubmitOutcome> {
  const { registration, submissionKey, browserHash, now } = handIn;
  const draft = await holdDraft(tx, handIn, personalData);
  if (draft === null) return await findRepeat(tx, handIn);
  if (draft.kind !== registration.institution) return { ok: false, errors: null };
  const documents = await listDocuments({ db: tx, personalData }, { submissionKey, browserHash });
  const ground = await loadGround(tx, registration, draft.typed, shanghaiDate(now));
  const judged = await judgeAll(tx, { typed: draft.typed, documents, exceptId: null }, ground);
  if (!judged.ok) return { ok: false, errors: judged.errors };
  const { form } = judged;
  const claim = { phone: form.profile.contactPhone, browserHash, now };
  const contactProvenAt = await findContactProof({ db: tx, personalData }, claim);
  if (handIn.mustProveContact && contactProvenAt === null) {
    return { ok: false, errors: CONTACT_UNPROVEN };
  }
  const number = newApplicationNumber(registration.numberPrefix, now);
  const { contactName: name, contactPhone: phone } = form.profile;
  const applicationId = await createApplication(tx, {
    descriptor: applicationBasics(registration),
    stages: stagesOf(registration),
    number,
    house: null,
    noticeNo: null,
    submissionKey,
    browserHash,
    contact: { name, phone, personalData },
    now,
  });
  await insertInstitution(tx, personalData, form, { ...handIn, applicationId });
  await bindDraft(tx, {
    submissionKey,
    applicationId,
    agreement: handIn.agreement,
    agreedAt: now,
    addressHash: handIn.addressHash,
    contactProvenAt,
  });
  await queueNoticeSms(tx, applicationId, RECEIVED_WORDS, now);
  const rules = registration.documents;
  await attachDocuments(tx, { submissionKey, browserHash, applicationId, now, rules });
  await recordAudit(tx, audit, number, "submitted");
  return { ok: true, kind: "submitted", number };
}

/** A form that is no draft any more was handed in before, by this browser or not at all. */
async function findRepeat(tx: Tx, key: DraftKey): Promise<SubmitOutcome> {
  const earlier = await findApplicationBySubmission(tx, key.submissionKey);
  return earlier?.browserHash.equals(key.browserHash)
    ? { ok: true, kind: "repeat", number: earlier.number }
    : { ok: false, errors: null };
}

async function insertInstitution(
  tx: Tx,
  personalData: PersonalData,
  form: RegistrationForm,
  by: HandIn & { applicationId: bigint },
): Promise<void> {
  const { id } = await tx
    .insertInto("institution")
    .values({
      kind: by.registration.institution,
      name: form.name,
      credit_code: form.creditCode,
      record_no: form.recordNo,
      profile_cipher: sealProfile(personalData, form.profile),
      application_id: by.applicationId,
      created_at: by.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("institution_user")
    .values({
      institution_id: id,
      username: by.username,
      password_hash: by.passwordHash,
      name_cipher: personalData.encrypt(form.profile.contactName),
      phone_cipher: personalData.encrypt(form.profile.contactPhone),
      is_admin: true,
      is_password_initial: false,
    })
    .execute();
  await insertBindings(tx, id, form);
}

/** Writes the estates that an institution wants to be bound to. */
export async function insertBindings(
  tx: Tx,
  institutionId: number,
  { bindings }: Pick<RegistrationForm, "bindings">,
): Promise<void> {
  if (bindings.length === 0) return;
  await tx
    .insertInto("institution_estate")
    .values(
      bindings.map(({ estate, contractNo, serviceKind, startsOn, endsOn }) => ({
        institution_id: institutionId,
        estate_id: estate.id,
        contract_no: contractNo,
        service_kind: serviceKind,
        starts_on: startsOn,
        ends_on: endsOn,
      })),
    )
    .execute();
}
