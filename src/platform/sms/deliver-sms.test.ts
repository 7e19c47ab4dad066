import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { openPersonalData } from "../personal-data.ts";
import { deliverSms } from "./deliver-sms.ts";
import { demoSmsProvider } from "./demo-provider.ts";
import { queueCodeSms, queueNoticeToPhone, sweepSms } from "./outbox.ts";
import type { OutgoingSms, SmsOutcome } from "./sms-provider.ts";

const personalData = openPersonalData(Buffer.alloc(32, 7));
const START = new Date("2026-11-23T02:00:00Z");

let database: TestDatabase;
let now: Date;
let tried: OutgoingSms[];
const warnings: object[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = START;
  tried = [];
  warnings.length = 0;
  await database.owner.deleteFrom("sms_message").execute();
});

function pass(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

async function queue(phone = "13800005678", lifeSeconds = 300): Promise<void> {
  const notAfter = new Date(now.getTime() + lifeSeconds * 1000);
  const message = { phone, text: "验证码 {code}。", code: "012345", now, notAfter };
  await database.db.transaction().execute((tx) => queueCodeSms(tx, personalData, message, true));
}

function deliver(answer: (message: OutgoingSms) => SmsOutcome | Promise<SmsOutcome>) {
  const provider = {
    send: async (message: OutgoingSms) => {
      tried.push(message);
      return await answer(message);
    },
  };
  const log = { warn: (fields: object) => void warnings.push(fields) };
  return deliverSms({
    ...{ db: database.db, personalData, provider, clock: () => now },
    log: log as Parameters<typeof deliverSms>[0]["log"],
  });
}

const accept = (): SmsOutcome => ({ kind: "accepted" });
const later = (): SmsOutcome => ({ kind: "later", problem: "the gateway answered 500" });

async function rows() {
  return await database.db.selectFrom("sms_message").selectAll().execute();
}

test("a message is sent once, with its code in its text, and its phone is forgotten", async () => {
  await queue();
  expect(await deliver(accept)).toBe(1);
  expect(tried).toEqual([
    {
      ...{ id: tried[0]?.id, kind: "code", phone: "13800005678", text: "验证码 012345。" },
      ...{ code: "012345", values: { code: "012345" } },
    },
  ]);
  expect(await deliver(accept)).toBe(0);
  expect(await rows()).toMatchObject([
    { state: "accepted", phone_cipher: null, code_cipher: null, attempts: 1 },
  ]);
});

test("what a rolled-back act would have sent is not sent", async () => {
  const notAfter = new Date(now.getTime() + 300_000);
  const message = { phone: "13800005678", text: "{code}", code: "1", now, notAfter };
  const act = database.db.transaction().execute(async (tx) => {
    await queueCodeSms(tx, personalData, message, true);
    throw new Error("the act failed");
  });
  await expect(act).rejects.toThrow("the act failed");
  expect(await deliver(accept)).toBe(0);
});

test("a notice carries what changes in it apart, for gateways with templates", async () => {
  const notice = {
    ...{ phone: "13800005678", about: "机构注册（尾号 1234）", words: "已通过，请登录办理" },
    ...{ now, notAfter: new Date(now.getTime() + 3_600_000) },
  };
  await database.db.transaction().execute((tx) => queueNoticeToPhone(tx, personalData, notice));
  await deliver(accept);
  expect(tried).toMatchObject([
    {
      kind: "notice",
      code: "",
      text: expect.stringContaining("您的机构注册（尾号 1234）已通过，请登录办理。"),
      values: { about: "机构注册（尾号 1234）", words: "已通过，请登录办理" },
    },
  ]);
});

describe("a gateway that fails", () => {
  test("is tried again later, each time twice as late, under the same id", async () => {
    await queue("13800005678", 3600);
    await deliver(later);
    pass(4);
    expect(await deliver(later)).toBe(0);
    pass(1);
    expect(await deliver(later)).toBe(1);
    pass(9);
    expect(await deliver(later)).toBe(0);
    pass(1);
    expect(await deliver(accept)).toBe(1);
    expect(new Set(tried.map(({ id }) => id)).size).toBe(1);
    expect(await rows()).toMatchObject([{ state: "accepted", attempts: 3 }]);
  });

  test("costs a message that it will never take, and the log says so without the phone", async () => {
    await queue();
    await deliver(() => ({ kind: "refused", problem: "the gateway answered 422" }));
    expect(await rows()).toMatchObject([{ state: "refused", phone_cipher: null }]);
    expect(JSON.stringify(warnings)).toContain("the gateway answered 422");
    expect(JSON.stringify(warnings)).not.toContain("13800005678");
  });

  test("is not asked for ever", async () => {
    await queue("13800005678", 10 * 86_400);
    for (let tries = 0; tries < 20; tries += 1) {
      await deliver(later);
      pass(600);
    }
    expect(tried).toHaveLength(12);
    expect(await rows()).toMatchObject([{ state: "refused" }]);
  });
});

test("a code past its time is not sent any more", async () => {
  await queue();
  await deliver(later);
  pass(300);
  expect(await deliver(accept)).toBe(0);
  expect(await rows()).toMatchObject([{ state: "expired", phone_cipher: null, code_cipher: null }]);
});

test("a fixed line is no address for a text message", async () => {
  await queue("0571-88887777");
  await deliver(accept);
  expect(tried).toEqual([]);
  expect(await rows()).toMatchObject([{ state: "refused", last_problem: "not a mobile number" }]);
});

test("two processes share the work, and what one died with comes again after its lease", async () => {
  for (let n = 0; n < 30; n += 1) await queue();
  const taken = await Promise.all([deliver(accept), deliver(accept)]);
  expect(taken[0] + taken[1]).toBe(30);
  expect(new Set(tried.map(({ id }) => id)).size).toBe(30);
  await queue();
  const died = deliver(() => Promise.reject(new Error("killed")));
  await expect(died).rejects.toThrow("killed");
  pass(59);
  expect(await deliver(accept)).toBe(0);
  pass(1);
  expect(await deliver(accept)).toBe(1);
});

test("the demonstration shows a repeated delivery once", async () => {
  const provider = demoSmsProvider(database.db, () => now);
  const message = {
    ...{ id: crypto.randomUUID(), kind: "code" as const, phone: "13800005678" },
    ...{ text: "验证码 1", code: "1", values: { code: "1" } },
  };
  await provider.send(message);
  await provider.send(message);
  const shown = await database.db
    .selectFrom("demo_outbox")
    .select(["kind", "recipient", "code", "body"])
    .where("delivery_id", "=", message.id)
    .execute();
  expect(shown).toEqual([{ kind: "sms", recipient: "13800005678", code: "1", body: "验证码 1" }]);
});

test("where nobody sends, late messages are given up and forgotten", async () => {
  await queue();
  await sweepSms(database.db, new Date(START.getTime() + 301_000));
  expect(await rows()).toMatchObject([{ state: "expired", phone_cipher: null }]);
  await sweepSms(database.db, new Date(START.getTime() + 31 * 86_400_000));
  expect(await rows()).toEqual([]);
});
