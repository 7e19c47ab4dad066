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
  /** Without an administrator nobody could open an account again. */
  | { kind: "last-admin" }
  /** Whoever asked is an administrator no longer. */
  | { kind: "no-admin" }
  /** Its password is public, so it stays closed where this is no demonstration. */
  | { kind: "demonstration" };

/**
 * Does one thing about an account and ends its sessions unless it was opened: closes or opens it, has its
 * one-time codes set up anew, or gives out an initial password that the next sign-in replaces. An
 * administrator never chooses a password, and never acts on his own account. Acts on accounts are done one after the
 * other, so that of two administrators who close each other at the same moment one stays.
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
    if (!(await holdAsAdmin(tx, request.admin))) return { kind: "no-admin" };
    const account = await tx
      .selectFrom("staff_member")
      .select(["id", "is_demonstration"])
      .where("username", "=", request.username)
      .forUpdate()
      .executeTakeFirst();
    if (account === undefined) return { kind: "unknown" };
    if (request.act === "disable" && (await isLastAdmin(tx, account.id))) {
      return { kind: "last-admin" };
    }
    const opens = request.act === "enable";
    if (opens && account.is_demonstration && !request.isDemo) return { kind: "demonstration" };
    await change(tx, account.id, request.act, passwordHash);
    if (!opens) await endSessionsOf(tx, "staff", [account.id]);
    await recordAudit(tx, request.audit, staffActor(request), request.act);
    return { kind: "done", password };
  });
}

/** Holds the accounts of all administrators and tells whether whoever asks is still one of them. */
async function holdAsAdmin(tx: Tx, admin: StaffMember): Promise<boolean> {
  const admins = await tx
    .selectFrom("staff_member")
    .select(["id", "is_disabled"])
    .where("id", "in", tx.selectFrom("staff_role").select("staff_id").where("role", "=", "admin"))
    .orderBy("id")
    .forUpdate()
    .execute();
  return admins.some(({ id, is_disabled }) => id === admin.id && !is_disabled);
}

async function isLastAdmin(tx: Tx, id: number): Promise<boolean> {
  const admins = await tx
    .selectFrom("staff_member")
    .innerJoin("staff_role", "staff_role.staff_id", "staff_member.id")
    .select("staff_member.id")
    .where("staff_role.role", "=", "admin")
    .where("staff_member.is_disabled", "=", false)
    .execute();
  return admins.length > 0 && admins.every((one) => one.id === id);
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
