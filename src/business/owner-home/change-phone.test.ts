import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeOwnerAccount } from "#src/accounts/owners/change-account.ts";
import {
  findOwnerAccount,
  findOwnerByPhone,
  openOwnerAccount,
} from "#src/accounts/owners/owner-account.ts";
import { findSessionUser, startSession } from "#src/platform/sessions.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { recordOwner, WANG } from "#tests/support/recorded-owners.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildOwnerAccount } from "#tests/support/test-owners.ts";
import { textsTo } from "#tests/support/told-texts.ts";
import { changePhone, sendNewPhoneCode } from "./change-phone.ts";
import { linkByPhone } from "./link-houses.ts";

let database: TestDatabase;
let city: TestCity;
let accountId: number;
let oldPhone: string;
let newPhone: string;
const browserHash = Buffer.alloc(32, 3);
const audit = auditOf("owner-phone-changed", "owner");

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

let round = 0;
beforeEach(async () => {
  round += 1;
  oldPhone = `1370000${round.toString().padStart(4, "0")}`;
  newPhone = `1360000${round.toString().padStart(4, "0")}`;
  accountId = await buildOwnerAccount(city, { phone: oldPhone });
});

const deps = () => ({ ...city, config: { fundCentreName: "示例中心", smsCodesPerDay: 100 } });

async function askFor(phone: string): Promise<string> {
  const change = { account: { id: accountId, phone: oldPhone }, phone, browserHash, now: NOW };
  expect(await sendNewPhoneCode(deps(), change, audit)).toEqual({ kind: "sent" });
  const sms = await city.owner
    .selectFrom("sms_message")
    .select(["code_cipher", "phone_cipher"])
    .where("kind", "=", "code")
    .execute();
  const own = sms.find(
    ({ phone_cipher }) =>
      phone_cipher !== null && city.personalData.decrypt(phone_cipher) === phone,
  );
  return own?.code_cipher == null ? "" : city.personalData.decrypt(own.code_cipher);
}

async function change(code: string, phone = newPhone, id = accountId) {
  const token = await startSession(city.owner, { audience: "owner", userId: id, now: NOW });
  const held = { audience: "owner" as const, userId: id, token };
  const attempt = { account: { id, phone: oldPhone }, phone, code, browserHash, held, now: NOW };
  return { outcome: await changePhone(deps(), attempt, audit), token };
}

test("the code that went to the new phone changes it and ends every other session", async () => {
  const elsewhere = await startSession(city.owner, {
    audience: "owner",
    userId: accountId,
    now: NOW,
  });
  const { outcome, token } = await change(await askFor(newPhone));
  expect(outcome).toBe("changed");
  expect(await findOwnerByPhone(city.db, city.personalData, oldPhone)).toBeNull();
  const found = await findOwnerByPhone(city.db, city.personalData, newPhone);
  expect(found).toMatchObject({ id: accountId, phone: newPhone });
  const user = (one: string) =>
    findSessionUser(city.db, { audience: "owner", token: one, now: NOW });
  expect(await user(elsewhere)).toBeNull();
  expect(await user(token)).toBe(accountId);
});

test("the old phone is told, what to do included, and nobody is before the phone is changed", async () => {
  const code = await askFor(newPhone);
  await change(code === "000000" ? "000001" : "000000");
  expect(await textsTo(city, oldPhone)).toEqual([]);
  await change(code);
  const [text, ...more] = await textsTo(city, oldPhone);
  expect(more).toEqual([]);
  expect(text).toContain(`已换成尾号 ${newPhone.slice(-4)} 的手机登录`);
  expect(text).toContain("不是您本人换的，请马上打 12345");
  expect(text).not.toContain(newPhone);
  expect(await textsTo(city, newPhone)).toEqual([]);
});

test("a wrong code changes nothing, and neither does the code of another phone or account", async () => {
  const code = await askFor(newPhone);
  const wrong = code === "000000" ? "000001" : "000000";
  expect((await change(wrong)).outcome).toBe("wrong");
  expect((await change(code, "13600009999")).outcome).toBe("ended");
  const other = await buildOwnerAccount(city, { phone: "13711110000" });
  expect((await change(code, newPhone, other)).outcome).toBe("ended");
  expect(await findOwnerByPhone(city.db, city.personalData, newPhone)).toBeNull();
});

test("a phone of another account is refused to whoever holds it, and both accounts stay", async () => {
  const other = await buildOwnerAccount(city, { phone: newPhone });
  expect((await change(await askFor(newPhone))).outcome).toBe("taken");
  expect(await findOwnerByPhone(city.db, city.personalData, newPhone)).toMatchObject({ id: other });
  expect(await findOwnerByPhone(city.db, city.personalData, oldPhone)).toMatchObject({
    id: accountId,
  });
});

test("a closed account keeps nothing of its owner, and his phone may open a new one", async () => {
  const house = await buildHouse(city);
  await recordOwner(city, house, { ...WANG, phone: oldPhone });
  const account = await findOwnerAccount(city.db, city.personalData, accountId);
  if (account === null) throw new Error("the account is there");
  const limits = { consume: async () => ({ ok: true as const }), giveBack: async () => {} };
  const linkDeps = { ...city, limits: { ...limits, isUsedUp: async () => false } };
  await linkByPhone(linkDeps, account, WANG.document, audit, NOW);
  const token = await startSession(city.owner, { audience: "owner", userId: accountId, now: NOW });
  await city.db
    .transaction()
    .execute((tx) => closeOwnerAccount(tx, city.personalData, { id: accountId }));
  expect(await findOwnerAccount(city.db, city.personalData, accountId)).toBeNull();
  expect(await findSessionUser(city.db, { audience: "owner", token, now: NOW })).toBeNull();
  const row = await city.owner
    .selectFrom("owner_account")
    .selectAll()
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  expect(city.personalData.decrypt(row.phone_cipher)).toBe("");
  expect([row.name_cipher, row.document_hash, row.username]).toEqual([null, null, null]);
  const links = await city.owner
    .selectFrom("owner_house")
    .selectAll()
    .where("owner_id", "=", accountId)
    .execute();
  expect(links).toEqual([]);
  const again = await city.db
    .transaction()
    .execute((tx) => openOwnerAccount(tx, city.personalData, oldPhone));
  expect(again).toMatchObject({ isNew: true, name: null });
});
