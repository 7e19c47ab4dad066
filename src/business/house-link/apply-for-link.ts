import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { isLinkedHouse } from "#src/accounts/owners/owner-houses.ts";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { attachDocuments } from "#src/applications/documents/attach-documents.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { holdHouse } from "#src/ledger/house-balances.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { HOUSE_LINK, LINK_DOCUMENTS } from "./descriptor.ts";
import { type LinkForm, sealLinkForm } from "./link-form.ts";
import { listOpenLinks } from "./queries.ts";
import { LINK_STAGES } from "./review-stages.ts";
import { type LinkRefusal, linkRefusal } from "./rules.ts";

/** What the use cases need from the house around them. */
export interface HouseLinkDeps {
  db: Db;
  personalData: PersonalData;
}

/** What an owner hands in. */
export interface LinkSubmission {
  account: OwnerAccount;
  house: House;
  form: LinkForm;
  submissionKey: string;
  browserHash: Buffer;
  audit: AuditContext;
  now: Date;
}

/** What became of it; only `applied` wrote something, or found what the same form had written. */
export type LinkApplyOutcome =
  | { kind: "applied"; number: string }
  | { kind: "refused"; reason: LinkRefusal }
  | { kind: "missing"; errors: Readonly<Record<string, string>> };

/**
 * Hands in papers for a house, in one transaction. Nothing of the house is opened by it, and the register stays as it
 * is: the link is made by whoever approves. The same form makes one application, and a house is asked for once.
 */
export async function applyForLink(
  deps: HouseLinkDeps,
  submission: LinkSubmission,
): Promise<LinkApplyOutcome> {
  return await deps.db.transaction().execute((tx) => applyIn(tx, deps, submission));
}

async function applyIn(
  tx: Tx,
  { personalData }: HouseLinkDeps,
  submission: LinkSubmission,
): Promise<LinkApplyOutcome> {
  const { account, form, submissionKey, browserHash, now } = submission;
  await holdHouse(tx, submission.house);
  const earlier = await findApplicationBySubmission(tx, submissionKey);
  if (earlier?.browserHash.equals(browserHash) && earlier.kind === HOUSE_LINK.kind) {
    return { kind: "applied", number: earlier.number };
  }
  const house = await getHouse(tx, submission.house);
  const documentHash = personalData.hash("document", form.documentNo);
  const reason = await findRefusal(tx, account, house, documentHash);
  if (reason !== null) return { kind: "refused", reason };
  const documents = await listDocuments({ db: tx, personalData }, { submissionKey, browserHash });
  const errors = missingDocuments(LINK_DOCUMENTS, documents);
  if (Object.keys(errors).length > 0) return { kind: "missing", errors };
  const number = newApplicationNumber(HOUSE_LINK.numberPrefix, now);
  const applicationId = await createApplication(tx, {
    descriptor: HOUSE_LINK,
    stages: LINK_STAGES,
    number,
    house,
    noticeNo: null,
    submissionKey,
    browserHash,
    contact: { name: form.name, phone: account.phone, personalData },
    now,
  });
  await tx
    .insertInto("house_link")
    .values({
      application_id: applicationId,
      owner_id: account.id,
      estate_id: house.estateId,
      house_id: house.houseId,
      form_cipher: sealLinkForm(personalData, form),
      document_hash: documentHash,
      handed_in_at: now,
    })
    .execute();
  const rules = LINK_DOCUMENTS;
  await attachDocuments(tx, { submissionKey, browserHash, applicationId, now, rules });
  await recordAudit(tx, submission.audit, number, "submitted");
  return { kind: "applied", number };
}

/** Why an account cannot ask for a house now; `askedDocument` is null before a number was typed. */
export async function findRefusal(
  db: Db | Tx,
  account: OwnerAccount,
  house: House,
  askedDocument: Buffer | null,
): Promise<LinkRefusal | null> {
  const open = await listOpenLinks(db, account.id);
  return linkRefusal({
    status: house.status,
    isLinked: await isLinkedHouse(db, account.id, house.code),
    hasOpenApplication: open.some(
      ({ estateId, houseId }) => estateId === house.estateId && houseId === house.houseId,
    ),
    openCount: open.length,
    accountDocument: account.documentHash,
    askedDocument,
  });
}
