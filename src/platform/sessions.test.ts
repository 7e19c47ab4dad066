import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import {
  endOtherSessions,
  endSession,
  endSessionById,
  findSessionUser,
  isSteppedUp,
  listSessions,
  startSession,
  stepUp,
  sweepSessions,
} from "./sessions.ts";

const start = new Date("2026-11-23T01:00:00Z");
const minutesOn = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

async function begin(): Promise<string> {
  return await startSession(database.db, { audience: "bank", userId: 7, now: start });
}
const userAt = (token: string, now: Date) =>
  findSessionUser(database.db, { audience: "bank", token, now });

it("knows the user of a session while the desk is used, and keeps only the token's hash", async () => {
  const token = await begin();
  for (let minutes = 20; minutes <= 700; minutes += 20) {
    expect(await userAt(token, minutesOn(minutes))).toBe(7);
  }
  const kept = await database.owner.selectFrom("session").selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain(token);
});

it("ends after half an hour without use", async () => {
  const token = await begin();
  expect(await userAt(token, minutesOn(31))).toBeNull();
});

it("ends after a working day however busy the desk was", async () => {
  const token = await begin();
  for (let minutes = 25; minutes < 720; minutes += 25) await userAt(token, minutesOn(minutes));
  expect(await userAt(token, minutesOn(719))).toBe(7);
  expect(await userAt(token, minutesOn(720))).toBeNull();
});

it("ends on the server when the teller signs out", async () => {
  const token = await begin();
  await endSession(database.db, token);
  expect(await userAt(token, minutesOn(1))).toBeNull();
});

it("knows nobody by a token that it did not give", async () => {
  expect(await userAt("x".repeat(43), start)).toBeNull();
});

it("sweeps what is over and leaves what is not", async () => {
  const token = await begin();
  await sweepSessions(database.db, minutesOn(10));
  expect(await userAt(token, minutesOn(11))).toBe(7);
  await sweepSessions(database.db, minutesOn(721));
  expect(await database.owner.selectFrom("session").selectAll().execute()).toEqual([]);
});

describe("the sessions of one user", () => {
  const beginAs = async (userId: number, browserWords = "") =>
    await startSession(database.db, { audience: "owner", userId, now: start, browserWords });

  it("are listed while they open something, last used first, and say which one this is", async () => {
    const desk = await beginAs(21, "Chrome · Windows");
    const phone = await beginAs(21, "WeChat · iOS");
    await beginAs(22, "Safari · macOS");
    await findSessionUser(database.db, { audience: "owner", token: desk, now: minutesOn(20) });
    const held = { audience: "owner" as const, userId: 21, token: phone };
    const words = (now: Date) =>
      listSessions(database.db, held, now).then((list) =>
        list.map(({ browserWords, isThis }) => `${browserWords}${isThis ? " *" : ""}`),
      );
    expect(await words(minutesOn(20))).toEqual(["Chrome · Windows", "WeChat · iOS *"]);
    expect(await words(minutesOn(31))).toEqual(["Chrome · Windows"]);
    expect(await words(minutesOn(800))).toEqual([]);
  });

  it("are ended one by one, and never somebody else's or of another audience", async () => {
    const own = await beginAs(23);
    const other = await beginAs(24);
    const held = { audience: "owner" as const, userId: 24, token: other };
    const [listed] = await listSessions(database.db, held, start);
    const id = listed?.id ?? 0;
    expect(await endSessionById(database.db, { audience: "owner", userId: 23 }, id)).toBe(false);
    expect(await endSessionById(database.db, { audience: "institution", userId: 24 }, id)).toBe(
      false,
    );
    const query = { audience: "owner" as const, token: other, now: minutesOn(1) };
    expect(await findSessionUser(database.db, query)).toBe(24);
    expect(await endSessionById(database.db, { audience: "owner", userId: 24 }, id)).toBe(true);
    expect(await findSessionUser(database.db, query)).toBeNull();
    expect(await findSessionUser(database.db, { ...query, token: own })).toBe(23);
  });

  it("are ended all but the one that the user stands in", async () => {
    const [kept, lost] = [await beginAs(25), await beginAs(25)];
    const stranger = await beginAs(26);
    const held = { audience: "owner" as const, userId: 25, token: kept };
    expect(await endOtherSessions(database.db, held)).toBe(1);
    const userOf = (token: string) =>
      findSessionUser(database.db, { audience: "owner", token, now: minutesOn(1) });
    expect(await Promise.all([kept, lost, stranger].map(userOf))).toEqual([25, null, 26]);
  });
});

describe("stepping up", () => {
  it("opens decisions to this session alone, and for ten minutes", async () => {
    const session = { audience: "institution" as const, userId: 31, now: start };
    const [token, other] = [
      await startSession(database.db, session),
      await startSession(database.db, session),
    ];
    const held = { audience: "institution" as const, userId: 31, token };
    const at = (minutes: number, by: typeof held = held) =>
      isSteppedUp(database.db, by, minutesOn(minutes));
    expect(await at(0)).toBe(false);
    await stepUp(database.db, { ...held, userId: 32 }, start);
    expect(await at(0)).toBe(false);
    await stepUp(database.db, held, start);
    expect(await at(9)).toBe(true);
    expect(await at(10)).toBe(false);
    expect(await at(1, { ...held, token: other })).toBe(false);
    expect(await at(1, { ...held, userId: 32 })).toBe(false);
  });
});
