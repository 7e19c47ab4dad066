import { findApplication } from "#src/applications/find-application.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { ReviewedDescriptor } from "./desk-stages.ts";
import { scrubDigits } from "./schema.ts";

/** Personal data in clear, in the order in which the page shows it. */
export type Revealed = readonly (readonly [label: string, value: string])[];

/**
 * Reads the personal data of an application in clear for somebody who said why. The audit row with the
 * reason is written in the same transaction: what cannot be recorded is not shown.
 */
export async function revealPersonalData(
  db: Db,
  act: { number: string; descriptor: ReviewedDescriptor; reason: string; audit: AuditContext },
): Promise<Revealed | null> {
  return await db.transaction().execute(async (tx) => {
    const application = await findApplication(tx, act.number);
    if (application === null) return null;
    const revealed = await act.descriptor.review.reveal(tx, application);
    await recordAudit(tx, act.audit, act.number, scrubDigits(act.reason));
    return revealed;
  });
}
