import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newApplicationNumber } from "#src/applications/create-application.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { readPdf } from "../support/pdf-text.ts";
import { readPage } from "../support/read-page.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

/** People who exist nowhere: where one of these strings is read, personal data got out. */
const OWNER = { name: "令狐业主", document: "110101198506155020", phone: "13700009102" } as const;
const PAYER = { name: "慕容交款", phone: "13900008201" } as const;
const CANARIES = [...Object.values(OWNER), ...Object.values(PAYER)];

let site: ServedSite;
let house: House;
let applicant: WebVisitor;
let number: string;
/** Every answer of this file, as a stranger on the line would record them. */
const answers: { what: string; answer: WebAnswer }[] = [];

beforeAll(async () => {
  site = await serveSite();
  house = await buildHouse(site.city);
  await registerOwner(site.city, house, OWNER);
  applicant = site.visitor();
  number = await submitDeposit(applicant, house);
});
afterAll(() => site?.stop());

/** Hands a deposit in as the page's own form does, and answers with the application's number. */
async function submitDeposit(visitor: WebVisitor, { code }: House): Promise<string> {
  const form = await visitor.get(`/deposit/${code}`);
  const { submissionKey = "", amountSeen = "" } = readPage(form.text).values;
  const sent = { payer: PAYER.name, phone: PAYER.phone, depositKind: "00" };
  const answer = await visitor.post(`/deposit/${code}`, { ...sent, submissionKey, amountSeen });
  record("提交", answer);
  const [found] = /\d{18}/.exec(answer.headers.location ?? "") ?? [];
  if (found === undefined) throw new Error(`the deposit was refused: ${answer.status}`);
  return found;
}

function record(what: string, answer: WebAnswer): WebAnswer {
  answers.push({ what, answer });
  return answer;
}

/**
 * Leaves out what is drawn by chance and can look like a phone: the request's number, keys of forms (both hexadecimal),
 * and application numbers. The canaries are looked for in everything.
 */
function withoutDrawnNumbers(text: string, { headers }: WebAnswer): string {
  const requestNumber = String(headers["x-request-id"]);
  expect(requestNumber).toMatch(/^[0-9a-f]{16}$/);
  return text
    .replaceAll(requestNumber, "")
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "")
    .replaceAll(/\d{18}/g, "");
}

async function read(visitor: WebVisitor, path: string): Promise<WebAnswer> {
  return record(path, await visitor.get(path));
}

describe("the number alone", () => {
  test("opens the progress, and nothing about a person", async () => {
    const answer = await read(site.visitor(), `/applications/${number}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("待交款");
    expect(answer.text).toContain(house.address);
    expect(answer.text).not.toMatch(/慕容|令狐|8201|9102|5020/);
    expect(answer.text).not.toMatch(/<a [^>]*>打印|\/slips\//);
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("shows a stranger the same as 业务受理状态查询 does", async () => {
    const direct = await read(site.visitor(), `/applications/${number}`);
    const searched = await read(site.visitor(), `/status?number=${number}`);
    expect(readPage(searched.text).text).toBe(readPage(direct.text).text);
  });

  test("prints no notice: neither for a stranger, nor with a made-up cookie", async () => {
    const path = `/applications/${number}/slips/payment-notice`;
    for (const cookie of ["", "browser=", `browser=${"A".repeat(43)}`, "browser=%00", "bank=x"]) {
      const answer = record(path, await site.visitor().get(path, { cookie }));
      expect(answer.status).toBe(403);
      expect(answer.headers["content-type"]).toContain("text/html");
      expect(answer.text).not.toContain(house.address);
    }
  });

  test("does not print for a visitor with an application of another house", async () => {
    const neighbour = site.visitor();
    const own = await submitDeposit(neighbour, await buildHouse(site.city));
    const ownSlip = await neighbour.get(`/applications/${own}/slips/payment-notice`);
    expect(ownSlip.headers["content-type"]).toBe("application/pdf");
    const foreign = await read(neighbour, `/applications/${number}/slips/payment-notice`);
    expect(foreign.status).toBe(403);
  });
});

test("the browser that applied prints the notice, with the payer masked", async () => {
  const answer = await read(applicant, `/applications/${number}/slips/payment-notice`);
  expect(answer.status).toBe(200);
  expect(answer.headers["cache-control"]).toBe("no-store");
  const { text, title } = await readPdf(answer.bytes);
  expect(text).toContain(number);
  expect(text).toContain(rmbInCapitals(house.dueFen ?? expect.fail("the house owes nothing")));
  expect(text).toContain("慕**");
  for (const canary of CANARIES) expect(text + title).not.toContain(canary);
});

test("a second click on 提交 finds the first application, from the same browser only", async () => {
  const own = await buildHouse(site.city);
  const form = {
    depositKind: "00",
    payer: PAYER.name,
    phone: PAYER.phone,
    submissionKey: randomUUID(),
    amountSeen: "11851.20",
  };
  const visitor = site.visitor();
  await visitor.get(`/deposit/${own.code}`);
  const first = await visitor.post(`/deposit/${own.code}`, form);
  const again = await visitor.post(`/deposit/${own.code}`, form);
  expect(again.headers.location).toBe(first.headers.location);
  const stranger = await site.visitor().post(`/deposit/${own.code}`, form);
  expect(stranger.status).toBe(409);
  expect(stranger.text).not.toMatch(/\d{18}/);
});

describe("a number that is not on record", () => {
  test("is answered alike whatever it is, and like no other refusal", async () => {
    const visitor = site.visitor();
    const seen = new Set<string>();
    for (let tries = 0; tries < 20; tries += 1) {
      const unknown = newApplicationNumber("11", NOW);
      const answer = await read(visitor, `/applications/${unknown}`);
      expect(answer.status).toBe(404);
      seen.add(answer.text.replaceAll(unknown, "").replaceAll(/[0-9a-f]{16}/g, ""));
    }
    expect(seen.size).toBe(1);
    const otherBusiness = newApplicationNumber("77", NOW);
    const answer = await read(visitor, `/applications/${otherBusiness}`);
    expect(seen).toContain(answer.text.replaceAll(otherBusiness, ""));
  });

  test("is told apart from a slip of the keyboard by 业务受理状态查询", async () => {
    const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
    const slipped = await read(site.visitor(), `/status?number=${wrong}`);
    expect(slipped.status).toBe(422);
    expect(slipped.text).toContain("业务单编号有一位不对");
    const unknown = await read(site.visitor(), `/status?number=${newApplicationNumber("11", NOW)}`);
    expect(unknown.status).toBe(404);
    expect(unknown.text).toContain("没有这个业务单编号");
  });

  test("has no slips either", async () => {
    const unknown = newApplicationNumber("11", NOW);
    for (const path of [
      `/applications/${unknown}/slips/payment-notice`,
      `/applications/${number}/slips/other`,
      `/applications/${number}/slips/__proto__`,
      `/applications/${number}/slips/constructor`,
    ]) {
      expect((await read(applicant, path)).status).toBe(404);
    }
  });
});

test("nobody's name, document or phone leaves the house in any answer, header or log line", async () => {
  const teller = await site.teller("teller-one");
  record("查询", await teller.post("/bank/query", { number }));
  await read(teller, `/bank/notices/${number}`);
  const paid = { bankRef: "CANARY-0001", valueDate: "2026-11-23", amountSeen: "11851.20" };
  record("确认到账", await teller.post(`/bank/notices/${number}/confirm`, paid));
  await read(teller, `/bank/notices/${number}`);
  for (const visitor of [applicant, site.visitor()]) {
    for (const path of [
      "/",
      `/owner-service?q=${encodeURIComponent(house.address)}`,
      `/fund?q=${encodeURIComponent(house.address)}`,
      `/search.json?q=${encodeURIComponent(house.address)}`,
      `/deposit/${house.code}`,
      `/fund/${house.code}`,
      `/fund/${house.code}/lines.csv`,
      `/applications/${number}`,
      `/status?number=${number}`,
    ]) {
      await read(visitor, path);
    }
  }
  expect(answers.length).toBeGreaterThan(40);
  for (const { what, answer } of answers) {
    const all = `${answer.text}\n${JSON.stringify(answer.headers)}\n${decodeURIComponent(what)}`;
    const escaped = CANARIES.filter((canary) => all.includes(canary));
    expect(escaped, `found in the answer to ${what}`).toEqual([]);
    const digits = withoutDrawnNumbers(all, answer).match(
      /(?<!\d)(1[3-9]\d{9}|\d{17}[0-9Xx])(?!\d)/g,
    );
    expect(digits, `a phone or a document in the answer to ${what}`).toBeNull();
  }
  const log = site.logged();
  expect(CANARIES.filter((canary) => log.includes(canary))).toEqual([]);
});

test("a refused form comes back with what was typed, but neither log nor URL holds it", async () => {
  const own = await buildHouse(site.city);
  const visitor = site.visitor();
  const form = await visitor.get(`/deposit/${own.code}`);
  const { submissionKey = "", amountSeen = "" } = readPage(form.text).values;
  const refused = await visitor.post(`/deposit/${own.code}`, {
    ...{ submissionKey, amountSeen, depositKind: "00" },
    ...{ payer: PAYER.name, phone: `${PAYER.phone}0` },
  });
  expect(refused.status).toBe(422);
  expect(readPage(refused.text).values).toMatchObject({ payer: PAYER.name });
  expect(refused.headers["cache-control"]).toBe("no-store");
  expect(JSON.stringify(refused.headers)).not.toContain(PAYER.phone);
  expect(site.logged()).not.toContain(PAYER.name);
});

test("a failure tells the citizen its number, and the log the rest, without the person", async () => {
  const own = await buildHouse(site.city);
  const visitor = site.visitor();
  const { values } = readPage((await visitor.get(`/deposit/${own.code}`)).text);
  const { submissionKey = "", amountSeen = "" } = values;
  const broken = sql`alter table application rename to application_away`;
  const mended = sql`alter table application_away rename to application`;
  await broken.execute(site.database.owner);
  const failed = await visitor.post(`/deposit/${own.code}`, {
    ...{ submissionKey, amountSeen, depositKind: "00", payer: PAYER.name, phone: PAYER.phone },
  });
  await mended.execute(site.database.owner);
  expect(failed.status).toBe(500);
  expect(failed.text).toContain("这是我们的问题，不是您填错了");
  expect(failed.text).not.toMatch(/application_away|relation|select |at .*\.ts/);
  const requestId = String(failed.headers["x-request-id"]);
  expect(failed.text).toContain(requestId);
  const lines = site.logged().split("\n");
  const line = lines.find((one) => one.includes(requestId)) ?? "";
  expect(line).toContain("request failed");
  for (const canary of CANARIES) expect(failed.text + site.logged()).not.toContain(canary);
});

test("every page that may hold something of a person's is kept by no cache and no search engine", async () => {
  for (const path of [`/deposit/${house.code}`, `/fund/${house.code}`, `/applications/${number}`]) {
    const answer = await applicant.get(path);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.text).toContain('<meta name="robots" content="noindex"/>');
  }
});
