import type { Db } from "#src/platform/database/client.ts";
import type { StaffRoleTable } from "#src/platform/database/tables/platform.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import { DEMONSTRATION_PASSWORD } from "./tellers.ts";

type Role = StaffRoleTable["role"];

/** The second reviewer, approver and editor are there so that four eyes can be tried. */
const DEMONSTRATION_STAFF: readonly (readonly [username: string, name: string, role: Role])[] = [
  ["intake-demo", "林受示", "intake"],
  ["reviewer-demo", "周审示", "reviewer"],
  ["reviewer2-demo", "吴审例", "reviewer"],
  ["approver-demo", "郑批示", "approver"],
  ["approver2-demo", "冯批例", "approver"],
  ["finance-demo", "钱财示", "finance"],
  ["editor-demo", "孙编示", "editor"],
  ["editor2-demo", "王编例", "editor"],
  ["admin-demo", "李管示", "admin"],
  ["auditor-demo", "何审计", "auditor"],
];

/**
 * Adds the fund centre's people of the demonstration; one who is there already keeps his password. They are
 * marked, so that a start that is no demonstration closes them. Each sets up his one-time codes when he
 * first signs in.
 */
export async function seedStaff(owner: Db): Promise<void> {
  const known = await owner.selectFrom("staff_member").select("username").execute();
  const names = new Set(known.map(({ username }) => username));
  const missing = DEMONSTRATION_STAFF.filter(([username]) => !names.has(username));
  const hashes = await Promise.all(missing.map(() => hashPassword(DEMONSTRATION_PASSWORD)));
  await owner.transaction().execute(async (tx) => {
    for (const [index, [username, name, role]] of missing.entries()) {
      const added = await tx
        .insertInto("staff_member")
        .values({
          username,
          display_name: name,
          password_hash: hashes[index] ?? "",
          is_demonstration: true,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      if (added) await tx.insertInto("staff_role").values({ staff_id: added.id, role }).execute();
    }
  });
}
