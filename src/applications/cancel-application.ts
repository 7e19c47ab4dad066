import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { advanceApplication } from "./advance-application.ts";
import type { ApplicationDescriptor } from "./descriptor.ts";
import { findApplication } from "./find-application.ts";

/** An application cannot be taken back at this moment. The message is a sentence for the applicant. */
export class CancelRefused extends Error {
  override readonly name = "CancelRefused";
}

/** What came of taking an application back; `moved-on` when somebody took a step before. */
export type CancelOutcome =
  | { kind: "cancelled" }
  | { kind: "moved-on" }
  | { kind: "refused"; sentence: string };

/** Somebody else took the step first, or the notice is no longer what the step asks for. */
const MOVED_ON: ReadonlySet<unknown> = new Set(["WX008", "WX014"]);

/**
 * Takes an application back for its applicant: what hangs on it is undone, the timeline takes its step and
 * the audit trail its row, in one transaction. Of this and a bank's confirmation at the same moment one
 * happens. Whether he is the applicant was asked before. Taken back twice is taken back.
 */
export async function cancelApplication(
  db: Db,
  act: { number: string; descriptor: ApplicationDescriptor; now: Date },
  audit: AuditContext,
): Promise<CancelOutcome> {
  try {
    return await db.transaction().execute((tx) => cancelIn(tx, act, audit));
  } catch (error) {
    if (error instanceof CancelRefused) return { kind: "refused", sentence: error.message };
    if (MOVED_ON.has((error as { code?: unknown }).code)) return { kind: "moved-on" };
    throw error;
  }
}

async function cancelIn(
  tx: Tx,
  { number, descriptor, now }: Parameters<typeof cancelApplication>[1],
  audit: AuditContext,
): Promise<CancelOutcome> {
  const application = await findApplication(tx, number);
  const cancel = descriptor.applicantActs?.cancel;
  if (application === null || cancel === undefined) return { kind: "moved-on" };
  if (application.state === cancel.toState) return { kind: "cancelled" };
  if (!cancel.states.includes(application.state)) return { kind: "moved-on" };
  await cancel.undo(tx, application, now);
  await advanceApplication(
    tx,
    { application, descriptor },
    {
      toState: cancel.toState,
      actorRole: "applicant",
      actor: audit.actor,
      now,
      remark: "申请人自己撤销",
    },
  );
  await recordAudit(tx, audit, number, "cancelled");
  return { kind: "cancelled" };
}
