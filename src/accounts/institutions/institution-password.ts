import type { Db } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";

/**
 * Puts the user's own password in the place of an initial one. False when it is no longer an initial one: somebody
 * who knew it as well came first, or it was reset in between.
 */
export async function replaceInitialPassword(
  db: Db,
  given: { userId: number; passwordHash: string; newPassword: string },
): Promise<boolean> {
  const replaced = await db
    .updateTable("institution_user")
    .set({ password_hash: await hashPassword(given.newPassword), is_password_initial: false })
    .where("id", "=", given.userId)
    .where("is_password_initial", "=", true)
    .where("password_hash", "=", given.passwordHash)
    .returning("id")
    .executeTakeFirst();
  return replaced !== undefined;
}
