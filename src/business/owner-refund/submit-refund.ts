import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { attachDocuments } from "#src/applications/documents/attach-documents.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import type { Fen } from "#src/kernel/money.ts";
import { holdHouse } from "#src/ledger/house-balances.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import { isSameName } from "#src/register/same-name.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { arithmeticText, keepBasis } from "./claim-basis.ts";
import { OWNER_REFUND } from "./descriptor.ts";
import {
  type Claimant,
  findClaimant,
  getRefundFacts,
  hasOpenRefund,
  listOwners,
  type Owner,
} from "./queries.ts";
import { documentsFor, findReason } from "./reasons.ts";
import { REFUND_STAGES } from "./review-stages.ts";
import { type NoRefund, offerRefund, type RefundBasis, type RefundOffer } from "./rules.ts";
import type { RefundForm, RefundFormSeal, TypedBasis } from "./schema.ts";
import { wrongBasisField } from "./wrong-basis.ts";

/** What an owner hands in on the page 补充退款信息. */
export interface RefundSubmission {
  form: RefundForm;
  seal: RefundFormSeal;
  basis: RefundBasis;
  browserHash: Buffer;
  now: Date;
}

/** What the use cases need from the house around them. */
export interface RefundDeps {
  db: Db;
  personalData: PersonalData;
}

/** Why nothing was handed in; nothing was stored. */
export type RefundRefusal =
  | { ok: false; reason: "unknown-house" | "not-an-owner" | "open-refund" | "form-used-elsewhere" }
  | { ok: false; reason: "moved-on" }
  | { ok: false; reason: "nothing-to-refund"; why: NoRefund; field: keyof TypedBasis | null }
  | { ok: false; reason: "amount-changed"; amountFen: Fen }
  | { ok: false; reason: "fields"; errors: FormErrors };

/** What became of a submission. `repeat` names what the first one made. */
export type RefundOutcome =
  | { ok: true; kind: "submitted" | "repeat"; number: string }
  | RefundRefusal;

const ANOTHER_FIRST = new Set(["application_submission_key_key", "owner_refund_open_once"]);

/**
 * Hands a refund in: application, claim and documents in one transaction. It reserves nothing (manual, D3).
 * The amount is computed again here; when it differs from what the owner saw, nothing is handed in. The
 * same form sent twice makes one application, and a house has one open refund.
 */
export async function submitRefund(
  deps: RefundDeps,
  submission: RefundSubmission & { houseCode: string; claimant: Claimant },
  audit: AuditContext,
): Promise<RefundOutcome> {
  const attempt = () =>
    deps.db.transaction().execute((tx) => submitIn(tx, deps, submission, audit));
  try {
    return await attempt();
  } catch (error) {
    // Two at the same moment: one of the database's keys let one of them in, the other finds it now.
    if (!ANOTHER_FIRST.has(String((error as { constraint?: string }).constraint))) throw error;
    return await attempt();
  }
}

async function submitIn(
  tx: Tx,
  deps: RefundDeps,
  submission: RefundSubmission & { houseCode: string; claimant: Claimant },
  audit: AuditContext,
): Promise<RefundOutcome> {
  const { seal, form, now, browserHash } = submission;
  const house = await findHouseByCode(tx, submission.houseCode);
  if (house === null) return { ok: false, reason: "unknown-house" };
  await holdHouse(tx, house);
  const earlier = await findApplicationBySubmission(tx, seal.submissionKey);
  if (earlier !== null) {
    const isSame =
      earlier.house?.houseId === house.houseId && earlier.browserHash.equals(browserHash);
    return isSame
      ? { ok: true, kind: "repeat", number: earlier.number }
      : { ok: false, reason: "form-used-elsewhere" };
  }
  const owners = await listOwners(tx, house, deps.personalData);
  const owner = findClaimant(owners, submission.claimant);
  if (owner === undefined) return { ok: false, reason: "not-an-owner" };
  if (await hasOpenRefund(tx, house)) return { ok: false, reason: "open-refund" };
  const judged = await judgeRefund(tx, deps, submission, {
    house,
    owner,
    ownerCount: owners.length,
  });
  if (!judged.ok) return judged;

  const number = newApplicationNumber(OWNER_REFUND.numberPrefix, now);
  const applicationId = await createApplication(tx, {
    descriptor: OWNER_REFUND,
    stages: REFUND_STAGES,
    number,
    house,
    noticeNo: null,
    submissionKey: seal.submissionKey,
    browserHash,
    contact: { name: owner.name, phone: form.phone, personalData: deps.personalData },
    now,
  });
  await tx
    .insertInto("owner_refund")
    .values({
      application_id: applicationId,
      estate_id: house.estateId,
      house_id: house.houseId,
      owner_n: owner.n,
    })
    .execute();
  await writeClaim(tx, deps, submission, { applicationId, round: 1, owner, ...judged });
  const rules = judged.rules;
  await attachDocuments(tx, {
    submissionKey: seal.submissionKey,
    browserHash,
    applicationId,
    now,
    rules,
  });
  await recordAudit(tx, audit, number, "submitted");
  return { ok: true, kind: "submitted", number };
}

interface Judged {
  ok: true;
  offer: RefundOffer;
  arithmetic: string;
  rules: ReturnType<typeof documentsFor>;
}

/** Computes the amount anew and looks at payee and papers: what the owner may hand in, or why not. */
export async function judgeRefund(
  tx: Tx,
  deps: RefundDeps,
  submission: RefundSubmission,
  about: {
    house: House;
    owner: Owner;
    ownerCount: number;
    handedIn?: { applicationId: bigint; takenOut: readonly string[] };
  },
): Promise<Judged | RefundRefusal> {
  const { seal, form, basis } = submission;
  const reason = findReason(seal.reason);
  if (reason === null) throw new Error(`no reason ${seal.reason} is offered`);
  const facts = await getRefundFacts(tx, about.house);
  const offer = offerRefund(seal.reason, facts, basis);
  if (!offer.ok) {
    const field = wrongBasisField(seal.reason, facts, offer.reason);
    return { ok: false, reason: "nothing-to-refund", why: offer.reason, field };
  }
  if (offer.amountFen !== seal.amountSeen) {
    return { ok: false, reason: "amount-changed", amountFen: offer.amountFen };
  }
  const rules = documentsFor(reason, about.ownerCount);
  const reader = { db: tx, personalData: deps.personalData };
  const { handedIn } = about;
  const documents = [
    ...(await listDocuments(reader, {
      submissionKey: seal.submissionKey,
      browserHash: submission.browserHash,
    })),
    ...(handedIn === undefined
      ? []
      : (await listDocuments(reader, { applicationId: handedIn.applicationId })).filter(
          ({ id }) => !handedIn.takenOut.includes(id),
        )),
  ];
  const errors = {
    ...(isSameName(form.payeeName, about.owner.name)
      ? {}
      : { payeeName: "收款人户名应与申请退款的业主姓名一致，不能退到别人的账户" }),
    ...missingDocuments(rules, documents),
  };
  if (Object.keys(errors).length > 0) return { ok: false, reason: "fields", errors };
  const arithmetic = arithmeticText(seal.reason, facts, basis, offer);
  return { ok: true, offer, arithmetic, rules };
}

/** Writes one round of a claim as it was handed in. */
export async function writeClaim(
  tx: Tx,
  { personalData }: RefundDeps,
  { form, seal, basis, now }: RefundSubmission,
  claim: {
    applicationId: bigint;
    round: number;
    owner: Owner;
    offer: RefundOffer;
    arithmetic: string;
  },
): Promise<void> {
  await tx
    .insertInto("owner_refund_claim")
    .values({
      application_id: claim.applicationId,
      round: claim.round,
      reason: seal.reason,
      principal_fen: claim.offer.principalFen,
      interest_fen: claim.offer.interestFen,
      basis: JSON.stringify(keepBasis(basis, claim.arithmetic)),
      original_notice_no: claim.offer.originalNoticeNo,
      payee_name_cipher: personalData.encrypt(form.payeeName),
      payee_account_cipher: personalData.encrypt(form.payeeAccount),
      payee_bank_cipher: personalData.encrypt(form.payeeBank),
      statement_cipher: personalData.encrypt(form.statement),
      made_at: now,
      owner_document_hash: claim.owner.documentHash,
    })
    .execute();
}
