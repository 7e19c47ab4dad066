import { randomBytes } from "node:crypto";
import type { Tx } from "#src/platform/database/client.ts";
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

/** Another account has the phone or the user name; the transaction that found it out is over. */
export class AlreadyTaken extends Error {}

/** Sets another phone, given in its canonical form. Throws AlreadyTaken when it is another account's. */
export async function changeOwnerPhone(
  tx: Tx,
  personalData: PersonalData,
  accountId: number,
  phone: string,
): Promise<void> {
  const phoneHash = personalData.hash("phone", phone);
  await refusingTaken(
    tx
      .updateTable("owner_account")
      .set({ phone_cipher: personalData.encrypt(phone), phone_hash: phoneHash })
      .where("id", "=", accountId)
      .execute(),
  );
}

/** Sets user name and password. Throws AlreadyTaken when the name is another account's, in whatever case. */
export async function setOwnerPassword(
  tx: Tx,
  accountId: number,
  wish: { username: string; passwordHash: string },
): Promise<void> {
  await refusingTaken(
    tx
      .updateTable("owner_account")
      .set({ username: wish.username, password_hash: wish.passwordHash })
      .where("id", "=", accountId)
      .execute(),
  );
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

const UNIQUE_VIOLATION = "23505";

async function refusingTaken(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    throw new AlreadyTaken();
  }
}
