import { createHash, pbkdf2Sync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seededRandom } from "#src/kernel/random.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { type OpenDatabase, openDatabase } from "../database/client.ts";
import type { Visit } from "../http/visit.ts";
import { createRateLimits } from "../rate-limits.ts";
import { createCaptcha } from "./captcha.ts";
import {
  askCaptcha,
  askStandIn,
  type CaptchaQuestion,
  checkCaptcha,
  countMisbehaviour,
  type FormCaptchaDeps,
} from "./form-captcha.ts";

const PURPOSE = "owner-sign-in";
const NOW = new Date("2026-11-23T02:00:00Z");
let now = NOW;

let database: TestDatabase;
let connection: OpenDatabase;
let deps: FormCaptchaDeps;
let visitors = 0;
beforeAll(async () => {
  database = await testDatabase();
  connection = openDatabase(database.applicationConnection, { role: "fund_app", max: 2 });
  const { db } = database;
  deps = {
    captcha: createCaptcha({ db, clock: () => now, random: seededRandom(7).int, isDemo: true }),
    limits: createRateLimits({ pool: connection.pool, isOn: true }),
    workSecret: "a secret of the test",
  };
});
afterAll(async () => {
  await connection?.close();
  await database.drop();
});
beforeEach(() => {
  visitors += 1;
  now = NOW;
});

/** A browser and an address of its own. */
function visit(): Visit {
  const hash = createHash("sha256").update(`visitor ${visitors}`).digest();
  const browser = { findBrowser: () => hash, ensureBrowser: () => hash };
  return { now, addressHash: hash, ...browser } as unknown as Visit;
}

async function answerOf(id: string): Promise<string> {
  const row = await database.db
    .selectFrom("demo_outbox")
    .select("code")
    .where("recipient", "=", id)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  return row.code;
}

async function answered({ id }: CaptchaQuestion): Promise<Record<string, string>> {
  return { captchaId: id, captcha: await answerOf(id) };
}

/** What the island does, with Node's own arithmetic. */
function doWork(text: string): string {
  const challenge = JSON.parse(text);
  const { nonce, salt, cost, keyPrefix } = challenge.parameters;
  for (let counter = 0; ; counter += 1) {
    const password = Buffer.concat([Buffer.from(nonce, "hex"), Buffer.alloc(4)]);
    password.writeUInt32BE(counter, password.length - 4);
    const key = pbkdf2Sync(password, Buffer.from(salt, "hex"), cost, 32, "sha256").toString("hex");
    if (key.startsWith(keyPrefix)) {
      return JSON.stringify({ challenge, solution: { counter, derivedKey: key } });
    }
  }
}

const use = (account?: string) => ({ purpose: PURPOSE, account });

async function misbehave(times: number, account?: string): Promise<void> {
  for (let n = 0; n < times; n += 1) await countMisbehaviour(deps, visit(), account);
}

test("a visitor who has done nothing is asked one sum, and its answer is good for one form", async () => {
  const question = await askCaptcha(deps, visit(), use());
  expect(question.more).toBeNull();
  const sent = await answered(question);
  expect(await checkCaptcha(deps, visit(), sent, use())).toBeNull();
  expect(await checkCaptcha(deps, visit(), sent, use())).toEqual({
    captcha: expect.stringContaining("得数不对"),
  });
});

test("nothing, a wrong answer and another form's answer are refused in words", async () => {
  const empty = { captchaId: (await askCaptcha(deps, visit(), use())).id, captcha: " " };
  expect(await checkCaptcha(deps, visit(), empty, use())).toEqual({ captcha: "请填写算式的得数" });
  expect(await checkCaptcha(deps, visit(), {}, use())).toEqual({ captcha: "请填写算式的得数" });
  const other = await answered(await askCaptcha(deps, visit(), { purpose: "registration" }));
  expect(await checkCaptcha(deps, visit(), other, use())).toHaveProperty("captcha");
});

test("after ten wrong answers of an address its forms ask for more, and the work is enough", async () => {
  for (let n = 0; n < 10; n += 1) {
    const { id, more } = await askCaptcha(deps, visit(), use());
    expect(more).toBeNull();
    await checkCaptcha(deps, visit(), { captchaId: id, captcha: "1" }, use());
  }
  const question = await askCaptcha(deps, visit(), use());
  const captchaWork = doWork(question.more?.work ?? "");
  const sent = { ...(await answered(question)), captchaWork };
  expect(await checkCaptcha(deps, visit(), sent, use())).toBeNull();
  const next = await answered(await askCaptcha(deps, visit(), use()));
  expect(await checkCaptcha(deps, visit(), { ...next, captchaWork }, use())).toHaveProperty(
    "captcha",
  );
});

test("without script a second sum is enough; both are used up, right or wrong", async () => {
  await misbehave(10);
  const question = await askCaptcha(deps, visit(), use());
  const secondCaptchaId = question.more?.secondId ?? "";
  const secondCaptcha = await answerOf(secondCaptchaId);
  const sent = { ...(await answered(question)), secondCaptchaId };
  expect(await checkCaptcha(deps, visit(), { ...sent, secondCaptcha: "1" }, use())).toEqual({
    secondCaptcha: expect.stringContaining("得数不对"),
  });
  expect(await checkCaptcha(deps, visit(), { ...sent, secondCaptcha }, use())).not.toBeNull();
  const again = await askCaptcha(deps, visit(), use());
  const right = {
    ...(await answered(again)),
    secondCaptchaId: again.more?.secondId ?? "",
    secondCaptcha: await answerOf(again.more?.secondId ?? ""),
  };
  expect(await checkCaptcha(deps, visit(), right, use())).toBeNull();
});

test("an account that is guessed at asks every address for more, also one whose form did not", async () => {
  await misbehave(3, "owner:wang");
  visitors += 1;
  const bare = await askCaptcha(deps, visit(), use());
  expect(bare.more).toBeNull();
  expect(await checkCaptcha(deps, visit(), await answered(bare), use("owner:wang"))).toEqual({
    captcha: expect.stringContaining("再算一次"),
  });
  const asked = await askCaptcha(deps, visit(), use("owner:wang"));
  const sent = { ...(await answered(asked)), captchaWork: doWork(asked.more?.work ?? "") };
  expect(await checkCaptcha(deps, visit(), sent, use("owner:wang"))).toBeNull();
  const untouched = await answered(await askCaptcha(deps, visit(), use("owner:li")));
  expect(await checkCaptcha(deps, visit(), untouched, use("owner:li"))).toBeNull();
});

test("work that was not asked for, or not done, is none", async () => {
  await misbehave(10);
  const forge = async (change: (work: string) => string) => {
    const question = await askCaptcha(deps, visit(), use());
    const sent = {
      ...(await answered(question)),
      captchaWork: change(question.more?.work ?? ""),
    };
    return await checkCaptcha(deps, visit(), sent, use());
  };
  const forgeries: ((work: string) => string)[] = [
    (work) => work,
    () => "{}",
    () => "[]",
    () => "x".repeat(100_000),
    (work) => doWork(work).replace(/"counter":\d+/, '"counter":1'),
    (work) => doWork(work).replace('"cost":5000', '"cost":1'),
    (work) => doWork(work.replace(/"keyPrefix":"[0-9a-f]+"/, '"keyPrefix":"0"')),
    (work) => doWork(work).replace(/"signature":"[0-9a-f]{64}"/, `"signature":"${"0".repeat(64)}"`),
  ];
  for (const change of forgeries) expect(await forge(change)).toHaveProperty("captcha");
  expect(await forge(doWork)).toBeNull();
});

test("of twenty posts with one answer and one work at the same moment one passes", async () => {
  await misbehave(10);
  const question = await askCaptcha(deps, visit(), use());
  const sent = { ...(await answered(question)), captchaWork: doWork(question.more?.work ?? "") };
  const results = await Promise.all(
    Array.from({ length: 20 }, () => checkCaptcha(deps, visit(), sent, use())),
  );
  expect(results.filter((errors) => errors === null)).toHaveLength(1);
});

describe("work in the place of the sum", () => {
  async function workFor(id: string): Promise<string> {
    return doWork((await askStandIn(deps, visit(), id)) ?? expect.fail("no work for this captcha"));
  }
  const check = (id: string, captchaStandIn: string, rest: Record<string, string> = {}) =>
    checkCaptcha(deps, visit(), { captchaId: id, captchaStandIn, ...rest }, use());

  test("is as good as the answer, once, and the captcha is used up with it", async () => {
    const question = await askCaptcha(deps, visit(), use());
    const sent = await answered(question);
    const captchaStandIn = await workFor(question.id);
    expect(await check(question.id, captchaStandIn)).toBeNull();
    expect(await check(question.id, captchaStandIn)).toEqual({
      captcha: expect.stringContaining("代算没有用上"),
    });
    expect(await checkCaptcha(deps, visit(), sent, use())).not.toBeNull();
    expect(await askStandIn(deps, visit(), question.id)).toBeNull();
  });

  test("counts beside a wrong answer, and the wrong answer then counts against nobody", async () => {
    await misbehave(9);
    const { id } = await askCaptcha(deps, visit(), use());
    expect(await check(id, await workFor(id), { captcha: "1" })).toBeNull();
    expect((await askCaptcha(deps, visit(), use())).more).toBeNull();
  });

  test("of another captcha, another form or another browser is none, and uses the captcha up", async () => {
    const [first, second] = [
      await askCaptcha(deps, visit(), use()),
      await askCaptcha(deps, visit(), use()),
    ];
    const foreign = await workFor(first.id);
    expect(await check(second.id, foreign)).toHaveProperty("captcha");
    expect(await checkCaptcha(deps, visit(), await answered(second), use())).not.toBeNull();
    const sent = { captchaId: first.id, captchaStandIn: foreign };
    expect(await checkCaptcha(deps, visit(), sent, { purpose: "registration" })).not.toBeNull();
    expect(await check(first.id, foreign)).not.toBeNull();
    const third = await askCaptcha(deps, visit(), use());
    const own = await workFor(third.id);
    visitors += 1;
    expect(await askStandIn(deps, visit(), third.id)).toBeNull();
    expect(await check(third.id, own)).not.toBeNull();
  });

  test("is good as long as its form, longer than the sum, and not an hour later", async () => {
    const { id } = await askCaptcha(deps, visit(), use());
    now = new Date(NOW.getTime() + 59 * 60_000);
    const late = await askCaptcha(deps, visit(), use());
    expect(await check(id, await workFor(id))).toBeNull();
    const kept = await workFor(late.id);
    now = new Date(now.getTime() + 60 * 60_000);
    expect(await askStandIn(deps, visit(), late.id)).toBeNull();
    expect(await check(late.id, kept)).toHaveProperty("captcha");
  });

  test("is not what misbehaviour asks for, nor the other way round: it stands for the sum alone", async () => {
    await misbehave(10);
    const heavyForBoth = await askCaptcha(deps, visit(), use());
    const heavy = await workFor(heavyForBoth.id);
    expect(await check(heavyForBoth.id, heavy, { captchaWork: heavy })).toEqual({
      captcha: expect.stringContaining("再算一次"),
    });
    const lightForBoth = await askCaptcha(deps, visit(), use());
    const light = doWork(lightForBoth.more?.work ?? "");
    expect(await check(lightForBoth.id, light, { captchaWork: light })).toHaveProperty("captcha");
    const asked = await askCaptcha(deps, visit(), use());
    const both = { captchaWork: doWork(asked.more?.work ?? "") };
    expect(await check(asked.id, await workFor(asked.id), both)).toBeNull();
  });

  test("cannot be made lighter, forged, or claimed without being done", async () => {
    const light = async (id: string) => {
      await misbehave(10);
      const { more } = await askCaptcha(deps, visit(), use());
      return doWork(more?.work ?? "").replace(/"captcha":"[^"]+"/, `"captcha":"${id}"`);
    };
    const change = (from: RegExp | string, to: string) => async (id: string) =>
      (await workFor(id)).replace(from, to);
    const forgeries: ((id: string) => Promise<string>)[] = [
      light,
      async (id) => (await askStandIn(deps, visit(), id)) ?? "",
      async () => "{}",
      change('"cost":10000', '"cost":5000'),
      change('"tries":1500', '"tries":1'),
      change(/"keyPrefix":"[0-9a-f]+"/, '"keyPrefix":"0"'),
      change(/"counter":\d+/, '"counter":1501'),
      change(/"signature":"[0-9a-f]{64}"/, `"signature":"${"0".repeat(64)}"`),
    ];
    for (const forge of forgeries) {
      const { id } = await askCaptcha(deps, visit(), use());
      expect(await check(id, await forge(id))).toHaveProperty("captcha");
    }
  });

  test("of twenty posts with one work at the same moment one passes", async () => {
    const { id } = await askCaptcha(deps, visit(), use());
    const captchaStandIn = await workFor(id);
    const results = await Promise.all(Array.from({ length: 20 }, () => check(id, captchaStandIn)));
    expect(results.filter((errors) => errors === null)).toHaveLength(1);
  });

  test.each(["", "x", "A".repeat(43), "A".repeat(100_000), "'"])(
    "is not made for a captcha that nobody was asked (%#)",
    async (id) => {
      expect(await askStandIn(deps, visit(), id)).toBeNull();
    },
  );
});
