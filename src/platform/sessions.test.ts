import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { endSession, findSessionUser, startSession, sweepSessions } from "./sessions.ts";

const start = new Date("2026-11-23T01:00:00Z");
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
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
    expect(await userAt(token, after(minutes))).toBe(7);
  }
  const kept = await database.owner.selectFrom("session").selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain(token);
});

it("ends after half an hour without use", async () => {
  const token = await begin();
  expect(await userAt(token, after(31))).toBeNull();
});

it("ends after a working day however busy the desk was", async () => {
  const token = await begin();
  for (let minutes = 25; minutes < 720; minutes += 25) await userAt(token, after(minutes));
  expect(await userAt(token, after(719))).toBe(7);
  expect(await userAt(token, after(720))).toBeNull();
});

it("ends on the server when the teller signs out", async () => {
  const token = await begin();
  await endSession(database.db, token);
  expect(await userAt(token, after(1))).toBeNull();
});

it("knows nobody by a token that it did not give", async () => {
  expect(await userAt("x".repeat(43), start)).toBeNull();
});

it("sweeps what is over and leaves what is not", async () => {
  const token = await begin();
  await sweepSessions(database.db, after(10));
  expect(await userAt(token, after(11))).toBe(7);
  await sweepSessions(database.db, after(721));
  expect(await database.owner.selectFrom("session").selectAll().execute()).toEqual([]);
});
