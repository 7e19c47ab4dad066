import type { Db } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { demonstrationOwners } from "./demonstration-owners.ts";
import { DEMONSTRATION_PASSWORD } from "./tellers.ts";

const DEMONSTRATION_OWNER = "owner-demo";

/** Adds the account of 501's owner, linked to his house, unless it is there. Comes after the estates. */
export async function seedOwners(owner: Db, personalData: PersonalData, now: Date): Promise<void> {
  const [house] = demonstrationOwners;
  if (house === undefined) throw new Error("the demonstration city holds no promised house");
  const { name, documentNo, phone } = house.owner;
  const documentHash = personalData.hash("document", documentNo);
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  await owner.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("owner_account")
      .values({
        phone_cipher: personalData.encrypt(phone),
        phone_hash: personalData.hash("phone", phone),
        name_cipher: personalData.encrypt(name),
        document_hash: documentHash,
        username: DEMONSTRATION_OWNER,
        password_hash: passwordHash,
        is_demonstration: true,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added === undefined) return;
    await tx
      .insertInto("owner_house")
      .columns(["owner_id", "estate_id", "house_id", "document_hash", "linked_by", "linked_at"])
      .expression((eb) =>
        eb
          .selectFrom("house_owner")
          .select((select) => [
            select.val(added.id).as("owner_id"),
            "estate_id",
            "house_id",
            "document_hash",
            select.val("phone-and-document" as const).as("linked_by"),
            select.val(now).as("linked_at"),
          ])
          .where("document_hash", "=", documentHash),
      )
      .execute();
  });
}
