import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import type { StaffRole } from "#src/platform/http/route.ts";

/** Somebody's account as an administrator sees it. */
export interface StaffAccount {
  username: string;
  displayName: string;
  roles: readonly StaffRole[];
  isDisabled: boolean;
  hasCodes: boolean;
  isPasswordInitial: boolean;
}

/** Lists every account, also closed ones, by user name. */
export async function listAccounts(db: Db): Promise<StaffAccount[]> {
  return await db
    .selectFrom("staff_member")
    .select([
      "username",
      "display_name as displayName",
      "is_disabled as isDisabled",
      "is_password_initial as isPasswordInitial",
      sql<boolean>`totp_secret_cipher is not null`.as("hasCodes"),
      sql<
        StaffRole[]
      >`array(select role from staff_role where staff_id = staff_member.id order by role)`.as(
        "roles",
      ),
    ])
    .orderBy("username")
    .execute();
}
