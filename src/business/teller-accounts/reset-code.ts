import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { endSessionsOf } from "#src/platform/sessions.ts";

/** What an administrator can do about a teller's one-time code: ask, do what another asked for, or take it back. */
export type ResetAct = "ask" | "do" | "withdraw";

export type ResetOutcome =
  | { kind: "done" }
  | { kind: "unknown" }
  /** There is no code to reset. */
  | { kind: "no-code" }
  | { kind: "asked-already" }
  /** Nobody asked, or it was a day ago. */
  | { kind: "not-asked" }
  /** Who asked does not do it as well. */
  | { kind: "own-request" };

const ASKED_HOURS = 24;

/**
 * Resets a teller's one-time code with four eyes: one administrator asks, another one does it within a day. The
 * next sign-in sets the code up anew, with the teller's own password, which nobody at the fund centre can give out.
 * His sessions end. Each step stands in the audit trail.
 */
export async function resetTellerCode(
  db: Db,
  request: { act: ResetAct; username: string; admin: string; now: Date; audit: AuditContext },
): Promise<ResetOutcome> {
  const { act, username, now } = request;
  return await db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom("bank_teller")
      .select(["id", "totp_secret_cipher", "code_reset_asked_by", "code_reset_asked_at"])
      .where("username", "=", username)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) return { kind: "unknown" };
    const askedAt = found.code_reset_asked_at?.getTime() ?? 0;
    const isAsked = now.getTime() - askedAt < ASKED_HOURS * 3_600_000;
    const refusal = refuse(act, request.admin, {
      hasCode: found.totp_secret_cipher !== null,
      askedBy: isAsked ? found.code_reset_asked_by : null,
    });
    if (refusal !== null) return { kind: refusal };
    const asked = { code_reset_asked_by: request.admin, code_reset_asked_at: now };
    const cleared = { code_reset_asked_by: null, code_reset_asked_at: null };
    const set = {
      ask: asked,
      withdraw: cleared,
      do: { ...cleared, totp_secret_cipher: null, totp_last_step: null },
    }[act];
    await tx.updateTable("bank_teller").set(set).where("id", "=", found.id).execute();
    if (act === "do") await endSessionsOf(tx, "bank", [found.id]);
    await recordAudit(tx, request.audit, `teller:${username}`, act);
    return { kind: "done" };
  });
}

/** Why an act is refused, by what stands; null where it is not. */
function refuse(
  act: ResetAct,
  admin: string,
  { hasCode, askedBy }: { hasCode: boolean; askedBy: string | null },
): Exclude<ResetOutcome["kind"], "done" | "unknown"> | null {
  if (act === "ask") {
    if (!hasCode) return "no-code";
    return askedBy === null ? null : "asked-already";
  }
  if (askedBy === null) return "not-asked";
  return act === "do" && askedBy === admin ? "own-request" : null;
}
