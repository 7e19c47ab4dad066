import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addTeller, resetCodeByOperator } from "#src/business/bank-desk/add-teller.ts";
import { totpCode, totpStep } from "#src/platform/second-factor/totp.ts";
import { BANK } from "../support/builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { TELLER_PASSWORD } from "../support/test-tellers.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

const CODE = "/bank/sign-in/code";

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite({
    areTellerCodesOn: true,
    passwordPolicy: { kind: "dengbao", lengthMin: 10 },
  });
  await addAdmin("admin-two");
});
afterAll(() => site?.stop());
beforeEach(() => {
  site.clock.now = new Date(site.clock.now.getTime() + 60_000);
});

/** A second administrator with the code of the first: four eyes need two. */
async function addAdmin(username: string): Promise<void> {
  const { owner } = site.database;
  const row = await owner
    .selectFrom("staff_member")
    .select(["password_hash", "totp_secret_cipher"])
    .where("username", "=", "admin-demo")
    .executeTakeFirstOrThrow();
  const { id } = await owner
    .insertInto("staff_member")
    .values({ ...row, username, display_name: "另一位管理员" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await owner.insertInto("staff_role").values({ staff_id: id, role: "admin" }).execute();
}

const givePassword = (visitor: WebVisitor, username: string, password = TELLER_PASSWORD) =>
  visitor.post("/bank/sign-in", { username, password });

async function offeredSecret(visitor: WebVisitor): Promise<string> {
  const page = await visitor.get(CODE);
  expect(readPage(page.text).headings).toEqual(["设置动态口令"]);
  const [, shown = ""] = /data-totp-secret[^>]*>([A-Z2-7 ]+)</.exec(page.text) ?? [];
  return shown.replaceAll(" ", "");
}

const codeNow = (secret: string) => totpCode(secret, totpStep(site.clock.now));

async function enrol(username: string): Promise<{ visitor: WebVisitor; secret: string }> {
  const visitor = site.visitor();
  await givePassword(visitor, username);
  const secret = await offeredSecret(visitor);
  const answer = await visitor.post(CODE, { code: codeNow(secret) });
  expect(answer.headers.location).toBe("/bank");
  return { visitor, secret };
}

test("a teller's password alone opens nothing, and his code opens the desk once", async () => {
  const { visitor, secret } = await enrol("teller-one");
  expect((await visitor.get("/bank")).status).toBe(200);
  site.clock.now = new Date(site.clock.now.getTime() + 60_000);
  const second = site.visitor();
  expect((await givePassword(second, "teller-one")).headers.location).toBe(CODE);
  expect((await second.get("/bank")).headers.location).toBe("/bank/sign-in");
  expect(readPage((await second.get(CODE)).text).headings).toEqual(["动态口令"]);
  const wrong = await second.post(CODE, { code: "000000" });
  expect([wrong.status, Object.keys(readPage(wrong.text).errors)]).toEqual([422, ["code"]]);
  const code = codeNow(secret);
  expect((await second.post(CODE, { code })).headers.location).toBe("/bank");
  const third = site.visitor();
  await givePassword(third, "teller-one");
  expect((await third.post(CODE, { code })).status).toBe(422);
});

test("a new teller replaces the password that he was given, by the policy", async () => {
  const teller = { username: "teller-new", name: "新柜员", number: "0999", branch: "样板支行" };
  await addTeller(site.database.owner, { ...teller, bank: BANK.code, password: "Given-by-me-1" });
  const visitor = site.visitor();
  await givePassword(visitor, "teller-new", "Given-by-me-1");
  const secret = await offeredSecret(visitor);
  const set = (newPassword: string) =>
    visitor.post(CODE, { code: codeNow(secret), newPassword, repeatedPassword: newPassword });
  for (const [wish, sentence] of [
    ["short", "至少 10 位"],
    ["plain lower words", "至少三种"],
    ["Password-123", "太常见"],
    ["My teller-new word", "用户名"],
    ["Given-by-me-1", "不能和现在的一样"],
  ] as const) {
    const answer = await set(wish);
    expect(answer.status).toBe(422);
    expect(readPage(answer.text).errors["newPassword"]).toContain(sentence);
  }
  expect((await set("Rote Lotus am Kanal")).headers.location).toBe("/bank");
});

test("等保: a password of ninety days is replaced at the next sign-in, and then left in peace", async () => {
  const { owner } = site.database;
  await resetCodeByOperator(owner, "teller-one");
  const { secret } = await enrol("teller-one");
  const old = new Date(site.clock.now.getTime() - 91 * 86_400_000);
  await owner
    .updateTable("bank_teller")
    .set({ password_changed_at: old })
    .where("username", "=", "teller-one")
    .execute();
  site.clock.now = new Date(site.clock.now.getTime() + 60_000);
  const visitor = site.visitor();
  await givePassword(visitor, "teller-one");
  expect(readPage((await visitor.get(CODE)).text).text).toContain("已经用满 90 天");
  const without = await visitor.post(CODE, { code: codeNow(secret) });
  expect(Object.keys(readPage(without.text).errors)).toContain("newPassword");
  const wish = { newPassword: "Grüne Weide-7", repeatedPassword: "Grüne Weide-7" };
  const done = await visitor.post(CODE, { code: codeNow(secret), ...wish });
  expect(done.headers.location).toBe("/bank");
  const next = site.visitor();
  await givePassword(next, "teller-one", "Grüne Weide-7");
  expect(readPage((await next.get(CODE)).text).text).not.toContain("新密码");
  await resetCodeByOperator(owner, "teller-one");
  expect((await visitor.get("/bank")).headers.location).toBe("/bank/sign-in");
});

test("one administrator asks for a new set-up, another does it, and the session ends", async () => {
  const { visitor } = await enrol("teller-two");
  const [first, second] = [await site.staff("admin-demo"), await site.staff("admin-two")];
  const base = "/review/tellers/teller-two";
  expect((await second.post(`${base}/reset`, {})).status).toBe(409);
  expect((await first.post(`${base}/ask-reset`, {})).status).toBe(303);
  expect((await second.post(`${base}/ask-reset`, {})).status).toBe(409);
  const own = await first.post(`${base}/reset`, {});
  expect([own.status, readPage(own.text).text]).toEqual([
    409,
    expect.stringContaining("须由另一位管理员确认"),
  ]);
  expect((await visitor.get("/bank")).status).toBe(200);
  const both = [second.post(`${base}/reset`, {}), second.post(`${base}/reset`, {})];
  const statuses = (await Promise.all(both)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([303, 409]);
  expect((await visitor.get("/bank")).headers.location).toBe("/bank/sign-in");
  await enrol("teller-two");
});

test("a request is over after a day or when it is withdrawn, and none is made without a code", async () => {
  await enrol("teller-other");
  const [first, second] = [await site.staff("admin-demo"), await site.staff("admin-two")];
  const base = "/review/tellers/teller-other";
  await first.post(`${base}/ask-reset`, {});
  expect((await first.post(`${base}/withdraw-reset`, {})).status).toBe(303);
  expect((await second.post(`${base}/reset`, {})).status).toBe(409);
  await first.post(`${base}/ask-reset`, {});
  await site.database.owner
    .updateTable("bank_teller")
    .set({ code_reset_asked_at: new Date(site.clock.now.getTime() - 24 * 3_600_000) })
    .where("username", "=", "teller-other")
    .execute();
  expect((await second.post(`${base}/reset`, {})).status).toBe(409);
  const page = readPage((await second.get("/review/tellers")).text);
  expect(page.text).toContain("申请重置动态口令");
  await addTeller(site.database.owner, {
    ...{ username: "teller-none", name: "无口令", number: "0998", branch: "样板支行" },
    ...{ bank: BANK.code, password: "never used here" },
  });
  const none = await first.post("/review/tellers/teller-none/ask-reset", {});
  expect(none.status).toBe(409);
});
