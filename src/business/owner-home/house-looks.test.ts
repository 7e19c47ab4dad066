import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { House } from "#src/register/find-house.ts";
import { buildCity, buildHouse, type TestCity } from "#tests/support/builders.ts";
import { buildNotice } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { listHouseLooks } from "./house-looks.ts";

let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

async function look(
  subject: string,
  event: string,
  { actor = "visitor", outcome = "open", daysAgo = 0 } = {},
): Promise<void> {
  await sql`insert into audit_event (at, request_id, event, actor, subject, outcome)
    values (now() - make_interval(days => ${daysAgo}), 'r', ${event}, ${actor}, ${subject}, ${outcome})`.execute(
    city.owner,
  );
}

const looksAt = (house: House, page = 1) => listHouseLooks(city.db, house, { ownerId: 7, page });

test("a house's looks say what whoever looked is, newest first", async () => {
  const house = await buildHouse(city);
  const notice = await buildNotice(city, house);
  await look(house.code, "fund-detail-read");
  await look(house.code, "deposit-form-opened", { actor: "owner:7", outcome: "money-told" });
  await look(house.code, "fund-detail-exported", { actor: "owner:8" });
  await look(notice.no, "personal-data-revealed", {
    actor: "staff:reviewer-demo",
    outcome: "核对",
  });
  const { rows, totalCount } = await looksAt(house);
  expect(rows.map(({ looker, event }) => [looker, event])).toEqual([
    ["staff", "personal-data-revealed"],
    ["other-owner", "fund-detail-exported"],
    ["self", "deposit-form-opened"],
    ["visitor", "fund-detail-read"],
  ]);
  expect(totalCount).toBe(4);
});

test("what showed nothing, what is older than ninety days and other houses are left out", async () => {
  const [house, other] = [await buildHouse(city), await buildHouse(city)];
  await look(house.code, "fund-detail-read", { outcome: "captcha" });
  await look(house.code, "deposit-form-opened", { outcome: "money-withheld" });
  await look(house.code, "fund-detail-read", { daysAgo: 91 });
  await look(other.code, "fund-detail-read");
  expect(await looksAt(house)).toEqual({ rows: [], totalCount: 0 });
  await look(house.code, "fund-detail-read", { daysAgo: 89 });
  expect((await looksAt(house)).totalCount).toBe(1);
});

test("a page holds twenty, however many there are", async () => {
  const house = await buildHouse(city);
  for (let n = 0; n < 23; n += 1) await look(house.code, "fund-detail-read");
  const pages = [await looksAt(house, 1), await looksAt(house, 2), await looksAt(house, 3)];
  expect(pages.map(({ rows }) => rows.length)).toEqual([20, 3, 0]);
  expect(pages[0]?.totalCount).toBe(23);
  const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(23);
});
