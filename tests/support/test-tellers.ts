import { hashPassword } from "#src/platform/passwords.ts";
import { BANK, OTHER_BANK, type TestCity } from "./builders.ts";

/** Of every teller below. */
export const TELLER_PASSWORD = "Desk-2026-tests";

const TELLERS = [
  { username: "teller-one", teller_no: "0217", bank_code: BANK.code, branch_name: "民生支行" },
  { username: "teller-two", teller_no: "0305", bank_code: BANK.code, branch_name: "样板支行" },
  {
    username: "teller-other",
    teller_no: "1102",
    bank_code: OTHER_BANK.code,
    branch_name: "试点支行",
  },
] as const;

/** Adds tellers as a deployment has them: two of the builders' first bank and one of the other. */
export async function buildTellers(city: TestCity): Promise<void> {
  const password_hash = await hashPassword(TELLER_PASSWORD);
  const tellers = TELLERS.map((teller) => ({
    ...teller,
    display_name: `柜员 ${teller.teller_no}`,
    password_hash,
  }));
  await city.owner.insertInto("bank_teller").values(tellers).execute();
}
