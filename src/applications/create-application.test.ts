import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import type { House } from "#src/register/find-house.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { refusalOf } from "#tests/support/guard-control.ts";
import { buildNotice, findDepositDescriptor } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { createApplication, newApplicationNumber } from "./create-application.ts";
import { findApplication, findApplicationBySubmission } from "./find-application.ts";

let database: TestDatabase;
let city: TestCity;
let house: House;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  house = await buildHouse(city);
});
afterAll(() => database.drop());

async function createWithoutNotice(): Promise<string> {
  const number = newApplicationNumber("11", NOW);
  await city.db.transaction().execute((tx) =>
    createApplication(tx, {
      descriptor: findDepositDescriptor("11"),
      stages: [],
      number,
      house,
      noticeNo: null,
      submissionKey: randomUUID(),
      browserHash: Buffer.alloc(32, 3),
      contact: { name: "张示例", phone: "13800005678", personalData: city.personalData },
      now: NOW,
    }),
  );
  return number;
}

test("a number has the business, the Shanghai day and a check digit, and cannot be guessed from its neighbour", () => {
  const late = new Date("2026-11-23T16:30:00Z"); // half past midnight of the 24th in Shanghai
  const numbers = Array.from({ length: 200 }, () => newApplicationNumber("11", late));
  for (const number of numbers) {
    expect(checkApplicationNumber(number).ok).toBe(true);
    expect(number.slice(0, 8)).toBe("11261124");
  }
  const tails = numbers.map((number) => Number(number.slice(8, 17))).sort((a, b) => a - b);
  expect(new Set(tails).size).toBe(200);
  // Drawn from a thousand million: two hundred do not lie side by side.
  expect((tails.at(-1) ?? 0) - (tails[0] ?? 0)).toBeGreaterThan(500_000_000);
});

test("a deposit without its payment notice is no application", async () => {
  expect(await refusalOf(createWithoutNotice())).toBe("WX014");
});

test("what was handed in is found by its number and by its form", async () => {
  const submissionKey = randomUUID();
  const { no } = await buildNotice(city, house, { submissionKey });
  const application = await findApplication(city.db, no);
  expect(application).toMatchObject({
    number: no,
    noticeNo: no,
    kind: "owner-deposit",
    state: "awaiting-payment",
    house: { estateId: house.estateId, houseId: house.houseId },
    createdAt: NOW,
  });
  expect(application?.events).toHaveLength(1);
  expect(await findApplicationBySubmission(city.db, submissionKey)).toEqual(application);
});

test("one form makes one application", async () => {
  const submissionKey = randomUUID();
  await buildNotice(city, house, { submissionKey });
  expect(await refusalOf(buildNotice(city, house, { submissionKey }))).toBe("23505");
});

test("what was never handed in is not found", async () => {
  expect(await findApplication(city.db, "119999999999999999")).toBeNull();
  expect(await findApplicationBySubmission(city.db, randomUUID())).toBeNull();
});
