import { advanceApplication } from "#src/applications/advance-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import {
  attachDocuments,
  removeFromApplication,
} from "#src/applications/documents/attach-documents.ts";
import type { Application } from "#src/applications/find-application.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { findTwin } from "#src/register/find-twins.ts";
import { fundOf } from "#src/register/house-words.ts";
import { correctProvisionalHouse, holdMarks } from "#src/register/provisional-house.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { houseFactsOf, type UnrecordedDeps } from "./apply.ts";
import { replaceForm, type Typed } from "./drafts.ts";
import { adviseOn, identityOf } from "./queries.ts";
import { documentCase, documentRules, type TwinAdvice } from "./rules.ts";
import type { UnrecordedForm } from "./schema.ts";

/** A corrected form that reads well, for an application that waits for it. */
export interface Correction {
  application: Application;
  descriptor: ApplicationDescriptor;
  typed: Typed;
  form: UnrecordedForm;
  standard: RegisterStandard;
  /** Documents that the applicant took out. */
  takenOut: readonly string[];
  /** The key under which new documents were uploaded, and the browser that did. */
  submissionKey: string;
  browserHash: Buffer;
  now: Date;
}

/** What became of a correction. */
export type CorrectionOutcome =
  | { ok: true }
  | { ok: false; reason: "moved-on" }
  | { ok: false; reason: "other-fund" }
  | { ok: false; reason: "twin"; advice: TwinAdvice };

/**
 * Hands a corrected application in again under its number (补正): house and owners are rewritten except for
 * the address, which is what was paid for, and the fund that the money went into; what the form said before
 * is kept. The fund centre then looks at it from the beginning.
 */
export async function correctApplication(
  deps: UnrecordedDeps,
  correction: Correction,
  audit: AuditContext,
): Promise<CorrectionOutcome> {
  try {
    return await deps.db.transaction().execute(async (tx) => {
      const { application, form, now } = correction;
      const { house } = application;
      if (house === null) throw new Error(`application ${application.number} has no house`);
      const paidFor = await getHouse(tx, house);
      if (fundOf(form.houseNature) !== fundOf(paidFor.houseNature)) {
        return { ok: false, reason: "other-fund" };
      }
      const others = { ...identityOf(house.estateId, form), roomKey: "" };
      await holdMarks(tx, others);
      const twin = await findTwin(tx, others, house);
      if (twin !== null) {
        return { ok: false, reason: "twin", advice: await adviseOn(tx, twin, null) };
      }
      await advanceApplication(
        tx,
        { application, descriptor: correction.descriptor },
        { toState: "to-verify", actorRole: "applicant", actor: "visitor", now },
      );
      await rewrite(tx, correction, house, deps.personalData);
      await recordAudit(tx, audit, application.number, "corrected");
      return { ok: true };
    });
  } catch (error) {
    // Somebody else took a step meanwhile: handed in in another window, or the bank took its money back.
    if (["WX008", "23503"].includes((error as { code?: string }).code ?? "")) {
      return { ok: false, reason: "moved-on" };
    }
    throw error;
  }
}

async function rewrite(
  tx: UnrecordedDeps["db"] & Parameters<typeof attachDocuments>[0],
  correction: Correction,
  house: { estateId: number; houseId: bigint },
  personalData: PersonalData,
): Promise<void> {
  const { application, form, standard, typed, now } = correction;
  await replaceForm({ db: tx, personalData }, application.id, { typed, savedAt: now });
  await correctProvisionalHouse(tx, house, houseFactsOf(form, standard), personalData);
  await removeFromApplication(tx, {
    applicationId: application.id,
    documentIds: correction.takenOut,
    now,
  });
  await attachDocuments(tx, {
    submissionKey: correction.submissionKey,
    browserHash: correction.browserHash,
    applicationId: application.id,
    now,
    rules: documentRules(documentCase(form, standard)),
  });
}
