import type { Db } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";

/** Of every demonstration user; a deployment without demonstration data has none of them. */
export const DEMONSTRATION_PASSWORD = "Demo-2026!";

const DEMONSTRATION_TELLERS = [
  {
    username: "teller-demo",
    display_name: "柜员 0217",
    teller_no: "0217",
    bank_code: "SLYH",
    branch_name: "民生支行",
  },
  {
    username: "teller2-demo",
    display_name: "柜员 0305",
    teller_no: "0305",
    bank_code: "SLYH",
    branch_name: "样板支行",
  },
  {
    username: "teller-other-demo",
    display_name: "柜员 1102",
    teller_no: "1102",
    bank_code: "SFYH",
    branch_name: "试点支行",
  },
] as const;

/**
 * Adds the tellers of the demonstration banks; one who is there already keeps his password. They are marked,
 * so that a start that is no demonstration closes them.
 */
export async function seedTellers(owner: Db): Promise<void> {
  const known = await owner.selectFrom("bank_teller").select("username").execute();
  const names = new Set(known.map((teller) => teller.username));
  const missing = DEMONSTRATION_TELLERS.filter((teller) => !names.has(teller.username));
  if (missing.length === 0) return;
  const tellers = await Promise.all(
    missing.map(async (teller) => ({
      ...teller,
      is_demonstration: true,
      password_hash: await hashPassword(DEMONSTRATION_PASSWORD),
    })),
  );
  await owner
    .insertInto("bank_teller")
    .values(tellers)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
