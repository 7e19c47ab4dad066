import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inParallel, tally } from "#tests/support/in-parallel.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { type OpenDatabase, openDatabase } from "./database/client.ts";
import {
  type CodeOutcome,
  type CodeRequest,
  sendOneTimeCode,
  sweepOneTimeCodes,
  tryOneTimeCode,
} from "./one-time-codes.ts";
import { openPersonalData } from "./personal-data.ts";

const personalData = openPersonalData(Buffer.alloc(32, 7));
const START = new Date("2026-11-23T02:00:00Z");
const browser = createHash("sha256").update("browser").digest();
const otherBrowser = createHash("sha256").update("other browser").digest();
const BINDING = { purpose: "applicant-proof", subject: "112611230482719537", browserHash: browser };

let database: TestDatabase;
let many: OpenDatabase;
beforeAll(async () => {
  database = await testDatabase();
  many = openDatabase(database.applicationConnection, { role: "fund_app", max: 10 });
});
afterAll(async () => {
  await many.close();
  await database.drop();
});
beforeEach(async () => {
  await database.owner.deleteFrom("one_time_code").execute();
  await database.owner.deleteFrom("sms_message").execute();
});

function secondsLater(seconds: number): Date {
  return new Date(START.getTime() + seconds * 1000);
}

async function send(changes: Partial<CodeRequest> = {}): Promise<CodeOutcome> {
  const request: CodeRequest = {
    ...BINDING,
    phone: "13800005678",
    addressHash: Buffer.alloc(32, 9),
    isRightPhone: true,
    text: "验证码 {code}",
    now: START,
    dailyCap: 1000,
    ...changes,
  };
  return await many.db.transaction().execute((tx) => sendOneTimeCode(tx, personalData, request));
}

async function sentCodes(): Promise<string[]> {
  const rows = await database.db
    .selectFrom("sms_message")
    .select("code_cipher")
    .orderBy("created_at")
    .execute();
  return rows.map((row) => personalData.decrypt(row.code_cipher ?? Buffer.alloc(0)));
}

async function newCode(changes: Partial<CodeRequest> = {}): Promise<string> {
  expect(await send(changes)).toEqual({ kind: "sent" });
  return (await sentCodes()).at(-1) ?? expect.fail("no message was queued");
}

function tryCode(code: string, changes: Partial<Parameters<typeof tryOneTimeCode>[2]> = {}) {
  return tryOneTimeCode(many.db, personalData, { ...BINDING, code, now: START, ...changes });
}

const wrong = (code: string) => code.replace(/./, (digit) => String((Number(digit) + 1) % 10));

describe("a code", () => {
  test("has six digits, opens once, and stands in clear nowhere in the database", async () => {
    const code = await newCode();
    expect(code).toMatch(/^[0-9]{6}$/);
    const rows = await Promise.all(
      (["one_time_code", "sms_message"] as const).map((table) =>
        database.db.selectFrom(table).selectAll().execute(),
      ),
    );
    const stored = JSON.stringify(rows, (_, value) =>
      value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
    );
    expect(stored).toContain("{code}");
    expect(stored).not.toContain(code);
    expect(stored).not.toContain("13800005678");
    expect(await tryCode(code)).toBe("right");
    expect(await tryCode(code)).toBe("ended");
  });

  test("lives five minutes", async () => {
    const code = await newCode();
    expect(await tryCode(code, { now: secondsLater(300) })).toBe("ended");
    expect(await tryCode(code, { now: secondsLater(299) })).toBe("right");
  });

  test.each([
    ["another browser", { browserHash: otherBrowser }],
    ["another application", { subject: "112611230482719545" }],
    ["another purpose", { purpose: "sign-in" }],
  ])("opens nothing for %s", async (_, changes) => {
    const code = await newCode();
    expect(await tryCode(code, changes)).toBe("ended");
    expect(await tryCode(code)).toBe("right");
  });

  test("is replaced by the next one", async () => {
    const first = await newCode();
    const second = await newCode({ now: secondsLater(60) });
    if (first !== second) expect(await tryCode(first, { now: secondsLater(61) })).toBe("wrong");
    expect(await tryCode(second, { now: secondsLater(61) })).toBe("right");
  });

  test("is dead after five wrong tries, also for the right one", async () => {
    const code = await newCode();
    for (let tries = 0; tries < 5; tries += 1) expect(await tryCode(wrong(code))).toBe("wrong");
    expect(await tryCode(code)).toBe("ended");
  });
});

describe("a phone that is not the right one", () => {
  test("is answered the same, gets no message, and no code opens for it", async () => {
    expect(await send({ isRightPhone: false })).toEqual({ kind: "sent" });
    expect(await sentCodes()).toEqual([]);
    for (let tries = 0; tries < 5; tries += 1) expect(await tryCode(`00000${tries}`)).toBe("wrong");
    expect(await tryCode("000005")).toBe("ended");
    expect(await send({ isRightPhone: false, now: secondsLater(30) })).toEqual(
      await send({ now: secondsLater(30) }),
    );
  });
});

describe("how often", () => {
  test("one phone gets one a minute, whichever browser and application ask", async () => {
    expect(await send()).toEqual({ kind: "sent" });
    const other = {
      browserHash: otherBrowser,
      subject: "112611230482719545",
      now: secondsLater(59),
    };
    expect(await send(other)).toEqual({ kind: "too-often", retryAfterSeconds: 1 });
    expect(await send({ ...other, now: secondsLater(60) })).toEqual({ kind: "sent" });
  });

  test("five an hour and ten a day", async () => {
    for (let n = 0; n < 5; n += 1) await newCode({ now: secondsLater(n * 60) });
    expect(await send({ now: secondsLater(300) })).toEqual({
      kind: "too-often",
      retryAfterSeconds: 3300,
    });
    for (let n = 0; n < 5; n += 1) await newCode({ now: secondsLater(3600 * (n + 2)) });
    expect(await send({ now: secondsLater(3600 * 8) })).toEqual({
      kind: "too-often",
      retryAfterSeconds: 3600 * 16,
    });
    expect(await send({ now: secondsLater(3600 * 24) })).toEqual({ kind: "sent" });
    expect(await send({ phone: "13800005679", now: secondsLater(3600 * 8) })).toEqual({
      kind: "sent",
    });
  });

  test("all phones together stop at the day's cap, the next day goes on", async () => {
    const phones = ["13800005671", "13800005672", "13800005673"];
    const outcomes = [];
    for (const phone of phones) outcomes.push((await send({ phone, dailyCap: 2 })).kind);
    expect(outcomes).toEqual(["sent", "sent", "capped"]);
    expect(await send({ dailyCap: 2, now: secondsLater(86_400) })).toEqual({ kind: "sent" });
  });
});

describe("storms", () => {
  test("of a hundred guesses at once five are compared", async () => {
    const code = await newCode();
    const guesses = Array.from({ length: 100 }, () => () => tryCode(wrong(code)));
    expect(tally(await inParallel(10, guesses))).toEqual({ wrong: 5, ended: 95 });
    expect(await tryCode(code)).toBe("ended");
  });

  test("of two right codes at once one opens", async () => {
    for (let round = 0; round < 10; round += 1) {
      const now = secondsLater(round * 86_400);
      const code = await newCode({ now });
      const both = await Promise.all([tryCode(code, { now }), tryCode(code, { now })]);
      expect(both.toSorted()).toEqual(["ended", "right"]);
    }
  });

  test("of twenty requests for one phone at once one is sent", async () => {
    const requests = Array.from({ length: 20 }, () => () => send());
    const outcomes = await inParallel(10, requests);
    expect(tally(outcomes.map(({ kind }) => kind))).toEqual({ sent: 1, "too-often": 19 });
    expect(await sentCodes()).toHaveLength(1);
  });

  test("twenty phones from one browser at once leave one code that opens", async () => {
    const requests = Array.from(
      { length: 20 },
      (_, n) => () => send({ phone: `138000057${String(n).padStart(2, "0")}` }),
    );
    const outcomes = await inParallel(10, requests);
    expect(tally(outcomes.map(({ kind }) => kind))).toEqual({ sent: 20 });
    const active = await database.db
      .selectFrom("one_time_code")
      .select("id")
      .where("ended_at", "is", null)
      .execute();
    expect(active).toHaveLength(1);
  });
});

test("codes are swept once no limit counts them", async () => {
  await newCode();
  await sweepOneTimeCodes(database.db, secondsLater(86_399));
  expect(await database.db.selectFrom("one_time_code").select("id").execute()).toHaveLength(1);
  await sweepOneTimeCodes(database.db, secondsLater(86_401));
  expect(await database.db.selectFrom("one_time_code").select("id").execute()).toHaveLength(0);
});

test("an address gets two hundred codes a day, however many phones and processes ask at once", async () => {
  const rows = Array.from({ length: 195 }, (_, n) => ({
    ...{ id: crypto.randomUUID(), purpose: "sign-in", subject: `filled ${n}`, ended_at: START },
    ...{ browser_hash: Buffer.alloc(32, 1), phone_hash: Buffer.alloc(32, 2) },
    ...{ code_hash: Buffer.alloc(32, 3), address_hash: Buffer.alloc(32, 77) },
    ...{ created_at: START, expires_at: START },
  }));
  await database.owner.insertInto("one_time_code").values(rows).execute();
  const asked = Array.from({ length: 20 }, (_, n) =>
    send({
      ...{ phone: `139000000${10 + n}`, subject: `phone ${n}`, now: secondsLater(1) },
      ...{ browserHash: Buffer.alloc(32, 100 + n), addressHash: Buffer.alloc(32, 77) },
    }),
  );
  const outcomes = await Promise.all(asked);
  expect(outcomes.filter(({ kind }) => kind === "sent")).toHaveLength(5);
  expect(outcomes.filter(({ kind }) => kind === "capped")).toHaveLength(15);
  expect(await send({ phone: "13900000099", now: secondsLater(2) })).toEqual({ kind: "sent" });
  const nextDay = { addressHash: Buffer.alloc(32, 77), now: secondsLater(86_402) };
  expect(await send({ ...nextDay, phone: "13900000098" })).toEqual({ kind: "sent" });
});
