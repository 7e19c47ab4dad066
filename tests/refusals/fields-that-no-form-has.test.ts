import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProfile } from "#src/accounts/institutions/institution-profile.ts";
import { NOW } from "../support/builders.ts";
import { stepOwnerUp } from "../support/recorded-owners.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
} from "../support/test-institutions.ts";
import { buildOwnerAccount, enterAsOwner } from "../support/test-owners.ts";

/** Mass assignment (ASVS 15.3.3): what a form does not ask for is not written, whatever is sent along. */

let site: ServedSite;

beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.stop());

/** Columns of our tables, as somebody who knows them would try them. */
const STRANGE = {
  ...{ id: "1", institution_id: "1", institutionId: "1", state: "active", is_admin: "true" },
  ...{ is_disabled: "false", isPasswordInitial: "", is_demonstration: "true", role: "admin" },
  ...{ legalPerson: "冒名人", accountNo: "6222020200099999999", institutionName: "冒名公司" },
  ...{ username_: "x", document_hash: "x", stepped_up_until: "2099-01-01", balance: "1" },
};

async function keeper() {
  const { city } = site;
  const other = await buildInstitution(city, "developer", []);
  const institution = await buildInstitution(city, "developer", []);
  await buildInstitutionUser(city, institution, { username: "fields-admin" });
  const visitor = await enterForInstitution(site.visitor(), city, "fields-admin");
  await sql`update session set stepped_up_until = ${new Date(NOW.getTime() + 300_000)}
    where audience = 'institution'`.execute(city.owner);
  return { other, institution, visitor };
}

test("inviting adds a plain user of one's own institution, and a contact is a contact", async () => {
  const { other, institution, visitor } = await keeper();
  const invited = await visitor.post("/workbench/users", {
    ...STRANGE,
    institution_id: `${other.id}`,
    institutionId: `${other.id}`,
    username: "fields-clerk",
    personName: "新试人",
    phone: "13800000777",
    isAdmin: "",
  });
  expect(invited.status).toBe(200);
  const row = await site.database.owner
    .selectFrom("institution_user")
    .selectAll()
    .where("username", "=", "fields-clerk")
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    institution_id: institution.id,
    is_admin: false,
    is_password_initial: true,
    is_demonstration: false,
  });
  const contact = { contactPhone: "13800000778", email: "new@example.com" };
  const saved = await visitor.post("/workbench/profile/contact", { ...STRANGE, ...contact });
  expect(saved.status).toBe(303);
  const after = await site.database.owner
    .selectFrom("institution")
    .selectAll()
    .where("id", "=", institution.id)
    .executeTakeFirstOrThrow();
  expect(after.name).toBe(institution.name);
  expect(openProfile(site.city.personalData, after.profile_cipher)).toMatchObject({
    ...contact,
    legalPerson: "法试人",
    accountNo: "6222020200012345678",
  });
});

test("a new password of an owner is a new password and nothing else", async () => {
  const { city } = site;
  const [victim, id] = [await buildOwnerAccount(city), await buildOwnerAccount(city)];
  const visitor = await enterAsOwner(site.visitor(), city, id);
  await stepOwnerUp(city, visitor, id);
  const read = () =>
    site.database.owner
      .selectFrom("owner_account")
      .select(["id", "username", "phone_hash", "document_hash", "is_disabled", "is_demonstration"])
      .where("id", "in", [victim, id])
      .orderBy("id")
      .execute();
  const before = await read();
  const answer = await visitor.post("/me/account/password", {
    ...STRANGE,
    id: `${victim}`,
    ownerId: `${victim}`,
    phone: "13800000779",
    username: "fields-owner",
    password: "Kept-2026-fields!",
    passwordAgain: "Kept-2026-fields!",
  });
  expect(answer.headers.location).toBe("/me/account?done=password");
  expect(await read()).toEqual(
    before.map((row) => (row.id === id ? { ...row, username: "fields-owner" } : row)),
  );
});
