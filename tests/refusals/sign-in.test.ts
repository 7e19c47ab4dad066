import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEMONSTRATION_PASSWORD } from "#src/demo/tellers.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import { listSessions } from "#src/platform/sessions.ts";
import { codeSentTo, postAtDoor, solveCaptcha } from "../support/doors.ts";
import { HOSTILE } from "../support/hostile-values.ts";
import { tally } from "../support/in-parallel.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  INSTITUTION_PASSWORD,
} from "../support/test-institutions.ts";
import { buildOwnerAccount, enterAsOwner, OWNER_PASSWORD } from "../support/test-owners.ts";
import { textsTo } from "../support/told-texts.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
/** Open to whoever is signed in as an owner, and to nobody else. */
const OWNERS_ONLY = "/sign-in/step-up";
const INSTITUTIONS_ONLY = "/sign-in/institution/step-up";
const WRONG = "用户名或密码不对，请再看一遍";

/** The demonstration's city is built first, twice in this file. */
const BUILDING_MS = 180_000;

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite({ isDemo: true, areRateLimitsOn: true, trustedProxyHops: 1 });
}, BUILDING_MS);
afterAll(() => site?.stop());

// Each test stands some minutes later than the one before, so that none meets what another counted.
beforeEach(() => pass(20));

function pass(minutes: number): void {
  site.clock.now = new Date(site.clock.now.getTime() + minutes * 60_000);
}

let addresses = 0;

/** A visitor at an address that nobody came from before. */
function newcomer(): WebVisitor {
  addresses += 1;
  const visitor = site.visitor();
  const forwarded = `203.0.113.${addresses % 250}, 198.51.${addresses % 250}.${addresses % 200}`;
  const headers = { "x-forwarded-for": forwarded, "user-agent": CHROME };
  return {
    ...visitor,
    get: (path, more) => visitor.get(path, { ...headers, ...more }),
    post: (path, fields, more) => visitor.post(path, fields, { ...headers, ...more }),
  };
}

let phones = 0;
const newPhone = () => `139${(20_000_000 + ++phones).toString()}`;

const givePassword = (visitor: WebVisitor, username: string, password = OWNER_PASSWORD) =>
  postAtDoor(site, visitor, "/sign-in", { username, password });

const giveForInstitution = (visitor: WebVisitor, kind: string, typed: Record<string, string>) =>
  postAtDoor(site, visitor, `/sign-in/institution?kind=${kind}`, { kind, ...typed });

const askForCode = (visitor: WebVisitor, phone: string) =>
  postAtDoor(site, visitor, "/sign-in/phone?again=1", { phone }, "/sign-in/phone/code");

const giveCode = (visitor: WebVisitor, code: string) => visitor.post("/sign-in/phone", { code });

async function isIn(visitor: WebVisitor, page = OWNERS_ONLY): Promise<boolean> {
  return (await visitor.get(page)).status === 200;
}

/** What a page says, without the number of its request and the captcha's id. */
function said({ text }: WebAnswer): string {
  return text.replace(/[0-9a-f]{16}/g, "").replace(/[A-Za-z0-9_-]{43}/g, "");
}

describe("an owner with user name and password", () => {
  test("comes in, to his own page or the one he came from, never to another site", async () => {
    await buildOwnerAccount(site.city, { username: "comes-in" });
    const nexts = [undefined, "/fund/SL0126-12-3-0501", "//example.org/", "https://example.org"];
    const places: unknown[] = [];
    for (const next of nexts) {
      const typed = { username: " Ｃomes-In ", password: OWNER_PASSWORD };
      const more = next === undefined ? {} : { next };
      const answer = await postAtDoor(site, newcomer(), "/sign-in", { ...typed, ...more });
      places.push([answer.status, answer.headers.location]);
    }
    const home = [303, "/me"];
    expect(places).toEqual([home, [303, "/fund/SL0126-12-3-0501"], home, home]);
  });

  test("is refused alike when unknown, disabled or wrong, keeps his name and never his password", async () => {
    const id = await buildOwnerAccount(site.city, { username: "was-closed" });
    await buildOwnerAccount(site.city, { username: "there-is" });
    await site.city.owner
      .updateTable("owner_account")
      .set({ is_disabled: true })
      .where("id", "=", id)
      .execute();
    const answers = [
      await givePassword(newcomer(), "there-isnt"),
      await givePassword(newcomer(), "there-is", "Wrong-2026-words!"),
      await givePassword(newcomer(), "was-closed"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    const pages = answers.map((answer) =>
      said(answer).replace(/there-isnt|there-is|was-closed/g, ""),
    );
    expect(new Set(pages).size).toBe(1);
    expect(readPage(answers[1]?.text ?? "").errors).toEqual({ password: WRONG });
    expect(readPage(answers[1]?.text ?? "").values["username"]).toBe("there-is");
    for (const { text, headers } of answers) {
      expect(text).not.toMatch(/Wrong-2026|Kept-2026/);
      expect(String(headers["set-cookie"])).not.toContain("owner=");
    }
  });

  test("is not let in by a captcha that is empty, missing, wrong, another's, of another door or used", async () => {
    await buildOwnerAccount(site.city, { username: "needs-a-sum" });
    const typed = { username: "needs-a-sum", password: OWNER_PASSWORD };
    const visitor = newcomer();
    const solve = async (path = "/sign-in", from = visitor) =>
      await solveCaptcha(site, (await from.get(path)).text);
    const own = await solve();
    const refused = [
      { ...own, captcha: "" },
      {},
      { ...(await solve()), captcha: "999" },
      await solve("/sign-in", newcomer()),
      await solve("/sign-in/phone"),
      await solve("/sign-in/institution?kind=developer"),
      own,
    ];
    for (const sum of refused) {
      const answer = await visitor.post("/sign-in", { ...typed, ...sum });
      expect(answer.status).toBe(422);
      expect(Object.keys(readPage(answer.text).errors)).toEqual(["captcha"]);
      expect(readPage(answer.text).values["captchaId"]).not.toBe(own["captchaId"]);
    }
    // While the sum is wrong no password is compared, so none of these counted as a failure of the name.
    const sum = await solve();
    const more = await visitor.post("/sign-in", { ...typed, ...sum });
    const right = await solveCaptcha(site, more.text);
    expect((await visitor.post("/sign-in", { ...typed, ...right })).status).toBe(303);
    const again = await newcomer().post("/sign-in", { ...typed, ...right });
    expect(again.status).toBe(422);
  });

  test.each(HOSTILE)("is answered in words whatever is typed: %j", async (value) => {
    const answer = await postAtDoor(site, newcomer(), "/sign-in", {
      username: value,
      password: value,
    });
    expect(answer.status).toBe(422);
    expect(Object.keys(readPage(answer.text).errors).length).toBeGreaterThan(0);
  });

  test("is known by a Chinese name to nobody, in the same words", async () => {
    const answer = await givePassword(newcomer(), "王示范");
    expect([answer.status, readPage(answer.text).errors]).toEqual([422, { password: WRONG }]);
  });

  test("waits under attack, but not at the browser he signs in from", async () => {
    await buildOwnerAccount(site.city, { username: "attacked" });
    const own = newcomer();
    expect((await givePassword(own, "attacked")).status).toBe(303);
    for (let n = 0; n < 10; n += 1) {
      expect((await givePassword(newcomer(), "attacked", "wrong")).status).toBe(422);
    }
    expect((await givePassword(newcomer(), "attacked")).status).toBe(429);
    expect((await givePassword(own, "attacked")).status).toBe(303);
  });
});

describe("an owner with a dynamic password", () => {
  test("opens his account with the first one, and finds it again with the next", async () => {
    const phone = newPhone();
    const first = newcomer();
    const asked = await askForCode(first, phone);
    expect([asked.status, asked.headers.location]).toEqual([303, "/sign-in/phone"]);
    const page = readPage((await first.get("/sign-in/phone")).text);
    expect(page.text).toContain(`动态密码已发送到 ${phone}`);
    const entered = await giveCode(first, await codeSentTo(site, phone));
    expect([entered.status, entered.headers.location]).toEqual([303, "/me"]);
    expect(await isIn(first)).toBe(true);
    pass(2);
    const second = newcomer();
    await askForCode(second, phone);
    expect((await giveCode(second, await codeSentTo(site, phone))).status).toBe(303);
    const accounts = await site.city.owner
      .selectFrom("owner_account")
      .select("id")
      .where("phone_hash", "=", site.city.personalData.hash("phone", phone))
      .execute();
    expect(accounts).toHaveLength(1);
  });

  test("is answered alike whether his phone has an account or not", async () => {
    const known = newPhone();
    await buildOwnerAccount(site.city, { phone: known });
    const answers: string[] = [];
    for (const phone of [known, newPhone()]) {
      const visitor = newcomer();
      const { status, headers } = await askForCode(visitor, phone);
      const shown = said(await visitor.get("/sign-in/phone")).replaceAll(phone, "");
      answers.push(`${status} ${headers.location} ${shown}`);
    }
    expect(answers[0]).toBe(answers[1]);
  });

  test("gets one a minute, however the phone is written", async () => {
    const phone = newPhone();
    expect((await askForCode(newcomer(), phone)).status).toBe(303);
    const wide = phone.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    const written = [
      `+86 ${phone}`,
      `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`,
      `0086-${phone}`,
      wide,
      `(+86)${phone}`.replace(/[()]/g, ""),
    ];
    for (const typed of written) {
      const answer = await askForCode(newcomer(), typed);
      expect(answer.status).toBe(422);
      const page = readPage(answer.text);
      expect(page.errors["phone"]).toMatch(/这个手机号刚获取过动态密码，请过 \d+ 秒再获取/);
      expect(page.values["phone"]).toBe(typed);
    }
  });

  test("gets at most ten a day, and an address asks for at most twenty an hour", async () => {
    const phone = newPhone();
    for (let n = 0; n < 10; n += 1) {
      expect((await askForCode(newcomer(), phone)).status).toBe(303);
      pass(61);
    }
    expect((await askForCode(newcomer(), phone)).status).toBe(422);
    const machine = newcomer();
    const answers: number[] = [];
    for (let n = 0; n < 21; n += 1) answers.push((await askForCode(machine, newPhone())).status);
    expect(answers).toEqual([...Array(20).fill(303), 429]);
  });

  test.each([
    ["", "请填写手机号码"],
    ["1380000567", "现在是 10 位"],
    ["010-12345678", "手机号码应是 1 开头的 11 位数字，例如 13800005678"],
    ["010-62345678", "固定电话收不到短信，请填写手机号码"],
    ["一三八", "手机号码应是 1 开头的 11 位数字，例如 13800005678"],
  ])("is told what is wrong with the phone %j", async (phone, sentence) => {
    const answer = await askForCode(newcomer(), phone);
    expect(answer.status).toBe(422);
    expect(readPage(answer.text).errors["phone"]).toContain(sentence);
    expect(readPage(answer.text).values["phone"]).toBe(phone);
  });

  test.each(HOSTILE)("is answered in words whatever is typed: %j", async (value) => {
    const visitor = newcomer();
    expect((await askForCode(visitor, value)).status).toBe(422);
    const phone = newPhone();
    await askForCode(visitor, phone);
    for (const sent of [{ code: value }, { code: value, phone: value }]) {
      const answer = await visitor.post("/sign-in/phone", sent);
      expect(answer.status).toBe(422);
      expect(readPage(answer.text).errors["code"]).toBeDefined();
    }
  });

  test("has to ask first, and again for another phone", async () => {
    const visitor = newcomer();
    const before = await visitor.post("/sign-in/phone", { phone: "", code: "123456" });
    expect([before.status, Object.keys(readPage(before.text).errors).sort()]).toEqual([
      422,
      ["code", "phone"],
    ]);
    const phone = newPhone();
    await askForCode(visitor, phone);
    const code = await codeSentTo(site, phone);
    const changed = await visitor.post("/sign-in/phone", { phone: newPhone(), code });
    expect(changed.status).toBe(422);
    const same = await visitor.post("/sign-in/phone", { phone: `+86 ${phone}`, code });
    expect(same.status).toBe(303);
  });

  test("comes in with a code once, for five minutes, and in his own browser", async () => {
    const phone = newPhone();
    const visitor = newcomer();
    await askForCode(visitor, phone);
    const code = await codeSentTo(site, phone);
    const thief = newcomer();
    expect((await giveCode(thief, code)).status).toBe(422);
    await thief.get("/sign-in");
    thief.cookies.set("owner-phone", visitor.cookies.get("owner-phone") ?? "");
    expect((await giveCode(thief, code)).status).toBe(422);
    expect(thief.cookies.has("owner")).toBe(false);
    expect((await giveCode(visitor, code)).status).toBe(303);
    expect((await giveCode(visitor, code)).status).toBe(422);
    pass(2);
    const late = newcomer();
    await askForCode(late, phone);
    const lateCode = await codeSentTo(site, phone);
    pass(6);
    const answer = await giveCode(late, lateCode);
    expect(readPage(answer.text).errors["code"]).toBe("动态密码已经失效，请重新获取");
    expect(readPage(answer.text).values["phone"]).toBe(phone);
  });

  test("does not come into another's account with the code of his own phone", async () => {
    const [victim, own] = [newPhone(), newPhone()];
    const thief = newcomer();
    await askForCode(thief, victim);
    const forVictim = thief.cookies.get("owner-phone") ?? "";
    await askForCode(thief, own);
    const code = await codeSentTo(site, own);
    thief.cookies.set("owner-phone", forVictim);
    expect((await giveCode(thief, code)).status).toBe(422);
    expect(thief.cookies.has("owner")).toBe(false);
  });

  test("is guessed at five times and no more, by a hundred guesses at once", async () => {
    const phone = newPhone();
    const visitor = newcomer();
    await askForCode(visitor, phone);
    const code = await codeSentTo(site, phone);
    const wrong = code === "000000" ? "000001" : "000000";
    const cookie = jarOf(visitor);
    const guess = async (from: string): Promise<WebAnswer> => {
      const headers = { "x-forwarded-for": from, cookie };
      const answer = await visitor.post("/sign-in/phone", { code: wrong }, headers);
      // Too many at once for the database's connections is no answer to the guess: it comes again.
      return answer.status === 503 ? await guess(from) : answer;
    };
    const guesses = Array.from({ length: 100 }, (_, n) => guess(`198.18.${n}.1`));
    const sentences = (await Promise.all(guesses)).map(
      ({ text }) => readPage(text).errors["code"]?.slice(0, 6) ?? "",
    );
    expect(tally(sentences)).toEqual({ 动态密码不对: 5, 动态密码已经: 95 });
    expect((await giveCode(visitor, code)).status).toBe(422);
  });

  test("opens one session when the right code comes twice at once", async () => {
    const phone = newPhone();
    const visitor = newcomer();
    await askForCode(visitor, phone);
    const code = await codeSentTo(site, phone);
    const cookie = jarOf(visitor);
    const both = [1, 2].map((n) =>
      visitor.post("/sign-in/phone", { code }, { "x-forwarded-for": `198.19.0.${n}`, cookie }),
    );
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([303, 422]);
  });

  test("does not come in when his account was closed", async () => {
    const phone = newPhone();
    const id = await buildOwnerAccount(site.city, { phone });
    await site.city.owner
      .updateTable("owner_account")
      .set({ is_disabled: true })
      .where("id", "=", id)
      .execute();
    const visitor = newcomer();
    await askForCode(visitor, phone);
    const answer = await giveCode(visitor, await codeSentTo(site, phone));
    expect(answer.status).toBe(422);
    expect(readPage(answer.text).text).toContain("这个手机号码的账户已经停用");
    expect(visitor.cookies.has("owner")).toBe(false);
  });
});

/** The cookies of a visitor as one header, for requests that go out at the same moment. */
function jarOf({ cookies }: WebVisitor): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

describe("somebody of an institution", () => {
  test.each([
    ["developer", "developer-demo"],
    ["property-company", "property-demo"],
    ["committee", "committee-demo"],
  ])("comes in by the door of his kind, %s, and by no other", async (kind, username) => {
    const typed = { username, password: DEMONSTRATION_PASSWORD };
    const other = kind === "developer" ? "committee" : "developer";
    const refused = await giveForInstitution(newcomer(), other, typed);
    expect([refused.status, readPage(refused.text).errors]).toEqual([422, { password: WRONG }]);
    const visitor = newcomer();
    const answer = await giveForInstitution(visitor, kind, typed);
    expect([answer.status, answer.headers.location]).toEqual([303, "/workbench"]);
    expect(await isIn(visitor, INSTITUTIONS_ONLY)).toBe(true);
  });

  test("is asked for his kind first, and a form without one is none of ours", async () => {
    const chooser = await newcomer().get("/sign-in/institution");
    expect(readPage(chooser.text).headings).toEqual(["机构登录"]);
    for (const kind of ["", "developer ", "bank", "__proto__"]) {
      const page = await newcomer().get(`/sign-in/institution?kind=${encodeURIComponent(kind)}`);
      expect(readPage(page.text).headings).toEqual(["机构登录"]);
      const sent = { kind, username: "developer-demo", password: DEMONSTRATION_PASSWORD };
      expect((await newcomer().post("/sign-in/institution", sent)).status).toBe(400);
    }
  });

  test("is refused alike when unknown, disabled or wrong", async () => {
    const institution = await buildInstitution(site.city, "committee", []);
    const clerk = { username: "clerk-closed", isAdmin: false };
    const id = await buildInstitutionUser(site.city, institution, clerk);
    await disableUser(id);
    const answers: WebAnswer[] = [];
    for (const [username, password] of [
      ["clerk-closed", INSTITUTION_PASSWORD],
      ["clerk-nobody", INSTITUTION_PASSWORD],
      ["committee-demo", "Wrong-2026-words!"],
    ] as const) {
      answers.push(await giveForInstitution(newcomer(), "committee", { username, password }));
    }
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    const pages = answers.map((answer) =>
      said(answer).replace(/value="(clerk-\w+|committee-demo)"/, ""),
    );
    expect(new Set(pages).size).toBe(1);
  });

  test("is out at once when he is disabled while working", async () => {
    const institution = await buildInstitution(site.city, "developer", []);
    const clerk = { username: "clerk-works", isAdmin: false };
    const id = await buildInstitutionUser(site.city, institution, clerk);
    const visitor = newcomer();
    const typed = { username: "clerk-works", password: INSTITUTION_PASSWORD };
    expect((await giveForInstitution(visitor, "developer", typed)).status).toBe(303);
    expect(await isIn(visitor, INSTITUTIONS_ONLY)).toBe(true);
    await disableUser(id);
    const answer = await visitor.get(INSTITUTIONS_ONLY);
    expect([answer.status, answer.headers.location]).toEqual([303, "/sign-in/institution"]);
  });

  test("replaces an initial password before anything opens, and it is won by one", async () => {
    const institution = await buildInstitution(site.city, "developer", []);
    const id = await buildInstitutionUser(site.city, institution, { username: "clerk-new" });
    const initial = "Initial-2026-word";
    await site.city.owner
      .updateTable("institution_user")
      .set({ is_password_initial: true, password_hash: await hashPassword(initial) })
      .where("id", "=", id)
      .execute();
    const [first, second] = [newcomer(), newcomer()];
    for (const visitor of [first, second]) {
      const typed = { username: "clerk-new", password: initial };
      const answer = await giveForInstitution(visitor, "developer", typed);
      expect(answer.headers.location).toBe("/sign-in/institution/password");
      expect(visitor.cookies.has("institution")).toBe(false);
    }
    const own = "four quiet words apart";
    const give = (visitor: WebVisitor, newPassword: string, repeatedPassword = newPassword) =>
      visitor.post("/sign-in/institution/password", { newPassword, repeatedPassword });
    for (const [password, repeated] of [
      ["short", "short"],
      ["Clerk-new-2026!", "Clerk-new-2026!"],
      ["1234567890", "1234567890"],
      [own, "another"],
      [initial, initial],
      ["", ""],
    ] as const) {
      expect((await give(first, password, repeated)).status).toBe(422);
    }
    // Every user of the builders has this phone; what others were told does not count.
    const before = (await textsTo(site.city, "13800000698")).length;
    expect((await give(first, own)).headers.location).toBe("/workbench");
    const texts = await textsTo(site.city, "13800000698");
    expect(texts).toHaveLength(before + 1);
    expect(texts.at(-1)).toMatch(/机构用户账号.*换了新的登录密码.*请本单位管理员重置密码/s);
    expect(texts.join()).not.toContain(own);
    expect(await isIn(first, INSTITUTIONS_ONLY)).toBe(true);
    expect((await give(second, "some other long sentence")).headers.location).toBe(
      "/sign-in/institution",
    );
    expect((await newcomer().get("/sign-in/institution/password")).status).toBe(303);
  });
});

async function disableUser(id: number): Promise<void> {
  await site.city.owner
    .updateTable("institution_user")
    .set({ is_disabled: true })
    .where("id", "=", id)
    .execute();
}

describe("a session", () => {
  async function owner(username: string): Promise<{ id: number; visitor: WebVisitor }> {
    const id = await buildOwnerAccount(site.city, { username });
    const visitor = newcomer();
    expect((await givePassword(visitor, username)).status).toBe(303);
    return { id, visitor };
  }

  test("is new at each sign-in, and the cookie is the server's alone", async () => {
    const { visitor } = await owner("rotates");
    const old = visitor.cookies.get("owner") ?? "";
    const answer = await givePassword(visitor, "rotates");
    const line = answer.headers["set-cookie"]?.findLast((one) => one.startsWith("owner=")) ?? "";
    expect(line).toMatch(/^owner=[A-Za-z0-9_-]{43};.*HttpOnly/);
    expect(line).toContain("SameSite=Lax");
    expect(visitor.cookies.get("owner")).not.toBe(old);
    expect((await newcomer().get(OWNERS_ONLY, { cookie: `owner=${old}` })).status).toBe(303);
  });

  test("of one audience opens no door of another", async () => {
    const { visitor } = await owner("audience");
    const token = visitor.cookies.get("owner") ?? "";
    const stranger = newcomer();
    for (const [name, path, door] of [
      ["institution", INSTITUTIONS_ONLY, "/sign-in/institution"],
      ["bank", "/bank", "/bank/sign-in"],
      ["staff", "/review", "/review/sign-in"],
    ] as const) {
      const answer = await stranger.get(path, { cookie: `${name}=${token}` });
      expect([answer.status, answer.headers.location]).toEqual([303, door]);
    }
  });

  test("stands beside another in a second place, which can be seen and ended from the first", async () => {
    const { id, visitor } = await owner("two-places");
    const elsewhere = newcomer();
    expect((await givePassword(elsewhere, "two-places")).status).toBe(303);
    expect([await isIn(visitor), await isIn(elsewhere)]).toEqual([true, true]);
    const token = visitor.cookies.get("owner") ?? "";
    const held = { audience: "owner" as const, userId: id, token };
    const listed = await listSessions(site.city.owner, held, site.clock.now);
    expect(listed.map(({ browserWords, isThis }) => [browserWords, isThis]).sort()).toEqual([
      ["Chrome · Windows", false],
      ["Chrome · Windows", true],
    ]);
  });

  test("is over for good after 退出, which another site cannot press", async () => {
    const { visitor } = await owner("leaves");
    const token = visitor.cookies.get("owner") ?? "";
    const foreign = { origin: "https://example.org", "sec-fetch-site": "cross-site" };
    expect((await visitor.post("/sign-out", {}, foreign)).status).toBe(403);
    expect(await isIn(visitor)).toBe(true);
    const answer = await visitor.post("/sign-out", {});
    expect([answer.status, answer.headers.location]).toEqual([303, "/"]);
    expect(visitor.cookies.has("owner")).toBe(false);
    expect((await newcomer().get(OWNERS_ONLY, { cookie: `owner=${token}` })).status).toBe(303);
  });

  test("ends when it is idle, when it is old, and when the account is closed", async () => {
    const { id, visitor } = await owner("is-closed");
    expect(await isIn(visitor)).toBe(true);
    pass(31);
    expect(await isIn(visitor)).toBe(false);
    await enterAsOwner(visitor, site.city, id, site.clock.now);
    expect(await isIn(visitor)).toBe(true);
    await site.city.owner
      .updateTable("owner_account")
      .set({ is_disabled: true })
      .where("id", "=", id)
      .execute();
    expect(await isIn(visitor)).toBe(false);
  });

  test("changes the header of every page, kept ones too, and of nobody else's", async () => {
    const { visitor } = await owner("has-a-header");
    const stranger = newcomer();
    const pages = ["/", "/news", "/my-estate/SL0126", "/sitemap", "/nowhere-at-all"];
    for (const path of pages) {
      for (const [who, own] of [
        [stranger, false],
        [visitor, true],
        [stranger, false],
        [visitor, true],
      ] as const) {
        const { text } = await who.get(path);
        const isShown = own && path !== "/nowhere-at-all";
        const nav = /<nav class="nav".*?<\/nav>/s.exec(text)?.[0] ?? "";
        expect([nav.includes("我的"), nav.includes("退出"), nav.includes("登录")], path).toEqual([
          isShown,
          isShown,
          !isShown,
        ]);
      }
    }
  });

  test("that is over leaves no header behind", async () => {
    const { visitor } = await owner("was-there");
    pass(31);
    const { text } = await visitor.get("/news");
    expect(text).toContain('href="/sign-in"');
    expect(visitor.cookies.has("owner")).toBe(false);
  });
});

describe("proving once more who one is", () => {
  test("takes the password, counts wrong ones, and comes back to pages of ours alone", async () => {
    const id = await buildOwnerAccount(site.city, { username: "steps-up" });
    const visitor = await enterAsOwner(newcomer(), site.city, id, site.clock.now);
    const give = (password: string, next: string) => visitor.post(OWNERS_ONLY, { password, next });
    const steppedUp = async () =>
      (
        await site.city.owner
          .selectFrom("session")
          .select("stepped_up_until")
          .where("audience", "=", "owner")
          .where("user_id", "=", id)
          .executeTakeFirstOrThrow()
      ).stepped_up_until;
    expect((await give("wrong", "/me")).status).toBe(422);
    expect((await give("", "/me")).status).toBe(422);
    expect(await steppedUp()).toBeNull();
    const foreign = await give(OWNER_PASSWORD, "https://example.org/");
    expect([foreign.status, foreign.headers.location]).toEqual([303, "/me"]);
    expect(await steppedUp()).toEqual(new Date(site.clock.now.getTime() + 10 * 60_000));
    expect((await give(OWNER_PASSWORD, "/me/houses?x=1")).headers.location).toBe("/me/houses?x=1");
    for (let n = 0; n < 9; n += 1) await give("wrong", "/me");
    expect((await give(OWNER_PASSWORD, "/me")).status).toBe(429);
  });

  test("takes a code to his own phone from an owner without a password", async () => {
    const phone = newPhone();
    const id = await buildOwnerAccount(site.city, { phone });
    const visitor = await enterAsOwner(newcomer(), site.city, id, site.clock.now);
    const shown = await visitor.get(`${OWNERS_ONLY}?next=/me/refund`);
    expect(readPage(shown.text).text).not.toContain(phone);
    const asked = await visitor.post(`${OWNERS_ONLY}/code`, { next: "/me/refund" });
    expect(asked.headers.location).toBe(`${OWNERS_ONLY}?sent=1&next=%2Fme%2Frefund`);
    const code = await codeSentTo(site, phone);
    const wrong = code === "000000" ? "000001" : "000000";
    expect((await visitor.post(OWNERS_ONLY, { code: wrong, next: "/me" })).status).toBe(422);
    const right = await visitor.post(OWNERS_ONLY, { code, next: "/me/refund" });
    expect([right.status, right.headers.location]).toEqual([303, "/me/refund"]);
  });

  test("takes the password of somebody of an institution", async () => {
    const institution = await buildInstitution(site.city, "developer", []);
    await buildInstitutionUser(site.city, institution, { username: "clerk-steps" });
    const visitor = newcomer();
    const typed = { username: "clerk-steps", password: INSTITUTION_PASSWORD };
    await giveForInstitution(visitor, "developer", typed);
    const give = (password: string) =>
      visitor.post(INSTITUTIONS_ONLY, { password, next: "/workbench/batch" });
    expect((await give("wrong")).status).toBe(422);
    expect((await give(INSTITUTION_PASSWORD)).headers.location).toBe("/workbench/batch");
  });
});

describe("where 等保 asks for a new password every ninety days", () => {
  let strict: ServedSite;
  beforeAll(async () => {
    const passwordPolicy = { kind: "dengbao", lengthMin: 10 } as const;
    strict = await serveSite({ isDemo: true, passwordPolicy });
    // Passwords are dated by the database.
    strict.clock.now = new Date(Date.now() + 91 * 24 * 3_600_000);
  }, BUILDING_MS);
  afterAll(() => strict?.stop());

  test("an owner sets it before anything opens, and his other sessions end", async () => {
    const phone = newPhone();
    const id = await buildOwnerAccount(strict.city, { username: "old-words", phone });
    const elsewhere = await enterAsOwner(strict.visitor(), strict.city, id, strict.clock.now);
    expect((await elsewhere.get(OWNERS_ONLY)).status).toBe(200);
    const visitor = strict.visitor();
    const typed = { username: "old-words", password: OWNER_PASSWORD };
    const answer = await postAtDoor(strict, visitor, "/sign-in", typed);
    expect(answer.headers.location).toBe("/sign-in/password");
    expect(visitor.cookies.has("owner")).toBe(false);
    const page = await visitor.get("/sign-in/password");
    expect(readPage(page.text).text).toContain("已经用满 90 天");
    const give = (newPassword: string) =>
      visitor.post("/sign-in/password", { newPassword, repeatedPassword: newPassword });
    for (const refused of [OWNER_PASSWORD, "only small letters", "Old-words-2026!"]) {
      expect((await give(refused)).status).toBe(422);
    }
    expect(await textsTo(strict.city, phone)).toEqual([]);
    expect((await give("Quiet-Words-4-Apart")).headers.location).toBe("/me");
    const texts = await textsTo(strict.city, phone);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/业主账户.*设了新的登录密码.*不是您本人设的/s);
    expect(texts[0]).not.toContain("Quiet");
    expect((await visitor.get(OWNERS_ONLY)).status).toBe(200);
    expect((await elsewhere.get(OWNERS_ONLY)).status).toBe(303);
  });
});

test("who came and who was refused is written down, and nothing secret or personal is", async () => {
  const phone = newPhone();
  const visitor = newcomer();
  await askForCode(visitor, phone);
  const code = await codeSentTo(site, phone);
  await giveCode(visitor, code);
  const rows = await site.city.owner
    .selectFrom("audit_event")
    .select(["event", "actor", "subject", "outcome"])
    .where((eb) => eb.or([eb("event", "like", "owner-%"), eb("event", "like", "institution-%")]))
    .execute();
  const told = rows.map(({ event, actor, outcome }) => `${event} ${actor} ${outcome}`);
  for (const row of [
    "owner-signed-in visitor refused",
    "owner-signed-in visitor wrong-captcha",
    "owner-code-asked visitor sent",
    "institution-signed-in institution:developer-demo accepted",
    "institution-signed-in visitor refused",
  ]) {
    expect(told).toContain(row);
  }
  expect(told.some((row) => /^owner-signed-in owner:\d+ opened$/.test(row))).toBe(true);
  expect(told.some((row) => /^owner-signed-in owner:\d+ accepted$/.test(row))).toBe(true);
  expect(told.some((row) => /^owner-signed-out owner:\d+ signed-out$/.test(row))).toBe(true);
  const everything = JSON.stringify(rows) + site.logged();
  for (const secret of [phone, OWNER_PASSWORD, INSTITUTION_PASSWORD, DEMONSTRATION_PASSWORD]) {
    expect(everything).not.toContain(secret);
  }
  expect(site.logged()).not.toContain(code);
});
