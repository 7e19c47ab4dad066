import type { Db } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { NewStaff } from "./schema.ts";

/**
 * Adds one of the fund centre's people with an initial password, which his first sign-in replaces. Answers
 * false when the user name is taken. Runs as the owner of the tables, from the command line.
 */
export async function addStaff(owner: Db, staff: NewStaff): Promise<boolean> {
  const passwordHash = await hashPassword(staff.password);
  return await owner.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("staff_member")
      .values({
        username: staff.username,
        password_hash: passwordHash,
        display_name: staff.name,
        is_password_initial: true,
      })
      .onConflict((conflict) => conflict.column("username").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added === undefined) return false;
    const roles = [...new Set(staff.role)].map((role) => ({ staff_id: added.id, role }));
    await tx.insertInto("staff_role").values(roles).execute();
    return true;
  });
}
