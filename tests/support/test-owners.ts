import { sql } from "kysely";
import { hashPassword } from "#src/platform/passwords.ts";
import { startSession } from "#src/platform/sessions.ts";
import type { House } from "#src/register/find-house.ts";
import { NOW, type TestCity } from "./builders.ts";
import type { WebVisitor } from "./web-visitor.ts";

/** The password of every account that `buildOwnerAccount` gives a user name. */
export const OWNER_PASSWORD = "Kept-2026-owner!";

let built = 0;

/** Opens an owner's account for a phone, a new one unless told; with a user name also a password. */
export async function buildOwnerAccount(
  { owner, personalData }: TestCity,
  account: { phone?: string; username?: string } = {},
): Promise<number> {
  built += 1;
  const phone = account.phone ?? `1380001${built.toString().padStart(4, "0")}`;
  const { id } = await owner
    .insertInto("owner_account")
    .values({
      phone_cipher: personalData.encrypt(phone),
      phone_hash: personalData.hash("phone", phone),
      ...(account.username === undefined
        ? {}
        : { username: account.username, password_hash: await hashPassword(OWNER_PASSWORD) }),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Links a house to an account, for the person whom the register names now. */
export async function linkHouse(
  { owner }: TestCity,
  ownerId: number,
  { estateId, houseId }: House,
): Promise<void> {
  await sql`
    insert into owner_house (owner_id, estate_id, house_id, document_hash, linked_by, linked_at)
      select ${ownerId}, estate_id, house_id, document_hash, 'document-and-fact', ${NOW}
        from house_owner where estate_id = ${estateId} and house_id = ${houseId}`.execute(owner);
}

/** Gives a visitor the session of an owner, as the door would. */
export async function enterAsOwner(
  visitor: WebVisitor,
  { owner }: Pick<TestCity, "owner">,
  ownerId: number,
  now: Date = NOW,
): Promise<WebVisitor> {
  visitor.cookies.set(
    "owner",
    await startSession(owner, { audience: "owner", userId: ownerId, now }),
  );
  return visitor;
}
