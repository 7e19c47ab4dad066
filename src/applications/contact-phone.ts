import { checkPhone } from "#src/kernel/phone.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** The mobile phone given with an application, or null: a fixed line gets no text messages. */
export async function findContactPhone(
  db: Db,
  personalData: PersonalData,
  applicationId: bigint,
): Promise<string | null> {
  const contact = await db
    .selectFrom("application_contact")
    .select("phone_cipher")
    .where("application_id", "=", applicationId)
    .executeTakeFirst();
  if (contact === undefined) return null;
  const check = checkPhone(personalData.decrypt(contact.phone_cipher));
  return check.ok && check.kind === "mobile" ? check.phone : null;
}
