import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCity, NOW, type TestCity } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildOwnerAccount } from "#tests/support/test-owners.ts";
import { endSessionsOf, findSessionUser, startProvenSession } from "./sessions.ts";

let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

const hashOf = async (id: number) => {
  const { password_hash, phone_hash } = await city.db
    .selectFrom("owner_account")
    .select(["password_hash", "phone_hash"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { passwordHash: password_hash ?? "", phoneHash: phone_hash };
};

const start = (userId: number, proof: Parameters<typeof startProvenSession>[2]) =>
  startProvenSession(city.db, { audience: "owner", userId, now: NOW }, proof);

let named = 0;
const account = () => buildOwnerAccount(city, { username: `proven-${++named}` });

describe("a session begins with what was proven", () => {
  test("and not once the account is closed, or has another password or phone", async () => {
    const id = await account();
    const { passwordHash, phoneHash } = await hashOf(id);
    expect(await start(id, { passwordHash })).not.toBeNull();
    expect(await start(id, { phoneHash })).not.toBeNull();
    const other = await hashOf(await account());
    expect(await start(id, { passwordHash: other.passwordHash })).toBeNull();
    expect(await start(id, { phoneHash: other.phoneHash })).toBeNull();
    await city.db
      .updateTable("owner_account")
      .set({ is_disabled: true })
      .where("id", "=", id)
      .execute();
    expect(await start(id, { passwordHash })).toBeNull();
  });

  test("and never outlives a reset that came while the password was looked at", async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await account();
      const { passwordHash } = await hashOf(id);
      const reset = city.db.transaction().execute(async (tx) => {
        await tx
          .updateTable("owner_account")
          .set({ password_hash: `${passwordHash.slice(0, -1)}x` })
          .where("id", "=", id)
          .execute();
        await endSessionsOf(tx, "owner", [id]);
      });
      const [token] = await Promise.all([start(id, { passwordHash }), reset]);
      const user =
        token && (await findSessionUser(city.db, { audience: "owner", token, now: NOW }));
      expect(user).toBeNull();
    }
  });
});
