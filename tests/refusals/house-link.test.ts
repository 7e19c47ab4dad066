import { afterAll, beforeAll, expect, test } from "vitest";
import type { House } from "#src/register/find-house.ts";
import { buildPaidHouse } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { CHEN, recordOwner, WANG } from "../support/recorded-owners.ts";
import { hiddenOf, postWithPapers } from "../support/refund-visit.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { buildOwnerAccount, enterAsOwner } from "../support/test-owners.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
/** Paid in full, and the register names Chen. */
let house: House;
let wang: WebVisitor;
let other: WebVisitor;
let reviewer: WebVisitor;

const BALANCE = "11,851.20";
const PAPERS = ["identity-card", "ownership-proof"];
const SAID = { realName: WANG.name, documentNo: WANG.document, note: "去年买的，还没有过户" };

beforeAll(async () => {
  // A house's money is told to its own owner alone.
  site = await serveSite({ disclosurePolicy: "login" });
  ({ house } = await buildPaidHouse(site.city));
  await recordOwner(site.city, house, CHEN);
  wang = await enterAsOwner(site.visitor(), site.city, await buildOwnerAccount(site.city, WANG));
  other = await enterAsOwner(site.visitor(), site.city, await buildOwnerAccount(site.city));
  reviewer = await site.staff("reviewer-demo");
});
afterAll(() => site?.stop());

const formPath = () => `/me/link/${house.code}/documents`;

async function send(
  visitor: WebVisitor,
  path: string,
  fields: Record<string, string>,
  papers: readonly string[] = PAPERS,
): Promise<WebAnswer> {
  const page = await visitor.get(path);
  return await postWithPapers(visitor, path, { ...hiddenOf(page.text), ...fields }, papers);
}

const numberOf = ({ headers }: WebAnswer) =>
  /\/applications\/(37[0-9]{16})/.exec(headers.location ?? "")?.[1] ?? expect.fail("no number");

async function decide(number: string, decision: string, opinion = ""): Promise<WebAnswer> {
  const path = `/review/applications/${number}`;
  const { text } = await reviewer.get(path);
  const { values } = readPage(text);
  const ticks = [...text.matchAll(/name="(check-[a-z-]+)"/g)].map(([, name = ""]) => [name, "yes"]);
  const { state = "", seen = "" } = values;
  const sent = { ...Object.fromEntries(ticks), state, seen, decision, opinion };
  return await reviewer.post(`${path}/decide`, sent);
}

/** What the applicant could read about the house, whatever he is offered. */
async function everythingOf(visitor: WebVisitor, number: string): Promise<string> {
  const paths = [
    "/me",
    "/me/applications",
    `/me/houses/${house.code}`,
    `/me/houses/${house.code}/statements/2026`,
    `/fund/${house.code}`,
    `/me/link/${house.code}`,
    formPath(),
    `/applications/${number}`,
    `/me/link-correction/${number}`,
    `/refund/${house.code}/reason`,
  ];
  const answers: string[] = [];
  for (const path of paths) answers.push((await visitor.get(path)).text);
  return answers.join("\n");
}

const expectNothingOf = (text: string) => {
  for (const secret of [BALANCE, CHEN.name, CHEN.document, CHEN.phone, "11851.20"]) {
    expect(text).not.toContain(secret);
  }
};

test("papers for a house open nothing of it, neither waiting nor sent back, until they are approved", async () => {
  const number = numberOf(await send(wang, formPath(), SAID));
  expectNothingOf(await everythingOf(wang, number));
  expect(readPage((await wang.get("/me")).text).text).toMatch(/待审核.*我们正在审核/s);
  expect((await wang.get(`/me/houses/${house.code}`)).status).toBe(404);
  expect((await decide(number, "return", "照片看不清，请重拍")).status).toBe(303);
  expectNothingOf(await everythingOf(wang, number));
  const correction = `/me/link-correction/${number}`;
  const waiting = await wang.get("/me");
  expect(readPage(waiting.text).text).toMatch(/待补正.*请您补正/s);
  expect(waiting.text).toContain(`href="${correction}"`);
  const page = await wang.get(correction);
  expect(page.text).toContain("照片看不清，请重拍");
  expect(page.text).not.toContain(WANG.document);
  const again = await send(wang, correction, { realName: WANG.name, documentNo: "", note: "" }, []);
  expect(again.headers.location).toBe(`/applications/${number}?submitted=1`);
  expectNothingOf(await everythingOf(wang, number));
  expect((await decide(number, "approve")).status).toBe(303);
  const home = await wang.get("/me");
  expect(home.text).toContain(house.code);
  expect(home.text).toContain(BALANCE);
  expect(home.text).not.toContain(number);
  expect((await wang.get(`/fund/${house.code}`)).text).toContain(BALANCE);
  expect(home.text).not.toContain(CHEN.name);
  expect((await wang.post(`/me/houses/${house.code}/unlink`, {})).status).toBe(303);
  expect((await wang.get(`/me/houses/${house.code}`)).status).toBe(404);
  expectNothingOf((await wang.get("/me")).text);
});

test("another account's application is as unknown as one that is not there", async () => {
  const number = numberOf(await send(wang, formPath(), SAID));
  expect((await decide(number, "return", "照片看不清，请重拍")).status).toBe(303);
  const path = `/me/link-correction/${number}`;
  const [foreign, none] = [
    await other.get(path),
    await other.get("/me/link-correction/370000000000000000"),
  ];
  expect([foreign.status, none.status]).toEqual([404, 404]);
  expect((await postWithPapers(other, path, SAID, [])).status).toBe(404);
  expect((await site.visitor().get(path)).headers.location).toBe("/sign-in");
  expect((await wang.get(path)).status).toBe(200);
});

test("a wrong form goes back with its words at their fields, and nothing that was typed is lost", async () => {
  const wrong = { realName: "<王>", documentNo: "110101198506155021", note: "留着的说明" };
  const answer = await send(other, formPath(), wrong, ["identity-card"]);
  expect(answer.status).toBe(422);
  const page = readPage(answer.text);
  expect(Object.keys(page.errors).sort()).toEqual(["documentNo", "realName"]);
  expect(answer.text).toContain("留着的说明");
  const missing = await send(other, formPath(), SAID, ["identity-card"]);
  expect(missing.status).toBe(422);
  expect(missing.text).toContain("请上传不动产权证或购房合同");
  const unsealed = await other.post(formPath(), SAID);
  expect(unsealed.status).toBe(400);
  expect((await other.get("/me/link/TS9999-1-1-101/documents")).status).toBe(404);
});
