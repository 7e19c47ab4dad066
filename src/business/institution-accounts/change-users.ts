import { findPhoneOf } from "#src/accounts/account-password.ts";
import type { InstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { tellOfChange } from "#src/accounts/tell-of-change.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { makeInitialPassword } from "#src/platform/initial-password.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { endSessionsOf } from "#src/platform/sessions.ts";
import type { Invitation } from "./schema.ts";

/** Who changes accounts, and of which institution; what he may is looked at again in the transaction. */
export interface UserAdmin {
  admin: Pick<InstitutionUser, "id" | "username"> & { institution: { id: number } };
  audit: AuditContext;
}

/** What an administrator can do about somebody else's account. */
export type UserAct = "disable" | "enable" | "reset-password";

export type UserOutcome =
  | { kind: "done"; password: string | null }
  | { kind: "unknown" }
  /** Nobody locks himself out. */
  | { kind: "own-account" }
  /** An institution without an administrator could not help itself. */
  | { kind: "last-admin" }
  /** Its password is public, so it stays closed where this is no demonstration. */
  | { kind: "demonstration" }
  /** Whoever asked is an administrator no longer. */
  | { kind: "no-admin" };

/**
 * Does one thing about an account of the same institution and ends its sessions unless it was opened; whoever gets
 * another password is told by text. The institution is held, so that of two administrators who close each other at the same moment one stays.
 */
export async function actOnUser(
  { db, personalData }: { db: Db; personalData: PersonalData },
  by: UserAdmin,
  request: { username: string; act: UserAct; isDemo: boolean; now: Date },
): Promise<UserOutcome> {
  const password = request.act === "reset-password" ? makeInitialPassword() : null;
  const passwordHash = password === null ? "" : await hashPassword(password);
  return await db.transaction().execute(async (tx) => {
    if (!(await holdAsAdmin(tx, by))) return { kind: "no-admin" };
    const user = await tx
      .selectFrom("institution_user")
      .select(["id", "username", "is_admin", "is_disabled", "is_demonstration"])
      .where("institution_id", "=", by.admin.institution.id)
      .where("username", "=", request.username)
      .executeTakeFirst();
    if (user === undefined) return { kind: "unknown" };
    if (user.id === by.admin.id) return { kind: "own-account" };
    const opens = request.act === "enable";
    if (opens && user.is_demonstration && !request.isDemo) return { kind: "demonstration" };
    if (request.act === "disable" && user.is_admin && !(await hasOtherAdmin(tx, by, user.id))) {
      return { kind: "last-admin" };
    }
    const set = {
      disable: { is_disabled: true },
      enable: { is_disabled: false },
      "reset-password": { password_hash: passwordHash, is_password_initial: true },
    }[request.act];
    await tx.updateTable("institution_user").set(set).where("id", "=", user.id).execute();
    if (!opens) await endSessionsOf(tx, "institution", [user.id]);
    if (request.act === "reset-password") {
      const phone = await findPhoneOf(tx, personalData, "institution", user.id);
      const change = { kind: "password-reset" } as const;
      await tellOfChange(tx, personalData, { phone, change, now: request.now });
    }
    await recordAudit(tx, by.audit, `institution:${user.username}`, request.act);
    return { kind: "done", password };
  });
}

/** Holds the institution and tells whether whoever asks still keeps its accounts. */
async function holdAsAdmin(tx: Tx, { admin }: UserAdmin): Promise<boolean> {
  await tx
    .selectFrom("institution")
    .select("id")
    .where("id", "=", admin.institution.id)
    .forUpdate()
    .execute();
  const row = await tx
    .selectFrom("institution_user")
    .select("id")
    .where("id", "=", admin.id)
    .where("is_admin", "=", true)
    .where("is_disabled", "=", false)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasOtherAdmin(tx: Tx, { admin }: UserAdmin, userId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("institution_user")
    .select("id")
    .where("institution_id", "=", admin.institution.id)
    .where("id", "!=", userId)
    .where("is_admin", "=", true)
    .where("is_disabled", "=", false)
    .executeTakeFirst();
  return row !== undefined;
}

export type InviteOutcome =
  | { kind: "invited"; password: string }
  | { kind: "taken" }
  | { kind: "no-admin" };

/**
 * Adds somebody to the institution with an initial password, shown once, which his first sign-in replaces. User names
 * are unique over all institutions, whatever the case of their letters.
 */
export async function inviteUser(
  deps: { db: Db; personalData: PersonalData },
  by: UserAdmin,
  invited: Invitation,
): Promise<InviteOutcome> {
  const password = makeInitialPassword();
  const passwordHash = await hashPassword(password);
  const { personalData } = deps;
  try {
    return await deps.db.transaction().execute(async (tx) => {
      if (!(await holdAsAdmin(tx, by))) return { kind: "no-admin" };
      await tx
        .insertInto("institution_user")
        .values({
          institution_id: by.admin.institution.id,
          username: invited.username,
          password_hash: passwordHash,
          name_cipher: personalData.encrypt(invited.personName),
          phone_cipher: personalData.encrypt(invited.phone),
          is_admin: invited.isAdmin === "yes",
          is_password_initial: true,
        })
        .execute();
      await recordAudit(tx, by.audit, `institution:${invited.username}`, "done");
      return { kind: "invited", password };
    });
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === "23505" && constraint === "institution_user_username") return { kind: "taken" };
    throw error;
  }
}
