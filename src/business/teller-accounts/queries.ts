import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";

/** A bank's teller as the fund centre's administrators see him. */
export interface TellerAccount {
  username: string;
  displayName: string;
  tellerNo: string;
  bankName: string;
  branchName: string;
  isDisabled: boolean;
  hasCode: boolean;
  /** Who asked for a new set-up of his code, and when; null where nobody did. */
  resetAskedBy: string | null;
  resetAskedAt: Date | null;
}

/** Lists every teller, also closed ones, bank by bank. */
export async function listTellers(db: Db): Promise<TellerAccount[]> {
  return await db
    .selectFrom("bank_teller as t")
    .innerJoin("bank as b", "b.code", "t.bank_code")
    .select([
      "t.username",
      "t.display_name as displayName",
      "t.teller_no as tellerNo",
      "b.name as bankName",
      "t.branch_name as branchName",
      "t.is_disabled as isDisabled",
      sql<boolean>`t.totp_secret_cipher is not null`.as("hasCode"),
      "t.code_reset_asked_by as resetAskedBy",
      "t.code_reset_asked_at as resetAskedAt",
    ])
    .orderBy("b.code")
    .orderBy("t.username")
    .execute();
}
