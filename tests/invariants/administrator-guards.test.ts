import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { hashPassword } from "#src/platform/passwords.ts";
import { buildBuilding, buildCity, type TestCity } from "../support/builders.ts";
import { proveGuard } from "../support/guard-control.ts";
import { buildRegistration } from "../support/registration-builders.ts";
import { testDatabase } from "../support/test-database.ts";
import { buildInstitutionUser } from "../support/test-institutions.ts";

const NAMED = /^A2 whoever works has somebody who keeps the accounts/;

/** An institution that registered, with its administrator. */
async function buildRegistered(city: TestCity) {
  const { institutionId } = await buildRegistration(city, "developer", await buildBuilding(city));
  return { institutionId, adminId: await adminOf(city, institutionId) };
}

async function adminOf(city: TestCity, institutionId: number): Promise<number> {
  const { id } = await city.db
    .selectFrom("institution_user")
    .select("id")
    .where("institution_id", "=", institutionId)
    .executeTakeFirstOrThrow();
  return id;
}

async function buildAdmin(city: TestCity, username: string): Promise<number> {
  const { id } = await city.owner
    .insertInto("staff_member")
    .values({ username, password_hash: await hashPassword("Kept-2026!"), display_name: "管试" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await city.owner.insertInto("staff_role").values({ staff_id: id, role: "admin" }).execute();
  return id;
}

function disable(city: TestCity, table: "institution_user" | "staff_member", id: number) {
  return city.db.updateTable(table).set({ is_disabled: true }).where("id", "=", id).execute();
}

describe("A2: the last administrator", () => {
  test("of an institution is not closed", () =>
    proveGuard({
      drop: "drop trigger institution_user_leaves_an_admin on institution_user",
      prepare: buildRegistered,
      act: (city, { adminId }) => disable(city, "institution_user", adminId),
      refusedWith: "WX053",
      named: NAMED,
    }));

  test("of an institution does not become a plain user", () =>
    proveGuard({
      drop: "drop trigger institution_user_leaves_an_admin on institution_user",
      prepare: buildRegistered,
      act: (city, { adminId }) =>
        city.db
          .updateTable("institution_user")
          .set({ is_admin: false })
          .where("id", "=", adminId)
          .execute(),
      refusedWith: "WX053",
      named: NAMED,
    }));

  test("of the fund centre is not closed", () =>
    proveGuard({
      drop: "drop trigger staff_member_leaves_an_admin on staff_member",
      prepare: async (city) => ({ id: await buildAdmin(city, "only-admin") }),
      act: (city, { id }) => disable(city, "staff_member", id),
      refusedWith: "WX053",
      named: NAMED,
    }));

  test("of the fund centre does not lose the role", () =>
    proveGuard({
      drop: "drop trigger staff_role_leaves_an_admin on staff_role",
      prepare: async (city) => {
        const id = await buildAdmin(city, "only-admin");
        await city.owner
          .insertInto("staff_role")
          .values({ staff_id: id, role: "auditor" })
          .execute();
        return { id };
      },
      act: (city, { id }) =>
        city.db
          .deleteFrom("staff_role")
          .where("staff_id", "=", id)
          .where("role", "=", "admin")
          .execute(),
      refusedWith: "WX053",
      named: NAMED,
    }));

  test.each([
    { table: "institution_user" as const, build: buildTwoUsers },
    { table: "staff_member" as const, build: buildTwoStaff },
  ])("stays when two of $table close each other at the same moment", async ({ table, build }) => {
    const database = await testDatabase();
    try {
      const city = await buildCity(database);
      const [first, second] = await build(city);
      const answers = await Promise.allSettled(
        // Each holds his act open until the other one's is made as well.
        [first, second].map((id) =>
          city.db.transaction().execute(async (tx) => {
            await tx.updateTable(table).set({ is_disabled: true }).where("id", "=", id).execute();
            await sql`select pg_sleep(0.2)`.execute(tx);
          }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(answers).toContainEqual({
        status: "rejected",
        reason: expect.objectContaining({ code: "WX053" }),
      });
    } finally {
      await database.drop();
    }
  });
});

async function buildTwoUsers(city: TestCity): Promise<[number, number]> {
  const { institutionId, adminId } = await buildRegistered(city);
  return [
    adminId,
    await buildInstitutionUser(city, { id: institutionId }, { username: "second-admin" }),
  ];
}

async function buildTwoStaff(city: TestCity): Promise<[number, number]> {
  return [await buildAdmin(city, "first-admin"), await buildAdmin(city, "second-admin")];
}
