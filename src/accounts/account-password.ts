import type { Db } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** Whose passwords these are: an owner's, or those of an institution's users. */
export type PasswordAudience = "owner" | "institution";

/** A password as it is kept, for deciding whether it has to be replaced and for replacing it. */
export interface StoredPassword {
  userId: number;
  username: string;
  passwordHash: string;
  changedAt: Date;
  /** Somebody else's choice, given out with an invitation. */
  isInitial: boolean;
}

/** Finds the password of somebody who may sign in with one; null when he has none or his account is closed. */
export async function findStoredPassword(
  db: Db,
  audience: PasswordAudience,
  userId: number,
): Promise<StoredPassword | null> {
  const row = audience === "owner" ? await ownerRow(db, userId) : await institutionRow(db, userId);
  if (!row?.username || !row.password_hash) return null;
  return {
    userId,
    username: row.username,
    passwordHash: row.password_hash,
    changedAt: row.password_changed_at,
    isInitial: row.is_password_initial,
  };
}

/** Reads the phone of somebody who signs in with a password, in clear, to tell him by text of what was changed. */
export async function findPhoneOf(
  db: Db,
  personalData: PersonalData,
  audience: PasswordAudience,
  userId: number,
): Promise<string> {
  const row =
    audience === "owner"
      ? await db
          .selectFrom("owner_account")
          .select("phone_cipher")
          .where("id", "=", userId)
          .executeTakeFirstOrThrow()
      : await db
          .selectFrom("institution_user")
          .select("phone_cipher")
          .where("id", "=", userId)
          .executeTakeFirstOrThrow();
  return personalData.decrypt(row.phone_cipher);
}

function ownerRow(db: Db, userId: number) {
  return db
    .selectFrom("owner_account")
    .select(["username", "password_hash", "password_changed_at"])
    .select((eb) => eb.lit(false).as("is_password_initial"))
    .where("id", "=", userId)
    .where("is_disabled", "=", false)
    .executeTakeFirst();
}

function institutionRow(db: Db, userId: number) {
  return db
    .selectFrom("institution_user")
    .select(["username", "password_hash", "password_changed_at", "is_password_initial"])
    .where("id", "=", userId)
    .where("is_disabled", "=", false)
    .executeTakeFirst();
}

/**
 * Puts a new password in the place of the one that was found, and answers with its hash. Null when that one is no
 * longer there: somebody who knew it as well came first, or it was reset in between.
 */
export async function replacePassword(
  db: Db,
  audience: PasswordAudience,
  stored: StoredPassword,
  newPassword: string,
): Promise<string | null> {
  const password_hash = await hashPassword(newPassword);
  const replaced =
    audience === "owner"
      ? await db
          .updateTable("owner_account")
          .set({ password_hash })
          .where("id", "=", stored.userId)
          .where("password_hash", "=", stored.passwordHash)
          .returning("id")
          .executeTakeFirst()
      : await db
          .updateTable("institution_user")
          .set({ password_hash, is_password_initial: false })
          .where("id", "=", stored.userId)
          .where("password_hash", "=", stored.passwordHash)
          .returning("id")
          .executeTakeFirst();
  return replaced === undefined ? null : password_hash;
}
