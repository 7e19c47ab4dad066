import { listKeptEstates } from "#src/accounts/institutions/bound-estates.ts";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { attachDocuments } from "#src/applications/documents/attach-documents.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { isEmptyChange, sealChange } from "./change.ts";
import { forgetChangeDraft } from "./change-drafts.ts";
import { CHANGE_STAGES } from "./change-stages.ts";
import { CHANGE_DOCUMENTS, INSTITUTION_CHANGE } from "./descriptor.ts";
import {
  findOpenChange,
  getInstitution,
  isOwnChange,
  type RegisteredInstitution,
} from "./queries.ts";
import { type ReadChange, readChange } from "./read-change.ts";

/** What the use cases need from the house around them. */
export interface ChangeDeps {
  db: Db;
  personalData: PersonalData;
}

export type SubmitOutcome =
  | { kind: "submitted"; number: string }
  | { kind: "open-change"; number: string }
  /** It asks for another bank account, and the password was not given in the last minutes. */
  | { kind: "step-up" }
  | { kind: "errors"; errors: Record<string, string> };

/**
 * Hands a change in: what differs from what is registered, with its papers, in one transaction. What is registered
 * stays until an approver has said yes. Another bank account decides where money goes: it asks for the password first. An institution has one open change, and the same form makes one application.
 */
export async function submitChange(
  deps: ChangeDeps,
  submission: {
    institutionId: number;
    applicant: { name: string };
    sent: SentForm;
    submissionKey: string;
    browserHash: Buffer;
    /** Whether the applicant gave his password within the last minutes. */
    isSteppedUp: boolean;
    audit: AuditContext;
    now: Date;
  },
): Promise<SubmitOutcome> {
  return await deps.db.transaction().execute((tx) => submitIn(tx, deps, submission));
}

const USED = "这张表单已经用过了，请回到单位资料，重新打开变更的表单填写";

async function submitIn(
  tx: Tx,
  { personalData }: ChangeDeps,
  submission: Parameters<typeof submitChange>[1],
): Promise<SubmitOutcome> {
  const { institutionId, submissionKey, browserHash, now } = submission;
  const institution = await getInstitution(tx, personalData, institutionId, { isHeld: true });
  const earlier = await findApplicationBySubmission(tx, submissionKey);
  if (earlier !== null) {
    const isOwn = await isOwnChange(tx, institutionId, earlier);
    return isOwn && earlier.browserHash.equals(browserHash)
      ? { kind: "submitted", number: earlier.number }
      : { kind: "errors", errors: { "": USED } };
  }
  const open = await findOpenChange(tx, institutionId);
  if (open !== null) return { kind: "open-change", number: open.number };
  const read = await judgeChange(tx, institution, submission.sent, now);
  if (!read.ok) return { kind: "errors", errors: read.errors };
  const documents = await listDocuments({ db: tx, personalData }, { submissionKey, browserHash });
  const missing = missingDocuments(CHANGE_DOCUMENTS, documents);
  if (Object.keys(missing).length > 0) return { kind: "errors", errors: { ...missing } };
  if (read.change.account !== null && !submission.isSteppedUp) return { kind: "step-up" };
  const number = newApplicationNumber(INSTITUTION_CHANGE.numberPrefix, now);
  const applicationId = await createApplication(tx, {
    descriptor: INSTITUTION_CHANGE,
    stages: CHANGE_STAGES,
    number,
    house: null,
    noticeNo: null,
    institutionId,
    submissionKey,
    browserHash,
    contact: {
      name: submission.applicant.name,
      phone: institution.profile.contactPhone,
      personalData,
    },
    now,
  });
  await tx
    .insertInto("institution_change")
    .values({
      application_id: applicationId,
      institution_id: institutionId,
      change_cipher: sealChange(personalData, read.change),
    })
    .execute();
  const rules = CHANGE_DOCUMENTS;
  await attachDocuments(tx, { submissionKey, browserHash, applicationId, now, rules });
  await forgetChangeDraft(tx, submissionKey);
  await recordAudit(tx, submission.audit, number, "submitted");
  return { kind: "submitted", number };
}

/** Reads what a form asks for beside what is registered now; a form that asks for nothing is refused. */
export async function judgeChange(
  db: Db | Tx,
  institution: RegisteredInstitution,
  sent: SentForm,
  now: Date,
): Promise<ReadChange> {
  const today = shanghaiDate(now);
  const bound = await listKeptEstates(db, institution.id, today);
  const read = await readChange(db, sent, { institution, bound, today });
  if (!read.ok || !isEmptyChange(read.change)) return read;
  return { ok: false, errors: { "": "没有要变更的内容，请填写要改的那几项" } };
}
