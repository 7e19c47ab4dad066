import { type HeldSession, stepUp } from "#src/platform/sessions.ts";
import type { House } from "#src/register/find-house.ts";
import { NOW, type TestCity } from "./builders.ts";
import type { WebVisitor } from "./web-visitor.ts";

/** An owner as a test registers one and signs him in; everything about him is made up. */
export interface TestPerson {
  name: string;
  document: string;
  phone: string;
}

export const WANG: TestPerson = {
  name: "王试业",
  document: "110101198506155020",
  phone: "13800000601",
};
export const CHEN: TestPerson = {
  name: "陈试主",
  document: "110101199011205043",
  phone: "13800000602",
};

/** Writes a person into the register as the owner of a house; `n` is his place among several. */
export async function recordOwner(
  city: TestCity,
  house: Pick<House, "estateId" | "houseId">,
  person: TestPerson,
  overrides: {
    n?: number;
    phone?: string | null;
    kind?: "resident-id" | "credit-code";
    recordedAt?: Date | null;
  } = {},
): Promise<void> {
  const phone = overrides.phone === undefined ? person.phone : overrides.phone;
  await city.owner
    .insertInto("house_owner")
    .values({
      estate_id: house.estateId,
      house_id: house.houseId,
      n: overrides.n ?? 1,
      name_cipher: city.personalData.encrypt(person.name),
      document_kind: overrides.kind ?? "resident-id",
      document_cipher: city.personalData.encrypt(person.document),
      document_hash: city.personalData.hash("document", person.document),
      phone_cipher: phone === null ? null : city.personalData.encrypt(phone),
      phone_hash: phone === null ? null : city.personalData.hash("phone", phone),
      recorded_at: overrides.recordedAt === undefined ? NOW : overrides.recordedAt,
    })
    .execute();
}

/** Takes every owner of a house out of the register and puts another in, as a title transfer does. */
export async function passHouseOn(
  city: TestCity,
  house: Pick<House, "estateId" | "houseId">,
  buyer: TestPerson,
  recordedAt: Date = NOW,
): Promise<void> {
  await city.owner
    .deleteFrom("house_owner")
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .execute();
  await recordOwner(city, house, buyer, { recordedAt });
}

/** Opens decisions about money and account to an owner's session, as his password or a code would. */
export async function stepOwnerUp(
  { owner }: Pick<TestCity, "owner">,
  visitor: WebVisitor,
  ownerId: number,
  now: Date = NOW,
): Promise<void> {
  const token = visitor.cookies.get("owner") ?? "";
  const held: HeldSession = { audience: "owner", userId: ownerId, token };
  await stepUp(owner, held, now);
}
