import { sql } from "kysely";
import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { advanceApplication } from "#src/applications/advance-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import {
  attachDocuments,
  removeFromApplication,
} from "#src/applications/documents/attach-documents.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { holdApplication } from "#src/applications/hold-application.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { HouseLinkDeps } from "./apply-for-link.ts";
import { LINK_DOCUMENTS } from "./descriptor.ts";
import { sealLinkForm } from "./link-form.ts";
import { getAskedLink } from "./queries.ts";

/** What an owner puts right. */
export interface LinkCorrection {
  account: OwnerAccount;
  number: string;
  /** `documentNo` is null where it stays as it was. */
  form: { name: string; documentNo: string | null; note: string };
  /** Documents of before that he took out. */
  takenOut: readonly string[];
  submissionKey: string;
  browserHash: Buffer;
  audit: AuditContext;
  now: Date;
}

export type CorrectionOutcome =
  | { kind: "corrected" }
  | { kind: "moved-on" }
  | { kind: "other-person" }
  | { kind: "missing"; errors: Readonly<Record<string, string>> };

/**
 * Hands an application that was sent back in again, under its number (补正): what it says and its papers are replaced,
 * what they were is kept. `moved-on`: it does not wait for its applicant any more.
 */
export async function correctLink(
  deps: HouseLinkDeps,
  descriptor: ApplicationDescriptor,
  correction: LinkCorrection,
): Promise<CorrectionOutcome> {
  return await deps.db.transaction().execute((tx) => correctIn(tx, deps, descriptor, correction));
}

async function correctIn(
  tx: Tx,
  { personalData }: HouseLinkDeps,
  descriptor: ApplicationDescriptor,
  correction: LinkCorrection,
): Promise<CorrectionOutcome> {
  const { account, number, submissionKey, browserHash, takenOut, now } = correction;
  const application = await holdApplication(tx, number);
  if (application?.state !== "correcting") return { kind: "moved-on" };
  const asked = await getAskedLink(tx, personalData, application);
  const documentNo = correction.form.documentNo ?? asked.form.documentNo;
  const documentHash = personalData.hash("document", documentNo);
  if (account.documentHash !== null && !account.documentHash.equals(documentHash)) {
    return { kind: "other-person" };
  }
  const reader = { db: tx, personalData };
  const applicationId = application.id;
  const kept = (await listDocuments(reader, { applicationId })).filter(
    ({ id }) => !takenOut.includes(id),
  );
  const added = await listDocuments(reader, { submissionKey, browserHash });
  const errors = missingDocuments(LINK_DOCUMENTS, [...kept, ...added]);
  if (Object.keys(errors).length > 0) return { kind: "missing", errors };
  const sealed = sealLinkForm(personalData, { ...correction.form, documentNo });
  await sql`
    update house_link set earlier_form_ciphers = earlier_form_ciphers || form_cipher, form_cipher = ${sealed},
        document_hash = ${documentHash}, handed_in_at = ${now}
      where application_id = ${applicationId.toString()}::bigint`.execute(tx);
  await removeFromApplication(tx, { applicationId, documentIds: takenOut, now });
  const rules = LINK_DOCUMENTS;
  await attachDocuments(tx, { submissionKey, browserHash, applicationId, now, rules });
  const step = { toState: "submitted", actorRole: "applicant", actor: "visitor", now } as const;
  await advanceApplication(tx, { application, descriptor }, step);
  await tx
    .updateTable("application_contact")
    .set({ name_cipher: personalData.encrypt(correction.form.name) })
    .where("application_id", "=", applicationId)
    .execute();
  await recordAudit(tx, correction.audit, number, "corrected");
  return { kind: "corrected" };
}
