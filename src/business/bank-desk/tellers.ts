import type { Db } from "#src/platform/database/client.ts";
import { verifyPassword } from "#src/platform/passwords.ts";

/** A bank's teller at a desk. */
export interface Teller {
  id: number;
  username: string;
  displayName: string;
  tellerNo: string;
  bankCode: string;
  bankName: string;
  branchName: string;
}

/** Finds a teller who may work; a disabled one is as unknown as one who never was. */
export async function findTeller(db: Db, id: number): Promise<Teller | null> {
  const row = await selectTeller(db).where("bank_teller.id", "=", id).executeTakeFirst();
  return row === undefined ? null : toTeller(row);
}

/**
 * Checks a teller's user name and password. Unknown, disabled and wrong all take the same time and give
 * the same answer.
 */
export async function checkTellerPassword(
  db: Db,
  username: string,
  password: string,
): Promise<Teller | null> {
  const row = await selectTeller(db)
    .select("password_hash")
    .where("username", "=", username)
    .executeTakeFirst();
  const isRight = await verifyPassword(row?.password_hash ?? null, password);
  return isRight && row !== undefined ? toTeller(row) : null;
}

/** The name under which a teller's acts stand in the ledger, the locks and the audit trail. */
export function tellerActor(teller: Teller): string {
  return `teller:${teller.username}`;
}

function selectTeller(db: Db) {
  return db
    .selectFrom("bank_teller")
    .innerJoin("bank", "bank.code", "bank_teller.bank_code")
    .select([
      "bank_teller.id",
      "bank_teller.username",
      "bank_teller.display_name",
      "bank_teller.teller_no",
      "bank_teller.bank_code",
      "bank_teller.branch_name",
      "bank.name as bank_name",
    ])
    .where("is_disabled", "=", false);
}

interface TellerRow {
  id: number;
  username: string;
  display_name: string;
  teller_no: string;
  bank_code: string;
  branch_name: string;
  bank_name: string;
}

function toTeller(row: TellerRow): Teller {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    tellerNo: row.teller_no,
    bankCode: row.bank_code,
    bankName: row.bank_name,
    branchName: row.branch_name,
  };
}
