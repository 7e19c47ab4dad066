import { advanceApplication } from "#src/applications/advance-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import {
  attachDocuments,
  removeFromApplication,
} from "#src/applications/documents/attach-documents.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { holdHouse } from "#src/ledger/house-balances.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { getHouse } from "#src/register/find-house.ts";
import { claimantOf, getClaim, listOwners } from "./queries.ts";
import {
  judgeRefund,
  type RefundDeps,
  type RefundOutcome,
  type RefundSubmission,
  writeClaim,
} from "./submit-refund.ts";

/** A correction (补正) of a refund that was sent back: a further claim under the same number. */
export interface RefundCorrection extends RefundSubmission {
  number: string;
  /** Documents of the application that are taken out. */
  takenOut: readonly string[];
}

/**
 * Hands a corrected refund in again: a new round of the claim, more documents, and the step back to the
 * fund centre. Whether whoever corrects is the applicant was asked before.
 */
export async function correctRefund(
  deps: RefundDeps & { descriptor: ApplicationDescriptor },
  correction: RefundCorrection,
  audit: AuditContext,
): Promise<RefundOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => correctIn(tx, deps, correction, audit));
  } catch (error) {
    // Sent twice at the same moment: the other one has taken the step.
    if (!["WX008", "WX020"].includes(String((error as { code?: string }).code))) throw error;
    return { ok: false, reason: "moved-on" };
  }
}

async function correctIn(
  tx: Tx,
  deps: RefundDeps & { descriptor: ApplicationDescriptor },
  correction: RefundCorrection,
  audit: AuditContext,
): Promise<RefundOutcome> {
  const before = await findApplication(tx, correction.number);
  if (before?.house == null) return { ok: false, reason: "unknown-house" };
  await holdHouse(tx, before.house);
  const application = (await findApplication(tx, correction.number)) as Application;
  if (application.state !== "correcting") return { ok: false, reason: "moved-on" };
  const house = await getHouse(tx, before.house);
  const claim = await getClaim(tx, application, deps.personalData);
  const owners = await listOwners(tx, house, deps.personalData);
  const owner = claimantOf(owners, claim);
  if (owner === undefined) return { ok: false, reason: "not-an-owner" };
  const judged = await judgeRefund(tx, deps, correction, {
    house,
    owner,
    ownerCount: owners.length,
    handedIn: { applicationId: application.id, takenOut: correction.takenOut },
  });
  if (!judged.ok) return judged;
  await writeClaim(tx, deps, correction, {
    applicationId: application.id,
    round: claim.round + 1,
    owner,
    ...judged,
  });
  const { now, browserHash, seal } = correction;
  await removeFromApplication(tx, {
    applicationId: application.id,
    documentIds: correction.takenOut,
    now,
  });
  await attachDocuments(tx, {
    submissionKey: seal.submissionKey,
    browserHash,
    applicationId: application.id,
    now,
    rules: judged.rules,
  });
  await advanceApplication(
    tx,
    { application, descriptor: deps.descriptor },
    { toState: "submitted", actorRole: "applicant", actor: audit.actor, now },
  );
  await recordAudit(tx, audit, application.number, "corrected");
  return { ok: true, kind: "submitted", number: application.number };
}
