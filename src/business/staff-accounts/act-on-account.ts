import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { makeInitialPassword } from "#src/platform/initial-password.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import { endSessionsOf } from "#src/platform/sessions.ts";
import { type StaffMember, staffActor } from "#src/platform/staff/staff-members.ts";

/** What an administrator can do about somebody else's account. */
export type AccountAct = "disable" | "enable" | "reset-code" | "reset-password";

export type AccountOutcome =
  | {
      kind: "done" /** Shown once; only of a password that was given out. */;
      password: string | null;
    }
  | { kind: "unknown" }
  /** Nobody locks himself out, or loosens what his own account is guarded by. */
  | { kind: "own-account" }
  /** Its password is public, so it stays closed where this is no demonstration. */
  | { kind: "demonstration" };

/**
 * Does one thing about an account and ends its sessions unless it was opened: closes or opens it, has its
 * one-time codes set up anew, or gives out an initial password that the next sign-in replaces. An
 * administrator never chooses a password, and never acts on his own account.
 */
export async function actOnAccount(
  db: Db,
  request: {
    admin: StaffMember;
    username: string;
    act: AccountAct;
    isDemo: boolean;
    audit: AuditContext;
  },
): Promise<AccountOutcome> {
  if (request.username === request.admin.username) return { kind: "own-account" };
  const password = request.act === "reset-password" ? makeInitialPassword() : null;
  const passwordHash = password === null ? null : await hashPassword(password);
  return await db.transaction().execute(async (tx) => {
    const account = await tx
      .selectFrom("staff_member")
      .select(["id", "is_demonstration"])
      .where("username", "=", request.username)
      .forUpdate()
      .executeTakeFirst();
    if (account === undefined) return { kind: "unknown" };
    const opens = request.act === "enable";
    if (opens && account.is_demonstration && !request.isDemo) return { kind: "demonstration" };
    await change(tx, account.id, request.act, passwordHash);
    if (!opens) await endSessionsOf(tx, "staff", [account.id]);
    await recordAudit(tx, request.audit, staffActor(request), request.act);
    return { kind: "done", password };
  });
}

async function change(
  tx: Tx,
  id: number,
  act: AccountAct,
  passwordHash: string | null,
): Promise<void> {
  const set = {
    disable: { is_disabled: true },
    enable: { is_disabled: false },
    "reset-code": { totp_secret_cipher: null, totp_last_step: null },
    "reset-password": { password_hash: passwordHash ?? "", is_password_initial: true },
  }[act];
  await tx.updateTable("staff_member").set(set).where("id", "=", id).execute();
}
