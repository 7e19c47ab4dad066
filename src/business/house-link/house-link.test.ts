import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closeOwnerAccount } from "#src/accounts/owners/change-account.ts";
import { findOwnerAccount, type OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { isLinkedHouse, listLinkedHouses } from "#src/accounts/owners/owner-houses.ts";
import { findApplication } from "#src/applications/find-application.ts";
import type { House } from "#src/register/find-house.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { decideAsDesk } from "#tests/support/decide-as-desk.ts";
import { buildCheckedDocument } from "#tests/support/document-builders.ts";
import { inParallel } from "#tests/support/in-parallel.ts";
import { CHEN, passHouseOn, recordOwner, WANG } from "#tests/support/recorded-owners.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildOwnerAccount, linkHouse } from "#tests/support/test-owners.ts";
import { textsTo } from "#tests/support/told-texts.ts";
import { applyForLink } from "./apply-for-link.ts";
import { correctLink } from "./correct-link.ts";
import { houseLinkDescriptor } from "./link-descriptor.ts";
import { listRegisteredOwners } from "./queries.ts";

let database: TestDatabase;
let city: TestCity;
let account: OwnerAccount;
let house: House;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());
beforeEach(async () => {
  account = await accountOf(await buildOwnerAccount(city));
  house = await buildHouse(city);
  await recordOwner(city, house, CHEN);
});

const BROWSER = Buffer.alloc(32, 5);
const deps = () => ({ db: city.db, personalData: city.personalData });
const descriptor = () => houseLinkDescriptor({ ...deps(), isSmsAvailable: true });
const audit = (event: string) => auditOf(event, `owner:${account.id}`);

async function accountOf(id: number): Promise<OwnerAccount> {
  return (await findOwnerAccount(city.db, city.personalData, id)) ?? expect.fail("no account");
}

const addPaper = (submissionKey: string, code: string) =>
  buildCheckedDocument(city, { submissionKey, browserHash: BROWSER, code });

async function apply(
  said: { documentNo?: string; papers?: readonly string[]; key?: string } = {},
): ReturnType<typeof applyForLink> {
  const { papers = ["identity-card", "ownership-proof"], key = randomUUID() } = said;
  for (const code of papers) await addPaper(key, code);
  return await applyForLink(deps(), {
    account,
    house,
    form: { name: WANG.name, documentNo: said.documentNo ?? WANG.document, note: "" },
    submissionKey: key,
    browserHash: BROWSER,
    audit: audit("house-link-submitted"),
    now: NOW,
  });
}

async function applied(said: Parameters<typeof apply>[0] = {}): Promise<string> {
  const outcome = await apply(said);
  return outcome.kind === "applied" ? outcome.number : expect.fail(JSON.stringify(outcome));
}

async function decide(number: string, decision: string) {
  const application = (await findApplication(city.db, number)) ?? expect.fail(number);
  const act = { remark: decision === "return" ? "照片看不清" : "" };
  return await city.db
    .transaction()
    .execute((tx) => decideAsDesk(tx, descriptor(), application, decision, act));
}

const isOpen = () => isLinkedHouse(city.db, account.id, house.code);

async function codesOfLinked(): Promise<string[]> {
  return (await listLinkedHouses(city.db, account.id)).map(({ code }) => code);
}

describe("papers for a house", () => {
  test("open nothing until somebody of the fund centre has said yes", async () => {
    const number = await applied();
    expect(number).toMatch(/^37/);
    expect(await isOpen()).toBe(false);
    expect((await accountOf(account.id)).name).toBeNull();
    expect(await decide(number, "approve")).toEqual({ ok: true });
    expect(await isOpen()).toBe(true);
    expect((await accountOf(account.id)).name).toBe(WANG.name);
    expect((await textsTo(city, account.phone)).join()).toContain("已通过，房屋已关联");
  });

  test("leave the register as it was, and tell whom it reaches", async () => {
    const before = await listRegisteredOwners(city.db, city.personalData, house);
    const tail = house.code.split("-").at(-1);
    await decide(await applied(), "approve");
    expect(await listRegisteredOwners(city.db, city.personalData, house)).toEqual(before);
    const texts = (await textsTo(city, CHEN.phone)).filter((text) =>
      text.includes(`尾号 ${tail}）`),
    );
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain("另一个手机号的业主账户");
    expect(texts[0]).not.toContain(WANG.name);
  });

  test("rejected open nothing, and may be handed in again", async () => {
    const number = await applied();
    expect(await decide(number, "reject")).toEqual({ ok: true });
    expect(await isOpen()).toBe(false);
    expect((await textsTo(city, account.phone)).join()).toContain("没有通过");
    expect(await applied()).not.toBe(number);
  });

  test("put right go the same way again, and what they said before is kept", async () => {
    const number = await applied({ documentNo: CHEN.document });
    await decide(number, "return");
    expect((await textsTo(city, account.phone)).join()).toContain("需要补正");
    const correction = {
      account,
      number,
      form: { name: WANG.name, documentNo: WANG.document, note: "填错了" },
      takenOut: [],
      submissionKey: randomUUID(),
      browserHash: BROWSER,
      audit: audit("house-link-corrected"),
      now: NOW,
    };
    expect(await correctLink(deps(), descriptor(), correction)).toEqual({ kind: "corrected" });
    expect(await correctLink(deps(), descriptor(), correction)).toEqual({ kind: "moved-on" });
    expect(await isOpen()).toBe(false);
    await decide(number, "approve");
    expect((await accountOf(account.id)).documentHash).toEqual(
      city.personalData.hash("document", WANG.document),
    );
    const row = await city.owner
      .selectFrom("house_link")
      .select("earlier_form_ciphers")
      .where("owner_id", "=", account.id)
      .executeTakeFirstOrThrow();
    expect(row.earlier_form_ciphers).toHaveLength(1);
  });

  test("put right without one of them are refused at its field", async () => {
    const number = await applied();
    await decide(number, "return");
    const application = (await findApplication(city.db, number)) ?? expect.fail(number);
    const papers = await city.owner
      .selectFrom("supporting_document")
      .select(["id", "code"])
      .where("application_id", "=", application.id)
      .execute();
    const outcome = await correctLink(deps(), descriptor(), {
      account,
      number,
      form: { name: WANG.name, documentNo: null, note: "" },
      takenOut: papers.filter(({ code }) => code === "ownership-proof").map(({ id }) => id),
      submissionKey: randomUUID(),
      browserHash: BROWSER,
      audit: audit("house-link-corrected"),
      now: NOW,
    });
    expect(outcome).toMatchObject({
      kind: "missing",
      errors: { "document-ownership-proof": "请上传不动产权证或购房合同" },
    });
  });

  test("that are missing are asked for, each at its field", async () => {
    expect(await apply({ papers: ["identity-card"] })).toMatchObject({
      kind: "missing",
      errors: { "document-ownership-proof": "请上传不动产权证或购房合同" },
    });
  });

  test("sent twice, or from two windows at once, make one application", async () => {
    const key = randomUUID();
    expect(await applied({ key })).toBe(await applied({ key, papers: [] }));
    await decide(await applied({ key, papers: [] }), "reject");
    const both = await inParallel(2, [() => apply(), () => apply()]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["applied", "refused"]);
    expect(both).toContainEqual({ kind: "refused", reason: "open-application" });
  });

  test("cannot make an account two persons'", async () => {
    const own = await buildHouse(city);
    await recordOwner(city, own, WANG);
    await linkHouse(city, account.id, own);
    await city.owner
      .updateTable("owner_account")
      .set({
        document_hash: city.personalData.hash("document", WANG.document),
        name_cipher: city.personalData.encrypt(WANG.name),
      })
      .where("id", "=", account.id)
      .execute();
    account = await accountOf(account.id);
    const refused = { kind: "refused", reason: "other-person" };
    expect(await apply({ documentNo: CHEN.document })).toEqual(refused);
    // Handed in before the account was anybody's, decided afterwards.
    const other = await accountOf(await buildOwnerAccount(city));
    account = other;
    const number = await applied({ documentNo: CHEN.document });
    await city.owner
      .updateTable("owner_account")
      .set({
        document_hash: city.personalData.hash("document", WANG.document),
        name_cipher: city.personalData.encrypt(WANG.name),
      })
      .where("id", "=", other.id)
      .execute();
    expect(await decide(number, "approve")).toMatchObject({ ok: false });
    expect(await isOpen()).toBe(false);
  });

  test("of an account that was closed meanwhile are not approved", async () => {
    const number = await applied();
    await city.owner
      .transaction()
      .execute((tx) => closeOwnerAccount(tx, city.personalData, account));
    expect(await decide(number, "approve")).toMatchObject({ ok: false });
  });
});

describe("the phone of the register", () => {
  test("is the account's from then on where the reviewer says so", async () => {
    const number = await applied({ documentNo: CHEN.document });
    expect(await decide(number, "approve-phone")).toEqual({ ok: true });
    const [owner] = await listRegisteredOwners(city.db, city.personalData, house);
    expect(owner).toMatchObject({ name: CHEN.name, phone: account.phone });
    expect((await accountOf(account.id)).name).toBe(CHEN.name);
  });

  test("stays with somebody of another document, and nothing is linked either", async () => {
    const outcome = await decide(await applied(), "approve-phone");
    expect(outcome).toMatchObject({ ok: false });
    expect(await isOpen()).toBe(false);
    const [owner] = await listRegisteredOwners(city.db, city.personalData, house);
    expect(owner?.phone).toBe(CHEN.phone);
  });
});

describe("a link by papers", () => {
  test("ends when the register names somebody new, and not when it names its owner", async () => {
    await decide(await applied(), "approve");
    expect(await codesOfLinked()).toEqual([house.code]);
    await passHouseOn(city, house, WANG);
    expect(await isOpen()).toBe(true);
    expect(await codesOfLinked()).toEqual([house.code]);
    await passHouseOn(city, house, { ...CHEN, document: "110101199001014567" });
    expect(await isOpen()).toBe(false);
    expect(await codesOfLinked()).toEqual([]);
  });

  test("cannot be written without its approval, whoever writes it", async () => {
    const number = await applied();
    const application = (await findApplication(city.db, number)) ?? expect.fail(number);
    const write = city.db.transaction().execute((tx) =>
      tx
        .insertInto("owner_house")
        .values({
          owner_id: account.id,
          estate_id: house.estateId,
          house_id: house.houseId,
          document_hash: city.personalData.hash("document", WANG.document),
          linked_by: "documents-and-review",
          linked_at: NOW,
          reviewed_in: application.id,
          owners_seen: Buffer.alloc(32),
        })
        .execute(),
    );
    await expect(write).rejects.toMatchObject({ code: "WX055" });
    expect(await isOpen()).toBe(false);
  });

  test("keeps what its application said", async () => {
    const number = await applied();
    await decide(number, "approve");
    const change = city.owner
      .updateTable("house_link")
      .set({ form_cipher: Buffer.alloc(3) })
      .where("owner_id", "=", account.id)
      .execute();
    await expect(change).rejects.toMatchObject({ code: "WX001" });
  });
});

test("the desk sees masked what was said beside what is on record", async () => {
  const number = await applied();
  const application = (await findApplication(city.db, number)) ?? expect.fail(number);
  const { review } = descriptor();
  const view = (await review?.describe(city.db, application, NOW)) ?? expect.fail("no review");
  const [name, document, phone] = view.comparisons;
  expect([name?.matches, document?.matches, phone?.matches]).toEqual([false, false, false]);
  const shown = JSON.stringify([view.facts, view.comparisons, view.applicant]);
  for (const secret of [WANG.name, WANG.document, CHEN.name, CHEN.document, CHEN.phone]) {
    expect(shown).not.toContain(secret);
  }
  await passHouseOn(city, house, WANG);
  const after = await review?.describe(city.db, application, NOW);
  expect(after?.comparisons[1]?.matches).toBe(true);
  expect(after?.seen).not.toBe(view.seen);
});
