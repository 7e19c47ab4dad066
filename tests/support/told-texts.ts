import type { TestCity } from "./builders.ts";

/** The texts that tell of something, and are on their way to a phone. */
export async function textsTo(
  { owner, personalData }: Pick<TestCity, "owner" | "personalData">,
  phone: string,
): Promise<string[]> {
  const rows = await owner
    .selectFrom("sms_message")
    .select(["text", "phone_cipher"])
    .where("kind", "=", "notice")
    .execute();
  const isTo = (cipher: Buffer | null) => cipher !== null && personalData.decrypt(cipher) === phone;
  return rows.filter(({ phone_cipher }) => isTo(phone_cipher)).map(({ text }) => text);
}
