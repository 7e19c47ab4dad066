import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "#src/kernel/calendar-date.ts";
import { buildCity, buildHouse, type TestCity, TODAY } from "#tests/support/builders.ts";
import { buildNotice } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { countPrint, findHouseNotice, findNotice } from "./find-notice.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

test("an issued notice is found again as it was issued", async () => {
  const house = await buildHouse(city);
  const { no } = await buildNotice(city, house);
  expect(await findHouseNotice(city.db, no, city.personalData)).toMatchObject({
    no,
    house: { estateId: house.estateId, houseId: house.houseId },
    depositKind: "00",
    amountFen: 1_185_120n,
    bankCode: "SLYH",
    payerName: "张示例",
    payerPhone: "13800005678",
    basis: { areaHundredths: 9876, dueFen: "1185120" },
    expiresOn: addDays(TODAY, 15),
    state: "issued",
    lockedBy: null,
  });
});

test("payer and phone stand nowhere in the row in clear", async () => {
  const { no } = await buildNotice(city, await buildHouse(city));
  const { rows } = await sql<{ row: string }>`
    select n::text || encode(payer_name_cipher, 'hex') || encode(payer_phone_cipher, 'hex')
      as row from payment_notice n where no = ${no}`.execute(city.db);
  expect(rows[0]?.row).toContain(no);
  for (const clear of ["张示例", "13800005678"]) {
    expect(rows[0]?.row).not.toContain(clear);
    expect(rows[0]?.row).not.toContain(Buffer.from(clear).toString("hex"));
  }
});

test("a number that was never issued is not found", async () => {
  expect(await findNotice(city.db, "119999999999999999", city.personalData)).toBeNull();
});

test("every print is counted, also two at the same moment", async () => {
  const { no } = await buildNotice(city, await buildHouse(city));
  const counts = await Promise.all([countPrint(city.db, no), countPrint(city.db, no)]);
  expect(counts.sort()).toEqual([1, 2]);
  expect(await countPrint(city.db, no)).toBe(3);
});
