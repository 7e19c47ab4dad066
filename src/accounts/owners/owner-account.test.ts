import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Visit } from "#src/platform/http/visit.ts";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildOwnerAccount, OWNER_PASSWORD } from "#tests/support/test-owners.ts";
import { checkOwnerPassword, findOwnerByPhone, openOwnerAccount } from "./owner-account.ts";
import { recogniseOwner } from "./owner-session.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

describe("the account of a phone", () => {
  const open = (phone: string) =>
    city.db.transaction().execute((tx) => openOwnerAccount(tx, city.personalData, phone));

  test("is opened once, also by two first sign-ins at the same moment", async () => {
    const both = await Promise.all([open("13912340001"), open("13912340001")]);
    expect(both[0]?.id).toBe(both[1]?.id);
    expect(both.map((account) => account?.isNew).sort()).toEqual([false, true]);
    const again = await open("13912340001");
    expect(again).toMatchObject({ phone: "13912340001", isNew: false, name: null, username: null });
  });

  test("is nobody's when it was disabled", async () => {
    const id = await buildOwnerAccount(city, { phone: "13912340002" });
    await city.owner
      .updateTable("owner_account")
      .set({ is_disabled: true })
      .where("id", "=", id)
      .execute();
    expect(await open("13912340002")).toBeNull();
    expect(await findOwnerByPhone(city.db, city.personalData, "13912340002")).toBeNull();
  });
});

/** Work and not time on the clock: what else the machine does while the tests run does not count. */
function workDone(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

test("an unknown name takes as much work to refuse as a wrong password", async () => {
  await buildOwnerAccount(city, { username: "is-there" });
  const check = (username: string, password: string) =>
    checkOwnerPassword(city.db, city.personalData, username, password);
  const spent = { unknown: [] as number[], wrong: [] as number[] };
  for (let n = 0; n < 15; n += 1) {
    for (const [what, username] of [
      ["unknown", "is-not-there"],
      ["wrong", "is-there"],
    ] as const) {
      const start = workDone();
      expect(await check(username, "Wrong-2026-words!")).toBeNull();
      spent[what].push(workDone() - start);
    }
  }
  const ratio = median(spent.unknown) / median(spent.wrong);
  expect(ratio).toBeGreaterThan(0.7);
  expect(ratio).toBeLessThan(1.4);
  expect(await check("IS-there", OWNER_PASSWORD)).not.toBeNull();
});

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

test("of a visitor without the cookie nothing is read", async () => {
  const unread = new Proxy({}, { get: () => expect.fail("the database was asked") });
  const visit = { cookies: { read: () => undefined }, isOwner: false } as unknown as Visit;
  await recogniseOwner({ db: unread as never, personalData: city.personalData }, visit);
  expect(visit.isOwner).toBe(false);
});
