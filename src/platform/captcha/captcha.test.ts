import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { seededRandom } from "#src/kernel/random.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { type Captcha, createCaptcha } from "./captcha.ts";

let database: TestDatabase;
let captcha: Captcha;
let now: Date;
const browser = createHash("sha256").update("browser").digest();
const otherBrowser = createHash("sha256").update("other browser").digest();

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = new Date("2026-11-23T02:00:00Z");
  captcha = open(true);
  await database.owner.deleteFrom("captcha_challenge").execute();
  await database.owner.deleteFrom("demo_outbox").execute();
});

function open(isDemo: boolean): Captcha {
  const { db } = database;
  return createCaptcha({ db, clock: () => now, random: seededRandom(7).int, isDemo });
}

async function shownAnswer(id: string): Promise<string> {
  const row = await database.db
    .selectFrom("demo_outbox")
    .select(["code", "body"])
    .where("recipient", "=", id)
    .executeTakeFirstOrThrow();
  expect(row.body).toMatch(/^\d\d \+ \d = \?$/);
  return row.code;
}

async function live(): Promise<number> {
  const rows = await database.db.selectFrom("captcha_challenge").select("id_hash").execute();
  return rows.length;
}

test("the right answer in the same browser passes, once only", async () => {
  const id = await captcha.issue("sign-in", browser);
  const answer = await shownAnswer(id);
  expect(await captcha.check(id, answer, "sign-in", browser)).toBe(true);
  expect(await captcha.check(id, answer, "sign-in", browser)).toBe(false);
});

test.each(["", " ", "不会算", "-", "1e2", "9".repeat(10_000), "31\u0000"])(
  "the answer %j fails and uses the challenge up",
  async (typed) => {
    const id = await captcha.issue("sign-in", browser);
    expect(await captcha.check(id, typed, "sign-in", browser)).toBe(false);
    expect(await live()).toBe(0);
    expect(await captcha.check(id, await shownAnswer(id), "sign-in", browser)).toBe(false);
  },
);

test("a wrong result uses the challenge up", async () => {
  const id = await captcha.issue("sign-in", browser);
  const answer = await shownAnswer(id);
  expect(await captcha.check(id, String(Number(answer) + 1), "sign-in", browser)).toBe(false);
  expect(await captcha.check(id, answer, "sign-in", browser)).toBe(false);
});

test("another browser and another purpose fail with the right answer", async () => {
  const first = await captcha.issue("sign-in", browser);
  const second = await captcha.issue("sign-in", browser);
  const [one, two] = [await shownAnswer(first), await shownAnswer(second)];
  expect(await captcha.check(first, one, "sign-in", otherBrowser)).toBe(false);
  expect(await captcha.check(second, two, "fund-detail", browser)).toBe(false);
});

test("an answer after five minutes fails, one just before passes", async () => {
  const [early, late] = [
    await captcha.issue("sign-in", browser),
    await captcha.issue("sign-in", browser),
  ];
  now = new Date("2026-11-23T02:04:59Z");
  expect(await captcha.check(early, await shownAnswer(early), "sign-in", browser)).toBe(true);
  now = new Date("2026-11-23T02:05:00Z");
  expect(await captcha.check(late, await shownAnswer(late), "sign-in", browser)).toBe(false);
});

test("of twenty checks at the same moment one passes", async () => {
  const id = await captcha.issue("sign-in", browser);
  const answer = await shownAnswer(id);
  const results = await Promise.all(
    Array.from({ length: 20 }, () => captcha.check(id, answer, "sign-in", browser)),
  );
  expect(results.filter(Boolean)).toHaveLength(1);
});

test("a ninth challenge drops the browser's oldest, also when all are asked for at once", async () => {
  const oldest = await captcha.issue("sign-in", browser);
  const foreign = await captcha.issue("sign-in", otherBrowser);
  now = new Date("2026-11-23T02:00:01Z");
  await Promise.all(Array.from({ length: 12 }, () => captcha.issue("sign-in", browser)));
  expect(await live()).toBe(9);
  const forgotten = await shownAnswer(oldest);
  expect(await captcha.check(oldest, forgotten, "sign-in", browser)).toBe(false);
  const kept = await shownAnswer(foreign);
  expect(await captcha.check(foreign, kept, "sign-in", otherBrowser)).toBe(true);
});

test("challenges of forms older than an hour are removed with the next issue, whoever's they are", async () => {
  await captcha.issue("sign-in", otherBrowser);
  now = new Date("2026-11-23T03:00:00Z");
  await captcha.issue("sign-in", browser);
  expect(await live()).toBe(1);
});

test("full-width digits and Chinese numerals are answers", async () => {
  for (const write of [fullWidth, inChinese]) {
    const id = await captcha.issue("sign-in", browser);
    const typed = write(await shownAnswer(id));
    expect(await captcha.check(id, ` ${typed} `, "sign-in", browser), typed).toBe(true);
  }
});

test("the database holds neither the id nor the answer, and the outbox only in demonstrations", async () => {
  const id = await open(false).issue("sign-in", browser);
  const row = await database.db
    .selectFrom("captcha_challenge")
    .selectAll()
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(id);
  expect(row.answer_hash).toHaveLength(32);
  expect(row.sum_cipher.toString("latin1")).not.toMatch(/\+ \d/);
  expect(await database.db.selectFrom("demo_outbox").select("id").execute()).toEqual([]);
});

test.each(["", "x", "A".repeat(43), "A".repeat(100_000), "'; drop table captcha_challenge; --"])(
  "an id nobody issued is refused (%#)",
  async (id) => {
    expect(await captcha.check(id, "42", "sign-in", browser)).toBe(false);
  },
);

function fullWidth(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function inChinese(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => "零一二三四五六七八九".charAt(Number(digit)));
}

test("another sum under the same id: the form keeps its id, the old answer counts no more", async () => {
  const id = await captcha.issue("sign-in", browser);
  const [before, old] = [await captcha.look(id, browser), await shownAnswer(id)];
  now = new Date("2026-11-23T02:20:00Z");
  expect(await captcha.look(id, browser)).toBeNull();
  await database.owner.deleteFrom("demo_outbox").execute();
  expect(await captcha.renew(id, browser)).toBe(true);
  const after = await captcha.look(id, browser);
  expect(after).not.toEqual(before);
  const answer = await shownAnswer(id);
  expect(answer).not.toBe(old);
  expect(await captcha.check(id, answer, "sign-in", browser)).toBe(true);
  expect(await captcha.renew(id, browser)).toBe(false);
});

test("is looked at and changed by its own browser alone, twenty times, within an hour", async () => {
  const id = await captcha.issue("sign-in", browser);
  expect(await captcha.look(id, otherBrowser)).toBeNull();
  expect(await captcha.renew(id, otherBrowser)).toBe(false);
  for (let n = 0; n < 20; n += 1) expect(await captcha.renew(id, browser)).toBe(true);
  expect(await captcha.renew(id, browser)).toBe(false);
  const late = await captcha.issue("sign-in", browser);
  now = new Date("2026-11-23T03:00:00Z");
  expect(await captcha.renew(late, browser)).toBe(false);
  for (const made of ["", "x", "A".repeat(43), "'"]) {
    expect(await captcha.renew(made, browser)).toBe(false);
    expect(await captcha.look(made, browser)).toBeNull();
  }
});
