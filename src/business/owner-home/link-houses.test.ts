import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findOwnerAccount, type OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { listLinkedHouses } from "#src/accounts/owners/owner-houses.ts";
import type { AuditContext } from "#src/platform/audit.ts";
import { createRateLimits } from "#src/platform/rate-limits.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { inParallel } from "#tests/support/in-parallel.ts";
import { buildPaidHouse } from "#tests/support/payment-builders.ts";
import {
  CHEN,
  passHouseOn,
  recordOwner,
  type TestPerson,
  WANG,
} from "#tests/support/recorded-owners.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildOwnerAccount } from "#tests/support/test-owners.ts";
import { type LinkDeps, linkByFact, linkByPhone, unlinkHouse } from "./link-houses.ts";

let database: TestDatabase;
let city: TestCity;
let deps: LinkDeps;
/** A person of each test's own, so that no house of another test is his. */
let person: TestPerson;
let account: OwnerAccount;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

let people = 0;
beforeEach(async () => {
  people += 1;
  person = { ...WANG, phone: `1390000${people.toString().padStart(4, "0")}` };
  deps = { ...city, limits: createRateLimits({ pool: { query: noQuery }, isOn: false }) };
  account = await accountOf(await buildOwnerAccount(city, person));
});

const noQuery = () => Promise.reject(new Error("limits are off here"));

async function accountOf(id: number): Promise<OwnerAccount> {
  const found = await findOwnerAccount(city.db, city.personalData, id);
  if (found === null) throw new Error("the account is gone");
  return found;
}

function audit(): AuditContext {
  return {
    requestId: `link-${people}`,
    event: "owner-house-linked",
    actor: `owner:${account.id}`,
    addressHash: Buffer.alloc(32),
  };
}

const byPhone = (document = person.document) => linkByPhone(deps, account, document, audit(), NOW);

async function codes(): Promise<string[]> {
  return (await listLinkedHouses(city.db, account.id)).map(({ code }) => code);
}

async function houseOf(owner: TestPerson, overrides = {}): Promise<House> {
  const house = await buildHouse(city);
  await recordOwner(city, house, owner, overrides);
  return house;
}

async function trail(): Promise<[string, string][]> {
  const rows = await city.owner
    .selectFrom("audit_event")
    .select(["subject", "outcome"])
    .where("request_id", "=", audit().requestId)
    .orderBy("id")
    .execute();
  return rows.map(({ subject, outcome }) => [subject, outcome]);
}

describe("phone and document", () => {
  test("link every house on which both are recorded at once, and say who the owner is", async () => {
    const houses = [await houseOf(person), await houseOf(person)];
    await houseOf(person, { phone: "13900009999" });
    await houseOf({ ...CHEN, phone: person.phone });
    expect(await byPhone()).toMatchObject({ kind: "linked" });
    expect((await codes()).sort()).toEqual(houses.map(({ code }) => code).sort());
    expect((await accountOf(account.id)).name).toBe(person.name);
    expect((await trail()).map(([, outcome]) => outcome)).toEqual([
      "phone-and-document",
      "phone-and-document",
    ]);
  });

  test("answer alike for a wrong document, an unknown phone and no house at all", async () => {
    await houseOf({ ...CHEN, phone: person.phone });
    expect(await byPhone()).toEqual({ kind: "none" });
    await houseOf(person, { phone: null });
    expect(await byPhone()).toEqual({ kind: "none" });
    expect((await accountOf(account.id)).name).toBeNull();
    expect(await codes()).toEqual([]);
    expect(await trail()).toEqual([
      ["", "wrong"],
      ["", "wrong"],
    ]);
  });

  test("prove nothing by a house that is not verified: its owner is what somebody typed", async () => {
    const typed = await buildHouse(city, { status: "provisional" });
    await recordOwner(city, typed, person);
    expect(await byPhone()).toEqual({ kind: "none" });
    const closed = await buildHouse(city, { status: "closed" });
    await recordOwner(city, closed, person);
    expect(await byPhone()).toEqual({ kind: "none" });
    expect((await accountOf(account.id)).documentHash).toBeNull();
  });

  test("prove nothing by a company's code, which is public", async () => {
    await houseOf(person, { kind: "credit-code" });
    expect(await byPhone()).toEqual({ kind: "none" });
  });

  test("keep an account one person's", async () => {
    await houseOf(person);
    expect(await byPhone()).toMatchObject({ kind: "linked" });
    await houseOf({ ...CHEN, phone: person.phone });
    account = await accountOf(account.id);
    expect(await byPhone(CHEN.document)).toEqual({ kind: "other-person" });
    expect((await accountOf(account.id)).name).toBe(person.name);
  });

  test("of two persons at the same moment let one have the account", async () => {
    await houseOf(person);
    await houseOf({ ...CHEN, phone: person.phone });
    const outcomes = await inParallel(2, [
      () => byPhone(person.document),
      () => byPhone(CHEN.document),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["linked", "other-person"]);
    expect(await codes()).toHaveLength(1);
  });

  test("link what is linked already once", async () => {
    await houseOf(person);
    await byPhone();
    account = await accountOf(account.id);
    expect(await byPhone()).toMatchObject({ kind: "linked" });
    expect(await codes()).toHaveLength(1);
  });
});

describe("document and one more fact", () => {
  const fact = (house: House, given: string, factKind = "contract" as const) =>
    linkByFact(
      deps,
      account,
      house,
      { documentNo: person.document, factKind, fact: given },
      audit(),
      NOW,
    );

  async function withContract(contractNo: string | null): Promise<House> {
    const house = await houseOf(person, { phone: null });
    await city.owner
      .updateTable("house")
      .set({ contract_no: contractNo })
      .where("estate_id", "=", house.estateId)
      .where("id", "=", house.houseId)
      .execute();
    return house;
  }

  test("link the house by its contract's number, however its signs are typed", async () => {
    const house = await withContract("SL-2024（0031）号");
    expect(await fact(house, "sl2024 0031号")).toEqual({ kind: "linked", codes: [house.code] });
    expect((await listLinkedHouses(city.db, account.id)).map(({ code }) => code)).toEqual([
      house.code,
    ]);
    expect(await trail()).toEqual([[house.code, "document-and-fact"]]);
  });

  test("link nothing by another contract, by signs alone, or where none is recorded", async () => {
    const house = await withContract("SL20240031");
    expect(await fact(house, "SL20240032")).toEqual({ kind: "none" });
    const signs = await withContract("-（）");
    expect(await fact(signs, "--")).toEqual({ kind: "none" });
    expect(await fact(await withContract(null), "--")).toEqual({ kind: "none" });
  });

  test("link nothing by a right contract with another document", async () => {
    const house = await withContract("SL20240033");
    await passHouseOn(city, house, CHEN);
    expect(await fact(house, "SL20240033")).toEqual({ kind: "none" });
  });

  test("link the house by the bank's reference of a payment for it, and of no other house", async () => {
    const { house, message } = await buildPaidHouse(city);
    await recordOwner(city, house, person, { phone: null });
    const other = await houseOf(person, { phone: null });
    const form = {
      documentNo: person.document,
      factKind: "bank-reference" as const,
      fact: message.bankRef.toLowerCase(),
    };
    expect(await linkByFact(deps, account, other, form, audit(), NOW)).toEqual({ kind: "none" });
    expect(await linkByFact(deps, account, house, form, audit(), NOW)).toMatchObject({
      kind: "linked",
    });
  });
});

describe("a link", () => {
  test("ends with the entry of the buyer, and is there again only when he is gone", async () => {
    const house = await houseOf(person);
    await byPhone();
    await passHouseOn(city, house, CHEN);
    expect(await codes()).toEqual([]);
    await passHouseOn(city, house, person);
    expect(await codes()).toEqual([house.code]);
  });

  test("can be taken away by its owner, once", async () => {
    const house = await houseOf(person);
    await byPhone();
    const found = await findHouseByCode(city.db, house.code);
    if (found === null) throw new Error("the house is there");
    expect(await unlinkHouse(city.db, account, found, audit())).toBe(true);
    expect(await unlinkHouse(city.db, account, found, audit())).toBe(false);
    expect(await codes()).toEqual([]);
  });
});
