import { afterAll, beforeAll, expect, test } from "vitest";
import { NOW } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { showDemoCode } from "./show-demo-code.ts";
import { findTotpStep, makeTotpSecret, totpStep } from "./totp.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const secret = makeTotpSecret();

/** The time step of the code that the outbox shows for somebody whose last code was of `lastStep`. */
async function shownStep(lastStep: number | null): Promise<number | null> {
  await showDemoCode(database.db, {
    username: "reviewer-demo",
    secret,
    lastStep,
    now: NOW,
    words: "动态口令",
  });
  const row = await database.db
    .selectFrom("demo_outbox")
    .select(["kind", "recipient", "code"])
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  expect([row.kind, row.recipient]).toEqual(["totp", "reviewer-demo"]);
  return findTotpStep(secret, row.code, NOW);
}

test("the outbox shows the present code, and after it was used the next, which the desk takes too", async () => {
  const now = totpStep(NOW);
  expect(await shownStep(null)).toBe(now);
  expect(await shownStep(now - 5)).toBe(now);
  expect(await shownStep(now)).toBe(now + 1);
});
