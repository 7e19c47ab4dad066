import { sql } from "kysely";
import { advanceApplication } from "#src/applications/advance-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import {
  attachDocuments,
  removeFromApplication,
} from "#src/applications/documents/attach-documents.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import type { Application } from "#src/applications/find-application.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { sealChange } from "./change.ts";
import { forgetChangeDraft } from "./change-drafts.ts";
import { CHANGE_DOCUMENTS } from "./descriptor.ts";
import { getInstitution } from "./queries.ts";
import { type ChangeDeps, judgeChange } from "./submit-change.ts";

/** A change that was sent back and is handed in again. */
export interface ChangeCorrection {
  institutionId: number;
  application: Application;
  descriptor: ApplicationDescriptor;
  sent: SentForm;
  /** Documents that the applicant took out. */
  takenOut: readonly string[];
  /** The key under which new documents were uploaded, and the browser that did. */
  submissionKey: string;
  browserHash: Buffer;
  /** Whether the applicant gave his password within the last minutes. */
  isSteppedUp: boolean;
  audit: AuditContext;
  now: Date;
}

/** What became of it; `moved-on` when somebody took a step before, `step-up` when the password has to be given first. */
export type ChangeCorrectionOutcome =
  | { kind: "corrected" }
  | { kind: "moved-on" }
  | { kind: "step-up" }
  | { kind: "errors"; errors: Record<string, string> };

/**
 * Hands a change in again under its number (补正): what is asked for is read anew beside what is registered now, what
 * was asked for before is kept, and the fund centre looks at it from the beginning.
 */
export async function correctChange(
  deps: ChangeDeps,
  correction: ChangeCorrection,
): Promise<ChangeCorrectionOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => correctIn(tx, deps, correction));
  } catch (error) {
    // Handed in in another window, or taken back.
    const { code } = error as { code?: string };
    if (code === "WX008" || code === "23503") return { kind: "moved-on" };
    throw error;
  }
}

async function correctIn(
  tx: Tx,
  { personalData }: ChangeDeps,
  correction: ChangeCorrection,
): Promise<ChangeCorrectionOutcome> {
  const { application, descriptor, submissionKey, browserHash, takenOut, audit, now } = correction;
  const { institutionId } = correction;
  const institution = await getInstitution(tx, personalData, institutionId, { isHeld: true });
  const read = await judgeChange(tx, institution, correction.sent, now);
  const reader = { db: tx, personalData };
  const documents = [
    ...(await listDocuments(reader, { applicationId: application.id })),
    ...(await listDocuments(reader, { submissionKey, browserHash })),
  ].filter(({ id }) => !takenOut.includes(id));
  const errors = {
    ...(read.ok ? {} : read.errors),
    ...missingDocuments(CHANGE_DOCUMENTS, documents),
  };
  if (!read.ok || Object.keys(errors).length > 0) return { kind: "errors", errors };
  if (read.change.account !== null && !correction.isSteppedUp) return { kind: "step-up" };
  await advanceApplication(
    tx,
    { application, descriptor },
    { toState: descriptor.submittedState, actorRole: "applicant", actor: audit.actor, now },
  );
  await sql`
    update institution_change set earlier_change_ciphers = earlier_change_ciphers || change_cipher,
        change_cipher = ${sealChange(personalData, read.change)}
      where application_id = ${application.id.toString()}::bigint`.execute(tx);
  const applicationId = application.id;
  await removeFromApplication(tx, { applicationId, documentIds: takenOut, now });
  const rules = CHANGE_DOCUMENTS;
  await attachDocuments(tx, { submissionKey, browserHash, applicationId, now, rules });
  await forgetChangeDraft(tx, submissionKey);
  await recordAudit(tx, audit, application.number, "corrected");
  return { kind: "corrected" };
}
