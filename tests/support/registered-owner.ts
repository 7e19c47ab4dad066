import type { House } from "#src/register/find-house.ts";
import type { TestCity } from "./builders.ts";

/** An owner as a test registers one; everything about him is made up. */
export interface RegisteredOwner {
  name: string;
  document: string;
  phone: string;
}

/** Writes a house's owner into the register, encrypted as the import does it. */
export async function registerOwner(
  { owner: asOwner, personalData }: TestCity,
  { estateId, houseId }: House,
  { name, document, phone }: RegisteredOwner,
): Promise<void> {
  await asOwner
    .insertInto("house_owner")
    .values({
      estate_id: estateId,
      house_id: houseId,
      n: 1,
      name_cipher: personalData.encrypt(name),
      document_kind: "resident-id",
      document_cipher: personalData.encrypt(document),
      document_hash: personalData.hash("document", document),
      phone_cipher: personalData.encrypt(phone),
    })
    .execute();
}
