import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { inParallel, tally } from "#tests/support/in-parallel.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import {
  findContactCode,
  findContactProof,
  sendContactCode,
  sweepContactProofs,
  tryContactCode,
} from "./contact-proof.ts";

const personalData = openPersonalData(Buffer.alloc(32, 7));
const START = new Date("2026-11-23T02:00:00Z");
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AUDIT = {
  requestId: "00000000-0000-4000-8000-000000000001",
  event: "registration-submitted",
  actor: "visitor",
  addressHash: Buffer.alloc(32, 9),
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

let made = 0;
/** A phone that nobody asked for a code yet, in a browser of its own. */
function claim(now = START) {
  made += 1;
  return { phone: `1380000${6000 + made}`, browserHash: Buffer.alloc(32, made), now };
}

async function sendCode(to: ReturnType<typeof claim>): Promise<string> {
  const deps = { db: database.db, personalData, fundCentreName: "示例市中心", codesPerDay: 1000 };
  expect(await sendContactCode(deps, to, AUDIT)).toEqual({ kind: "sent" });
  const messages = await database.owner.selectFrom("sms_message").selectAll().execute();
  const own = messages.find(
    ({ phone_cipher: cipher }) => cipher && personalData.decrypt(cipher) === to.phone,
  );
  expect(own?.text).toContain("验证机构联系人的手机");
  return personalData.decrypt(own?.code_cipher ?? Buffer.alloc(0));
}

const deps = () => ({ db: database.db, personalData });

describe("the phone of a contact", () => {
  test("is proven by the code that went to it, for thirty days, in this browser and no other", async () => {
    const own = claim();
    const code = await sendCode(own);
    expect(await findContactCode(deps(), own)).toEqual(START);
    expect(await findContactProof(deps(), own)).toBeNull();
    expect(await tryContactCode(deps(), { ...own, code }, AUDIT)).toBe("right");
    expect(await findContactProof(deps(), own)).toEqual(START);
    expect(await findContactCode(deps(), own)).toBeNull();
    expect(
      await findContactProof(deps(), { ...own, browserHash: Buffer.alloc(32, 99) }),
    ).toBeNull();
    expect(await findContactProof(deps(), { ...own, phone: "13800009999" })).toBeNull();
    const later = { ...own, now: new Date(START.getTime() + 31 * DAY_MS) };
    expect(await findContactProof(deps(), later)).toBeNull();
  });

  test("is not proven by the code of another phone, nor by one that is over", async () => {
    const own = claim();
    const other = { ...own, phone: "13800006999" };
    const code = await sendCode(own);
    expect(await tryContactCode(deps(), { ...other, code }, AUDIT)).toBe("ended");
    const late = { ...own, now: new Date(START.getTime() + 6 * MINUTE_MS) };
    expect(await tryContactCode(deps(), { ...late, code }, AUDIT)).toBe("ended");
    expect(await findContactProof(deps(), own)).toBeNull();
  });

  test("is guessed at five times, however many guesses come at once", async () => {
    const own = claim();
    const code = await sendCode(own);
    const wrong = code === "000000" ? "000001" : "000000";
    const guesses = Array.from(
      { length: 30 },
      () => () => tryContactCode(deps(), { ...own, code: wrong }, AUDIT),
    );
    expect(tally(await inParallel(10, guesses))).toEqual({ wrong: 5, ended: 25 });
    expect(await tryContactCode(deps(), { ...own, code }, AUDIT)).toBe("ended");
  });

  test("is forgotten after thirty days", async () => {
    const own = claim();
    await tryContactCode(deps(), { ...own, code: await sendCode(own) }, AUDIT);
    await sweepContactProofs(database.db, new Date(START.getTime() + 29 * DAY_MS));
    expect(await findContactProof(deps(), own)).not.toBeNull();
    await sweepContactProofs(database.db, new Date(START.getTime() + 31 * DAY_MS));
    const kept = await database.owner.selectFrom("proven_contact").selectAll().execute();
    expect(kept.filter(({ browser_hash: hash }) => hash.equals(own.browserHash))).toEqual([]);
  });
});
