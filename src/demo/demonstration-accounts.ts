import type { Db } from "#src/platform/database/client.ts";
import { type Audience, endSessionsOf } from "#src/platform/sessions.ts";

/** Every table of accounts that the demonstration fills, with the audience that its users sign in to. */
export const ACCOUNT_TABLES = [
  { table: "bank_teller", audience: "bank" },
  { table: "staff_member", audience: "staff" },
  { table: "owner_account", audience: "owner" },
  { table: "institution_user", audience: "institution" },
] as const satisfies {
  table: string;
  audience: Audience;
}[];

/**
 * Opens the accounts that the demonstration made when this start is one, and closes them when it is not:
 * their password is public. Whoever is signed in with a closed one is signed out. Answers how many were
 * closed that had been open. Runs as the owner of the tables, before anything is served.
 */
export async function settleDemonstrationAccounts(owner: Db, isDemo: boolean): Promise<number> {
  return await owner.transaction().execute(async (tx) => {
    let closed = 0;
    for (const { table, audience } of ACCOUNT_TABLES) {
      const changed = await tx
        .updateTable(table)
        .set({ is_disabled: !isDemo })
        .where("is_demonstration", "=", true)
        .where("is_disabled", "=", isDemo)
        .returning("id")
        .execute();
      if (isDemo) continue;
      closed += changed.length;
      const users = await tx
        .selectFrom(table)
        .select("id")
        .where("is_demonstration", "=", true)
        .execute();
      await endSessionsOf(
        tx,
        audience,
        users.map((user) => user.id),
      );
    }
    return closed;
  });
}
