import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addStaff } from "#src/business/staff-accounts/add-staff.ts";
import { totpCode, totpStep } from "#src/platform/second-factor/totp.ts";
import { NOW } from "../support/builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { codeAt } from "../support/test-staff.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const RIGHT = "Demo-2026!";
const CODE = "/review/sign-in/code";

let site: ServedSite;

beforeAll(async () => {
  site = await serveSite({ areRateLimitsOn: true, trustedProxyHops: 1 });
});
afterAll(() => site?.stop());

beforeEach(() => {
  // Each test stands a minute later than the one before, so that none meets a code that another used.
  site.clock.now = new Date(site.clock.now.getTime() + 60_000);
});

let addresses = 0;

/** A visitor at an address that nobody came from before. */
function newcomer(): WebVisitor {
  addresses += 1;
  const visitor = site.visitor();
  const headers = { "x-forwarded-for": `203.0.113.${addresses}` };
  return {
    ...visitor,
    get: (path, more) => visitor.get(path, { ...headers, ...more }),
    post: (path, fields, more) => visitor.post(path, fields, { ...headers, ...more }),
  };
}

const givePassword = (visitor: WebVisitor, username: string, password = RIGHT) =>
  visitor.post("/review/sign-in", { username, password });

const giveCode = (visitor: WebVisitor, code = codeAt(site.clock.now)) =>
  visitor.post(CODE, { code });

/** What the page says, without the number under which the request is logged. */
function shown({ text }: WebAnswer): string {
  return readPage(text).text.replace(/[0-9a-f]{16}/, "");
}

async function isIn(visitor: WebVisitor): Promise<boolean> {
  return (await visitor.get("/review")).status === 200;
}

describe("the first step", () => {
  test("is refused alike for a wrong password, an unknown name and a disabled account", async () => {
    await disable("finance-demo", true);
    const answers = [
      await givePassword(newcomer(), "reviewer-demo", "wrong"),
      await givePassword(newcomer(), "nobody-here"),
      await givePassword(newcomer(), "finance-demo"),
    ];
    await disable("finance-demo", false);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    const [first = "", ...others] = answers.map(shown);
    expect(first).toContain("用户名或密码不对，请再看一遍");
    for (const other of others) expect(other).toBe(first);
    for (const { headers } of answers) expect(headers["set-cookie"]).toBeUndefined();
  });

  test("asks for what is missing, and keeps the name", async () => {
    const answer = await newcomer().post("/review/sign-in", { username: "reviewer-demo" });
    const page = readPage(answer.text);
    expect(answer.status).toBe(422);
    expect(page.errors).toEqual({ password: "请填写密码" });
    expect(page.values["username"]).toBe("reviewer-demo");
  });

  test("alone opens nothing", async () => {
    const visitor = newcomer();
    expect((await givePassword(visitor, "reviewer-demo")).headers.location).toBe(CODE);
    expect(visitor.cookies.has("staff")).toBe(false);
    expect((await visitor.post("/review/sign-out", {})).headers.location).toBe("/review/sign-in");
    const { rows } = await countSessions();
    expect(rows).toBe(0);
  });
});

async function countSessions(): Promise<{ rows: number }> {
  const found = await site.database.owner
    .selectFrom("session")
    .select("user_id")
    .where("audience", "=", "staff")
    .execute();
  return { rows: found.length };
}

async function disable(username: string, is_disabled: boolean): Promise<void> {
  await site.database.owner
    .updateTable("staff_member")
    .set({ is_disabled })
    .where("username", "=", username)
    .execute();
}

describe("the second step", () => {
  test("lets in with the code of the moment", async () => {
    const visitor = newcomer();
    await givePassword(visitor, "reviewer-demo");
    const answer = await giveCode(visitor);
    expect([answer.status, answer.headers.location]).toEqual([303, "/review"]);
    expect(await isIn(visitor)).toBe(true);
  });

  test("takes a code once, and none that is older", async () => {
    const code = codeAt(site.clock.now);
    const older = codeAt(new Date(site.clock.now.getTime() - 30_000));
    const first = newcomer();
    await givePassword(first, "approver-demo");
    expect((await giveCode(first, code)).status).toBe(303);
    for (const used of [code, older]) {
      const second = newcomer();
      await givePassword(second, "approver-demo");
      const answer = await giveCode(second, used);
      expect(answer.status).toBe(422);
      expect(readPage(answer.text).errors["code"]).toContain("已经用过");
      expect(second.cookies.has("staff")).toBe(false);
    }
  });

  test("lets one in of two who give the same code at the same moment", async () => {
    const both = [newcomer(), newcomer()];
    for (const visitor of both) await givePassword(visitor, "intake-demo");
    const answers = await Promise.all(both.map((visitor) => giveCode(visitor)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  test("refuses a wrong code, one of long ago, and what is no code", async () => {
    const visitor = newcomer();
    await givePassword(visitor, "admin-demo");
    const longAgo = codeAt(new Date(site.clock.now.getTime() - 120_000));
    for (const code of [longAgo, "", "12345", "1234567", "abcdef", "\0".repeat(6)]) {
      expect((await giveCode(visitor, code)).status).toBe(422);
    }
    expect(visitor.cookies.has("staff")).toBe(false);
  });

  test("is nobody's without the first, with a forged first, or after its time", async () => {
    const visitor = newcomer();
    await givePassword(visitor, "reviewer-demo");
    const genuine = visitor.cookies.get("staff-password") ?? "";
    for (const cookie of ["", "x", `${genuine.slice(0, -2)}AA`, "A".repeat(5_000)]) {
      const other = newcomer();
      other.cookies.set("staff-password", cookie);
      expect((await giveCode(other)).headers.location).toBe("/review/sign-in");
    }
    site.clock.now = new Date(site.clock.now.getTime() + 11 * 60_000);
    expect((await giveCode(visitor)).headers.location).toBe("/review/sign-in");
  });

  test("is over when the account is closed in between", async () => {
    const visitor = newcomer();
    await givePassword(visitor, "editor-demo");
    await disable("editor-demo", true);
    expect((await giveCode(visitor)).headers.location).toBe("/review/sign-in");
    await disable("editor-demo", false);
  });
});

describe("the first sign-in of somebody new", () => {
  const INITIAL = "initial-secret-1";

  async function newColleague(username: string): Promise<WebVisitor> {
    const role = ["reviewer" as const];
    await addStaff(site.database.owner, { username, name: "新同事", role, password: INITIAL });
    const visitor = newcomer();
    expect((await givePassword(visitor, username, INITIAL)).status).toBe(303);
    return visitor;
  }

  async function offeredSecret(visitor: WebVisitor): Promise<string> {
    const page = await visitor.get(CODE);
    expect(readPage(page.text).headings).toEqual(["设置动态口令"]);
    const [, shownSecret = ""] = /data-totp-secret[^>]*>([A-Z2-7 ]+)</.exec(page.text) ?? [];
    return shownSecret.replaceAll(" ", "");
  }

  const now = () => totpStep(site.clock.now);

  test("sets up the authenticator and a password of his own", async () => {
    const visitor = await newColleague("new-one");
    const secret = await offeredSecret(visitor);
    expect(await offeredSecret(visitor)).toBe(secret);
    const code = totpCode(secret, now());
    const missing = await visitor.post(CODE, { code });
    expect(Object.keys(readPage(missing.text).errors)).toEqual(["newPassword", "repeatedPassword"]);
    const own = "my own long password";
    const differs = { code, newPassword: own, repeatedPassword: "another" };
    expect((await visitor.post(CODE, differs)).status).toBe(422);
    const done = await visitor.post(CODE, { code, newPassword: own, repeatedPassword: own });
    expect(done.headers.location).toBe("/review");

    site.clock.now = new Date(site.clock.now.getTime() + 60_000);
    expect((await givePassword(newcomer(), "new-one", INITIAL)).status).toBe(422);
    const again = newcomer();
    expect((await givePassword(again, "new-one", own)).status).toBe(303);
    expect(readPage((await again.get(CODE)).text).headings).toEqual(["动态口令"]);
    expect((await giveCode(again, totpCode(secret, now()))).headers.location).toBe("/review");
  });

  test("is won by one of two who know the initial password", async () => {
    const first = await newColleague("new-two");
    const second = newcomer();
    await givePassword(second, "new-two", INITIAL);
    const fields = {
      newPassword: "my own long password",
      repeatedPassword: "my own long password",
    };
    const enter = async (visitor: WebVisitor) =>
      await visitor.post(CODE, { ...fields, code: totpCode(await offeredSecret(visitor), now()) });
    expect((await enter(first)).headers.location).toBe("/review");
    expect((await second.get(CODE)).headers.location).toBe("/review/sign-in");
  });
});

describe("limits", () => {
  test("stop who guesses codes behind a right password", async () => {
    const guesser = newcomer();
    await givePassword(guesser, "reviewer2-demo");
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await giveCode(guesser, "000000")).status);
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
    const elsewhere = newcomer();
    expect((await givePassword(elsewhere, "reviewer2-demo")).status).toBe(429);
    expect((await givePassword(newcomer(), "reviewer-demo")).status).toBe(303);
  });

  test("do not count what was right, nor shut somebody out of the browser he works from", async () => {
    const desk = newcomer();
    for (let n = 0; n < 12; n += 1) {
      site.clock.now = new Date(site.clock.now.getTime() + 60_000);
      expect((await givePassword(desk, "auditor-demo")).status).toBe(303);
      expect((await giveCode(desk)).status).toBe(303);
    }
    for (let n = 0; n < 10; n += 1) await givePassword(newcomer(), "auditor-demo", "wrong");
    expect((await givePassword(newcomer(), "auditor-demo")).status).toBe(429);
    site.clock.now = new Date(site.clock.now.getTime() + 60_000);
    expect((await givePassword(desk, "auditor-demo")).status).toBe(303);
    expect((await giveCode(desk)).status).toBe(303);
  });
});

describe("a session of the desk", () => {
  async function signIn(username: string): Promise<WebVisitor> {
    return await site.staff(username);
  }

  test("is a new one at each sign-in, and ends the old one", async () => {
    const visitor = await signIn("approver2-demo");
    const old = visitor.cookies.get("staff");
    site.clock.now = new Date(site.clock.now.getTime() + 60_000);
    await givePassword(visitor, "approver2-demo");
    await giveCode(visitor);
    expect(visitor.cookies.get("staff")).not.toBe(old);
    const thief = site.visitor();
    expect((await thief.get("/review", { cookie: `staff=${old}` })).status).toBe(303);
  });

  test("ends after thirty idle minutes, and at once when the account is closed", async () => {
    const visitor = await signIn("approver2-demo");
    site.clock.now = new Date(site.clock.now.getTime() + 29 * 60_000);
    expect((await visitor.get("/review")).status).toBe(200);
    site.clock.now = new Date(site.clock.now.getTime() + 31 * 60_000);
    expect((await visitor.get("/review")).headers.location).toBe("/review/sign-in");
    const other = await signIn("intake-demo");
    await disable("intake-demo", true);
    expect((await other.get("/review")).headers.location).toBe("/review/sign-in");
    await disable("intake-demo", false);
  });

  test("is written down: who came, and that somebody was refused", async () => {
    await signIn("reviewer-demo");
    const rows = await site.database.owner
      .selectFrom("audit_event")
      .select(["event", "actor", "outcome"])
      .where("event", "in", ["staff-password-given", "staff-signed-in"])
      .execute();
    const said = rows.map(({ event, actor, outcome }) => `${event} ${actor} ${outcome}`);
    expect(said).toContain("staff-password-given visitor refused");
    expect(said).toContain("staff-signed-in staff:reviewer-demo accepted");
    expect(said).toContain("staff-signed-in staff:approver-demo refused");
  });
});

test("neither secret nor code nor password is logged", () => {
  expect(site.logged()).not.toContain(RIGHT);
  expect(site.logged()).not.toContain(codeAt(NOW));
});
