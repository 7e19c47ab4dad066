import { afterAll, beforeAll, expect, test } from "vitest";
import { findStaff, type StaffMember } from "#src/platform/staff/staff-members.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { actOnAccount } from "./act-on-account.ts";

let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

async function buildAdmin(username: string): Promise<StaffMember> {
  const { id } = await city.owner
    .insertInto("staff_member")
    .values({ username, password_hash: "$argon2id$", display_name: "管试" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await city.owner.insertInto("staff_role").values({ staff_id: id, role: "admin" }).execute();
  return (await findStaff(city.db, id)) as StaffMember;
}

const disable = (admin: StaffMember, username: string) =>
  actOnAccount(city.db, {
    admin,
    username,
    act: "disable",
    isDemo: false,
    audit: auditOf("staff-disabled", `staff:${admin.username}`),
  });

test("of administrators who close each other at the same moment one stays, and he can still act", async () => {
  const [first, second] = [await buildAdmin("admin-first"), await buildAdmin("admin-second")];
  const answers = await Promise.all([
    disable(first, second.username),
    disable(second, first.username),
  ]);
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(["done", "no-admin"]);
  const open = await city.db
    .selectFrom("staff_member")
    .select("username")
    .where("is_disabled", "=", false)
    .execute();
  expect(open).toHaveLength(1);
});

test("who was closed a moment ago closes nobody any more", async () => {
  const [third, fourth] = [await buildAdmin("admin-third"), await buildAdmin("admin-fourth")];
  expect(await disable(third, fourth.username)).toEqual({ kind: "done", password: null });
  expect(await disable(fourth, third.username)).toEqual({ kind: "no-admin" });
});
