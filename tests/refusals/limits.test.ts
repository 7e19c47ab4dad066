import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newApplicationNumber } from "#src/applications/create-application.ts";
import { demonstrationOwners } from "#src/demo/demonstration-owners.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { buildNotice } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

/** Owes its first deposit and has no entries yet; nobody pays it here. */
const HOUSE = "/fund/SL0126-12-3-0506";

let site: ServedSite;

beforeAll(async () => {
  // Behind one proxy, so that each test can come from an address of its own.
  site = await serveSite({ isDemo: true, areRateLimitsOn: true, trustedProxyHops: 1 });
});
afterAll(() => site?.stop());

let addresses = 0;

/** A visitor at an address that nobody came from before. */
function newcomer(): WebVisitor {
  addresses += 1;
  return from(`203.0.113.${addresses}`);
}

function from(address: string): WebVisitor {
  const visitor = site.visitor();
  const headers = { "x-forwarded-for": `198.51.100.7, ${address}` };
  return {
    ...visitor,
    get: (path, more) => visitor.get(path, { ...headers, ...more }),
    post: (path, fields, more) => visitor.post(path, fields, { ...headers, ...more }),
  };
}

function expectTooMany(answer: WebAnswer): void {
  expect(answer.status).toBe(429);
  const seconds = Number(answer.headers["retry-after"]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(3_600);
  const page = readPage(answer.text);
  expect(page.headings).toEqual(["操作有点频繁"]);
  expect(page.text).toMatch(/请过 \d+ (秒|分钟)再试/);
}

describe("业务受理状态查询", () => {
  test("stops who tries number after number, and nobody else", async () => {
    const notice = await buildNotice(site.city, await buildHouse(site.city));
    const guesser = newcomer();
    for (let tries = 0; tries < 30; tries += 1) {
      const guess = newApplicationNumber("11", NOW);
      expect((await guesser.get(`/applications/${guess}`)).status).toBe(404);
    }
    expectTooMany(await guesser.get(`/applications/${newApplicationNumber("11", NOW)}`));
    expectTooMany(await guesser.get(`/status?number=${notice.no}`));
    expectTooMany(await guesser.get(`/applications/${notice.no}`));
    expect((await newcomer().get(`/applications/${notice.no}`)).status).toBe(200);
  });

  test("stops him on the pages of the applicant's acts, too", async () => {
    const guesser = newcomer();
    for (let tries = 0; tries < 30; tries += 1) {
      const path = `/applications/${newApplicationNumber("11", NOW)}/${["proof", "cancel"][tries % 2]}`;
      expect((await guesser.get(path)).status).toBe(404);
    }
    expectTooMany(await guesser.get(`/applications/${newApplicationNumber("11", NOW)}/proof`));
  });

  test("cannot be misled by an address that the visitor writes himself", async () => {
    const guesser = site.visitor();
    const statuses = [];
    for (let tries = 0; tries < 31; tries += 1) {
      const headers = { "x-forwarded-for": `192.0.2.${tries}, 203.0.113.250` };
      const guess = newApplicationNumber("11", NOW);
      statuses.push((await guesser.get(`/applications/${guess}`, headers)).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test("does not count slips of the keyboard", async () => {
    const visitor = newcomer();
    for (let tries = 0; tries < 40; tries += 1) {
      expect((await visitor.get("/status?number=112611230000000000")).status).toBe(422);
    }
  });
});

describe("the other limits", () => {
  test("stop a machine that reads the register, as a page and as JSON", async () => {
    const reader = newcomer();
    for (let n = 0; n < 60; n += 1) await reader.get(`/fund?q=示例${n}`.replace(/[^ -~]/g, "x"));
    expectTooMany(await reader.get("/fund?q=shili"));
    expectTooMany(await reader.get("/owner-service?q=shili"));
    const statuses = new Set<number>();
    for (let n = 0; n < 301; n += 1) statuses.add((await reader.get("/search.json?q=sl")).status);
    expect([...statuses]).toEqual([200, 429]);
    const answer = await reader.get("/search.json?q=sl");
    expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
    expect(JSON.parse(answer.text)).toMatchObject({ error: 429 });
  });

  test("stop who hands in form after form", async () => {
    const { code } = await buildHouse(site.city);
    const visitor = newcomer();
    const statuses = [];
    for (let n = 0; n < 21; n += 1) {
      const form = await visitor.get(`/deposit/${code}`);
      const { submissionKey = "", amountSeen = "" } = readPage(form.text).values;
      const sent = { submissionKey, amountSeen, depositKind: "00" };
      const who = { payer: "张示例", phone: "13800005678" };
      statuses.push((await visitor.post(`/deposit/${code}`, { ...sent, ...who })).status);
    }
    expect(statuses).toEqual([...Array(20).fill(303), 429]);
  });

  test("let a form with a mistake be mended as often as it takes", async () => {
    const { code } = await buildHouse(site.city);
    const visitor = newcomer();
    const form = await visitor.get(`/deposit/${code}`);
    const { submissionKey = "", amountSeen = "" } = readPage(form.text).values;
    for (let n = 0; n < 25; n += 1) {
      const sent = { submissionKey, amountSeen, depositKind: "00", payer: "张示例", phone: "1" };
      expect((await visitor.post(`/deposit/${code}`, sent)).status).toBe(422);
    }
  });
});

describe("signing in at the bank's desk", () => {
  const signIn = (visitor: WebVisitor, username: string, password = "Demo-2026!") =>
    visitor.post("/bank/sign-in", { username, password });

  async function fail(visitor: WebVisitor, username: string, times: number): Promise<void> {
    for (let tries = 0; tries < times; tries += 1) {
      expect((await signIn(visitor, username, `Demo-${tries}`)).status).toBe(422);
    }
  }

  test("a branch at opening time signs in as often as it likes", async () => {
    const branch = newcomer();
    for (let tries = 0; tries < 12; tries += 1) {
      expect((await signIn(branch, "teller2-demo")).status).toBe(303);
    }
  });

  test("stops who tries name after name, also when the last guess is right, and nobody else", async () => {
    const guesser = newcomer();
    for (let n = 0; n < 10; n += 1) await fail(guesser, `nobody-${n}`, 1);
    expectTooMany(await signIn(guesser, "teller2-demo"));
    expect(guesser.cookies.has("bank")).toBe(false);
    expect((await signIn(newcomer(), "teller2-demo")).status).toBe(303);
  });

  test.each(["teller-demo", "teller-of-nowhere"])(
    "stops who guesses the password of %s from many addresses, whether there is such a user or not",
    async (username) => {
      for (let n = 0; n < 10; n += 1) await fail(newcomer(), username, 1);
      const last = newcomer();
      expectTooMany(await signIn(last, username));
      expect(last.cookies.has("bank")).toBe(false);
    },
  );

  test("does not let strangers shut a teller out of the browser he works from", async () => {
    const desk = newcomer();
    expect((await signIn(desk, "teller-other-demo")).status).toBe(303);
    for (let n = 0; n < 10; n += 1) await fail(newcomer(), "teller-other-demo", 1);
    expectTooMany(await signIn(newcomer(), "teller-other-demo"));
    expect((await signIn(desk, "teller-other-demo")).status).toBe(303);
  });

  test("counts the failures of a known browser too, and knows it for its own user alone", async () => {
    const desk = newcomer();
    expect((await signIn(desk, "teller2-demo")).status).toBe(303);
    const { cookies } = desk;
    const moved = (to: WebVisitor) => {
      for (const [name, value] of cookies) to.cookies.set(name, value);
      return to;
    };
    expectTooMany(await signIn(moved(newcomer()), "teller-demo"));
    for (let n = 0; n < 10; n += 1) await fail(moved(newcomer()), "teller2-demo", 1);
    expectTooMany(await signIn(moved(newcomer()), "teller2-demo"));
    expect((await signIn(newcomer(), "teller2-demo")).status).toBe(303);
  });

  test("does not count a try that was turned away against the address", async () => {
    const branch = newcomer();
    for (let n = 0; n < 10; n += 1) await fail(newcomer(), "teller-shut-out", 1);
    for (let n = 0; n < 15; n += 1) expectTooMany(await signIn(branch, "teller-shut-out"));
    expect((await signIn(branch, "teller2-demo")).status).toBe(303);
  });
});

interface Challenge {
  captchaId: string;
  answer: string;
}

describe("the captcha before 查看明细", () => {
  /** Uses up the look-ups without a question, and reads the question that comes then. */
  async function comeToTheQuestion(visitor: WebVisitor): Promise<Challenge> {
    for (let look = 0; look < 8; look += 1) {
      const answer = await visitor.get(HOUSE);
      expect(readPage(answer.text).text).toContain("这套房屋还没有交过维修资金");
    }
    return await readChallenge(visitor, await visitor.get(HOUSE));
  }

  async function readChallenge(visitor: WebVisitor, answer: WebAnswer): Promise<Challenge> {
    const page = readPage(answer.text);
    expect(page.headings).toEqual(["查询有点频繁，请先算一道题"]);
    expect(page.text).not.toContain("这套房屋还没有交过维修资金");
    const { captchaId = "" } = page.values;
    const outbox = JSON.parse((await visitor.get("/demo/outbox.json")).text);
    const sent = outbox.find(({ to }: { to: string }) => to === captchaId);
    expect(sent).toMatchObject({ kind: "captcha", at: expect.any(String) });
    expect(page.text).not.toContain(sent.text);
    return { captchaId, answer: sent.code };
  }

  const answerWith = (visitor: WebVisitor, { captchaId, answer }: Challenge) =>
    visitor.post(HOUSE, { captchaId, captcha: answer });

  test("comes at the ninth look-up, and its right answer lets through to eight more", async () => {
    const visitor = newcomer();
    const challenge = await comeToTheQuestion(visitor);
    const answer = await answerWith(visitor, challenge);
    expect([answer.status, answer.headers.location]).toEqual([303, HOUSE]);
    await comeToTheQuestion(visitor);
  });

  test("stands before the export as well", async () => {
    const visitor = newcomer();
    await comeToTheQuestion(visitor);
    const csv = await visitor.get(`${HOUSE}/lines.csv`);
    expect(csv.headers["content-type"]).toContain("text/html");
    await readChallenge(visitor, csv);
  });

  test("takes no wrong answer, and asks another question then", async () => {
    const visitor = newcomer();
    const challenge = await comeToTheQuestion(visitor);
    for (const wrong of [String(Number(challenge.answer) + 1), "", "NaN", "1e21", "\0", "九十九"]) {
      const answer = await answerWith(visitor, { ...challenge, answer: wrong });
      expect(answer.status).toBe(422);
      const page = readPage(answer.text);
      expect(page.errors["captcha"]).toMatch(/请/);
      expect(page.values["captchaId"]).not.toBe(challenge.captchaId);
    }
    expect((await answerWith(visitor, challenge)).status).toBe(422);
  });

  test("comes for lists and forms as well: they tell of sixteen houses, then ask to look closer", async () => {
    const { code } = await buildHouse(site.city);
    const visitor = newcomer();
    const [list, form] = [`/fund?q=${code}`, `/deposit/${code}`];
    for (let n = 0; n < 8; n += 1) {
      expect((await visitor.get(list)).text).toContain("未交，应交");
      expect(readPage((await visitor.get(form)).text).text).toContain("已交");
    }
    const silent = readPage((await visitor.get(list)).text).text;
    expect(silent).toContain(code);
    expect(silent).toContain("交存状态不在这里显示");
    expect(silent).not.toContain("未交");
    const bare = readPage((await visitor.get(form)).text);
    expect(bare.text).not.toContain("欠交");
    expect(bare.values["amountSeen"]).toBe("11851.20");
    await answerWith(visitor, await comeToTheQuestion(visitor));
    expect((await visitor.get(list)).text).toContain("未交，应交");
  });

  test("is used up by its first right answer", async () => {
    const visitor = newcomer();
    const challenge = await comeToTheQuestion(visitor);
    expect((await answerWith(visitor, challenge)).status).toBe(303);
    expect((await answerWith(visitor, challenge)).status).toBe(422);
  });

  test("is of one browser, of five minutes, and of its own making", async () => {
    const visitor = newcomer();
    const challenge = await comeToTheQuestion(visitor);
    expect((await answerWith(newcomer(), challenge)).status).toBe(422);
    const second = await readChallenge(visitor, await visitor.get(HOUSE));
    site.clock.now = new Date(NOW.getTime() + 5 * 60_000 + 1);
    expect((await answerWith(visitor, second)).status).toBe(422);
    site.clock.now = NOW;
    for (const captchaId of ["", "A".repeat(43), "A".repeat(10_000), "__proto__", "\0"]) {
      expect((await answerWith(visitor, { captchaId, answer: "7" })).status).toBe(422);
    }
  });

  test("takes the answer in full-width digits too", async () => {
    const visitor = newcomer();
    const challenge = await comeToTheQuestion(visitor);
    const wide = challenge.answer.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)));
    expect((await answerWith(visitor, { ...challenge, answer: wide })).status).toBe(303);
  });

  test("cannot be passed by a made-up or a borrowed pass", async () => {
    const passed = newcomer();
    await answerWith(passed, await comeToTheQuestion(passed));
    const pass = passed.cookies.get("look") ?? "";
    const forged = pass.slice(0, -2) + (pass.endsWith("AA") ? "BB" : "AA");
    const visitor = newcomer();
    await comeToTheQuestion(visitor);
    for (const look of [forged, "x", "", pass.split(".")[0] ?? "", "A".repeat(5_000)]) {
      visitor.cookies.set("look", look);
      await readChallenge(visitor, await visitor.get(HOUSE));
    }
  });
});

test("the outbox shows captchas only while they matter, and nobody's name or phone", async () => {
  const outbox = await newcomer().get("/demo/outbox.json");
  for (const { owner } of demonstrationOwners) {
    expect(outbox.text).not.toContain(owner.name);
    expect(outbox.text).not.toContain(owner.phone);
  }
  const entries = JSON.parse(outbox.text);
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) {
    expect(Object.keys(entry).sort()).toEqual(["at", "code", "kind", "text", "to"]);
  }
  const page = await newcomer().get("/demo/outbox");
  expect(readPage(page.text).headings).toEqual(["演示发件箱"]);
});
