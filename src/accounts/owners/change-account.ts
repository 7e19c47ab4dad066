import { randomBytes } from "node:crypto";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type Audience, endSessionsOf } from "#src/platform/sessions.ts";
import type { OwnerAccount } from "./owner-account.ts";

const AUDIENCE: Audience = "owner";

/**
 * Writes down who an account's owner is, as the register names him; the first house that is linked says it. False
 * when the account is already another person's: the houses of one account are one person's.
 */
export async function nameOwner(
  tx: Tx,
  personalData: PersonalData,
  accountId: number,
  person: { name: string; documentHash: Buffer },
): Promise<boolean> {
  const account = await tx
    .selectFrom("owner_account")
    .select("document_hash")
    .where("id", "=", accountId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (account.document_hash !== null) return account.document_hash.equals(person.documentHash);
  await tx
    .updateTable("owner_account")
    .set({
      name_cipher: personalData.encrypt(person.name),
      document_hash: person.documentHash,
    })
    .where("id", "=", accountId)
    .execute();
  return true;
}

/** Sets another phone, given in its canonical form. False when it is another account's. */
export async function changeOwnerPhone(
  db: Db,
  personalData: PersonalData,
  accountId: number,
  phone: string,
): Promise<boolean> {
  try {
    await db
      .updateTable("owner_account")
      .set({
        phone_cipher: personalData.encrypt(phone),
        phone_hash: personalData.hash("phone", phone),
      })
      .where("id", "=", accountId)
      .execute();
    return true;
  } catch (error) {
    if (isTaken(error, "owner_account_phone_hash_key")) return false;
    throw error;
  }
}

/** Sets user name and password. False when the name is another account's; the case of letters does not count. */
export async function setOwnerPassword(
  db: Db,
  accountId: number,
  wish: { username: string; password: string },
): Promise<boolean> {
  const passwordHash = await hashPassword(wish.password);
  try {
    await db
      .updateTable("owner_account")
      .set({ username: wish.username, password_hash: passwordHash })
      .where("id", "=", accountId)
      .execute();
    return true;
  } catch (error) {
    if (isTaken(error, "owner_account_username")) return false;
    throw error;
  }
}

/**
 * Closes an account for good: links, name, document, user name and password are gone, and so is the phone, which may
 * open a new account. Its number stays for the audit trail. All its sessions end.
 */
export async function closeOwnerAccount(
  tx: Tx,
  personalData: PersonalData,
  account: Pick<OwnerAccount, "id">,
): Promise<void> {
  await tx.deleteFrom("owner_house").where("owner_id", "=", account.id).execute();
  await tx
    .updateTable("owner_account")
    .set({
      phone_cipher: personalData.encrypt(""),
      phone_hash: randomBytes(32),
      name_cipher: null,
      document_hash: null,
      username: null,
      password_hash: null,
      is_disabled: true,
    })
    .where("id", "=", account.id)
    .execute();
  await endSessionsOf(tx, AUDIENCE, [account.id]);
}

function isTaken(error: unknown, constraint: string): boolean {
  return String((error as { constraint?: string }).constraint).startsWith(constraint);
}
