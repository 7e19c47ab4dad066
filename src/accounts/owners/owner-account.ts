import type { Db, Tx } from "#src/platform/database/client.ts";
import { verifyPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** An owner as somebody who signs in. Name and phone are in clear: for himself and for nobody else. */
export interface OwnerAccount {
  id: number;
  phone: string;
  /** Null until a house was linked: before that nobody knows who he is. */
  name: string | null;
  documentHash: Buffer | null;
  /** Null until he set one. */
  username: string | null;
}

/** Finds an account that may be used; a disabled one is as unknown as one that never was. */
export async function findOwnerAccount(
  db: Db,
  personalData: PersonalData,
  id: number,
): Promise<OwnerAccount | null> {
  const row = await selectAccounts(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : toAccount(row, personalData);
}

/** Finds the account of a phone, given in its canonical form. */
export async function findOwnerByPhone(
  db: Db,
  personalData: PersonalData,
  phone: string,
): Promise<OwnerAccount | null> {
  const row = await selectAccounts(db)
    .where("phone_hash", "=", personalData.hash("phone", phone))
    .executeTakeFirst();
  return row === undefined ? null : toAccount(row, personalData);
}

/**
 * Finds the account of a phone that has just been proven, or opens one: of two first sign-ins at once both find the
 * same. Null when the account is disabled. The phone is given in its canonical form.
 */
export async function openOwnerAccount(
  tx: Tx,
  personalData: PersonalData,
  phone: string,
): Promise<(OwnerAccount & { isNew: boolean }) | null> {
  const added = await tx
    .insertInto("owner_account")
    .values({
      phone_cipher: personalData.encrypt(phone),
      phone_hash: personalData.hash("phone", phone),
    })
    .onConflict((conflict) => conflict.column("phone_hash").doNothing())
    .returning("id")
    .executeTakeFirst();
  const found = await findOwnerByPhone(tx, personalData, phone);
  return found === null ? null : { ...found, isNew: added !== undefined };
}

/**
 * Checks user name and password of an owner. Unknown, disabled and wrong all take the same time and give the same
 * answer. The case of letters in the name does not count. The hash that it fitted comes along, so that the session
 * begins only while it is still the one.
 */
export async function checkOwnerPassword(
  db: Db,
  personalData: PersonalData,
  username: string,
  password: string,
): Promise<(OwnerAccount & { passwordHash: string }) | null> {
  const row = await selectAccounts(db)
    .where((eb) => eb(eb.fn<string>("lower", ["username"]), "=", username.toLowerCase()))
    .executeTakeFirst();
  const passwordHash = row?.password_hash ?? null;
  const isRight = await verifyPassword(passwordHash, password);
  if (!isRight || row === undefined || passwordHash === null) return null;
  return { ...toAccount(row, personalData), passwordHash };
}

/** The name under which an owner's acts stand in timelines and in the audit trail: nothing personal. */
export function ownerActor(account: Pick<OwnerAccount, "id">): string {
  return `owner:${account.id}`;
}

function selectAccounts(db: Db) {
  return db
    .selectFrom("owner_account")
    .select(["id", "phone_cipher", "name_cipher", "document_hash", "username", "password_hash"])
    .where("is_disabled", "=", false);
}

interface AccountRow {
  id: number;
  phone_cipher: Buffer;
  name_cipher: Buffer | null;
  document_hash: Buffer | null;
  username: string | null;
}

function toAccount(row: AccountRow, personalData: PersonalData): OwnerAccount {
  return {
    id: row.id,
    phone: personalData.decrypt(row.phone_cipher),
    name: row.name_cipher === null ? null : personalData.decrypt(row.name_cipher),
    documentHash: row.document_hash,
    username: row.username,
  };
}
