import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { type OpenDatabase, openDatabase } from "./database/client.ts";
import { createRateLimits, type LimitAnswer, type RateLimits } from "./rate-limits.ts";

let database: TestDatabase;
const opened: OpenDatabase[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await database.drop();
});
afterEach(() => {
  vi.useRealTimers();
});

/** As a process of its own: own connections, own memory. */
function anotherProcess(): RateLimits {
  const own = openDatabase(database.applicationConnection, { role: "fund_app", max: 2 });
  opened.push(own);
  return createRateLimits({ pool: own.pool, isOn: true });
}

function address(name: string): Buffer {
  return createHash("sha256").update(`key:${name}`).digest();
}

async function times(limits: RateLimits, count: number, key: Buffer): Promise<LimitAnswer[]> {
  const answers: LimitAnswer[] = [];
  for (let each = 0; each < count; each += 1) answers.push(await limits.consume("sign-in", key));
  return answers;
}

function granted(answers: LimitAnswer[]): number {
  return answers.filter((answer) => answer.ok).length;
}

test("the eleventh sign-in within a quarter of an hour is told how long to wait", async () => {
  const answers = await times(anotherProcess(), 11, address("one"));
  expect(granted(answers)).toBe(10);
  const last = answers.at(-1);
  expect(last).toEqual({ ok: false, retryAfterSeconds: expect.any(Number) });
  if (last?.ok === false) expect(last.retryAfterSeconds).toBeGreaterThan(890);
  if (last?.ok === false) expect(last.retryAfterSeconds).toBeLessThanOrEqual(900);
});

test("two processes share one limit", async () => {
  const [first, second] = [anotherProcess(), anotherProcess()];
  const answers = [
    ...(await times(first, 6, address("two"))),
    ...(await times(second, 6, address("two"))),
  ];
  expect(granted(answers)).toBe(10);
});

test("of thirty tries at the same moment in two processes exactly ten are granted", async () => {
  const processes = [anotherProcess(), anotherProcess()];
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      (processes[index % 2] as RateLimits).consume("sign-in", address("three")),
    ),
  );
  expect(granted(answers)).toBe(10);
});

test("other visitors and other rules are counted apart", async () => {
  const limits = anotherProcess();
  await times(limits, 11, address("four"));
  expect(granted(await times(limits, 1, address("five")))).toBe(1);
  expect(await limits.consume("search", address("four"))).toEqual({ ok: true });
});

test("after the span of time the visitor may try again", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const limits = anotherProcess();
  expect(granted(await times(limits, 12, address("six")))).toBe(10);
  vi.setSystemTime(Date.now() + 901_000);
  expect(granted(await times(anotherProcess(), 1, address("six")))).toBe(1);
});

test("the table holds neither addresses nor what was typed", async () => {
  await anotherProcess().consume("sign-in", "teller-demo@203.0.113.7");
  const { rows } = await sql<{ key: string }>`select key from rate_limit`.execute(database.owner);
  expect(rows.length).toBeGreaterThan(0);
  for (const { key } of rows) expect(key).toMatch(/^[a-z-]+:[A-Za-z0-9_-]{43}$/);
});

test("while the database is away a quarter is granted, and never an error", async () => {
  const pool = { query: () => Promise.reject(new Error("no connection")) };
  const limits = createRateLimits({ pool: pool as unknown as Pool, isOn: true });
  expect(granted(await times(limits, 12, address("seven")))).toBe(2);
});

test("limits that are switched off count nothing", async () => {
  const pool = { query: () => Promise.reject(new Error("asked all the same")) };
  const limits = createRateLimits({ pool: pool as unknown as Pool, isOn: false });
  expect(granted(await times(limits, 50, address("eight")))).toBe(50);
});
