import { maskPhone } from "#src/kernel/masking.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** Somebody's account as the administrator of his institution sees it. */
export interface ListedUser {
  username: string;
  /** In clear: they are colleagues. */
  name: string;
  /** Masked. */
  phone: string;
  isAdmin: boolean;
  isDisabled: boolean;
  isPasswordInitial: boolean;
}

/** Lists every account of an institution, also closed ones, by user name. */
export async function listUsers(
  db: Db,
  personalData: PersonalData,
  institutionId: number,
): Promise<ListedUser[]> {
  const rows = await db
    .selectFrom("institution_user")
    .select(["username", "name_cipher", "phone_cipher", "is_admin", "is_disabled"])
    .select("is_password_initial")
    .where("institution_id", "=", institutionId)
    .orderBy("username")
    .execute();
  return rows.map((row) => ({
    username: row.username,
    name: personalData.decrypt(row.name_cipher),
    phone: maskPhone(personalData.decrypt(row.phone_cipher)),
    isAdmin: row.is_admin,
    isDisabled: row.is_disabled,
    isPasswordInitial: row.is_password_initial,
  }));
}
