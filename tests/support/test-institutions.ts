import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import { startSession } from "#src/platform/sessions.ts";
import { NOW, type TestCity } from "./builders.ts";
import type { ServedSite } from "./served-site.ts";
import type { WebVisitor } from "./web-visitor.ts";

/** The password of everybody whom `buildInstitutionUser` adds. */
export const INSTITUTION_PASSWORD = "Kept-2026-words!";

let built = 0;

/** An institution at work, bound to some estates. */
export interface TestInstitution {
  id: number;
  kind: InstitutionKind;
  name: string;
}

/** An institution of a kind, approved and bound to the estates; a contract of 2025 to 2029 unless told. */
export async function buildInstitution(
  city: TestCity,
  kind: InstitutionKind,
  estateIds: readonly number[],
  term: { startsOn: CalendarDate | null; endsOn: CalendarDate | null } = {
    startsOn: calendarDate("2025-01-01"),
    endsOn: calendarDate("2029-12-31"),
  },
): Promise<TestInstitution> {
  built += 1;
  const first17 = `91990101MA0${built.toString().padStart(6, "0")}`;
  const name = `试验机构${built}有限公司`;
  const { id } = await city.owner
    .insertInto("institution")
    .values({
      kind,
      name,
      credit_code: first17 + creditCodeCheckCharacter(first17),
      state: "active",
      // Without a registration of its own nothing else may work.
      is_demonstration: true,
      profile_cipher: sealProfile(city.personalData, {
        legalPerson: "法试人",
        legalPersonDocumentNo: "110101198506155020",
        address: "示例市示范区示例路1号",
        contactName: "联试人",
        contactPhone: "13800000699",
        landline: "",
        email: "kept@example.com",
        accountName: name,
        accountBank: "示例银行民生支行",
        accountNo: "6222020200012345678",
        licenceUntil: "",
      }),
      created_at: NOW,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const estateId of estateIds) {
    await city.owner
      .insertInto("institution_estate")
      .values({
        institution_id: id,
        estate_id: estateId,
        starts_on: term.startsOn,
        ends_on: term.endsOn,
      })
      .execute();
  }
  return { id, kind, name };
}

let passwordHash: Promise<string> | null = null;

/** Somebody who signs in for an institution; its administrator unless told. Answers with his id. */
export async function buildInstitutionUser(
  city: TestCity,
  institution: Pick<TestInstitution, "id">,
  user: { username: string; isAdmin?: boolean },
): Promise<number> {
  passwordHash ??= hashPassword(INSTITUTION_PASSWORD);
  const { id } = await city.owner
    .insertInto("institution_user")
    .values({
      institution_id: institution.id,
      username: user.username,
      password_hash: await passwordHash,
      name_cipher: city.personalData.encrypt("经试办"),
      phone_cipher: city.personalData.encrypt("13800000698"),
      is_admin: user.isAdmin ?? true,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Gives a visitor the session of somebody of an institution, as the door would. */
export async function enterForInstitution(
  visitor: WebVisitor,
  city: Pick<TestCity, "owner">,
  username: string,
  now: Date = NOW,
): Promise<WebVisitor> {
  const { id } = await city.owner
    .selectFrom("institution_user")
    .select("id")
    .where("username", "=", username)
    .executeTakeFirstOrThrow();
  const token = await startSession(city.owner, { audience: "institution", userId: id, now });
  visitor.cookies.set("institution", token);
  return visitor;
}

/** The same for the administrator of an institution, on a served site. */
export async function institutionVisitor(
  site: Pick<ServedSite, "city" | "clock" | "database" | "visitor">,
  institutionId: number,
): Promise<WebVisitor> {
  const { username } = await site.database.owner
    .selectFrom("institution_user")
    .select("username")
    .where("institution_id", "=", institutionId)
    .where("is_admin", "=", true)
    .executeTakeFirstOrThrow();
  return await enterForInstitution(site.visitor(), site.city, username, site.clock.now);
}
