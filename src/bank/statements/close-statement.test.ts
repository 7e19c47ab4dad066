import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, type CalendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildCity, NOW, type TestCity, TODAY } from "#tests/support/builders.ts";
import { bookMoney, buildPaidHouse, confirmationOf } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildStaff } from "#tests/support/test-staff.ts";
import { buildStatement } from "./build-statement.ts";
import { closeStatement } from "./close-statement.ts";
import {
  listCustodyAccounts,
  readCityReconciledUntil,
  readEstateReconciledUntil,
} from "./custody-accounts.ts";
import { findStatement, loadWorksheet } from "./load-worksheet.ts";
import { noteItem } from "./note-item.ts";
import { readStatement } from "./read-statement.ts";
import { receiveStatement } from "./receive-statement.ts";
import type { Statement } from "./statement.ts";
import { writeStatement } from "./write-statement.ts";

let database: TestDatabase;
let city: TestCity;
let finance: number;
let approver: number;
let account: { id: number; bankCode: string; accountNo: string };
let paid: Awaited<ReturnType<typeof buildPaidHouse>>;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await buildStaff(database, Buffer.alloc(32, 3));
  const idOf = async (username: string) =>
    (
      await city.db
        .selectFrom("staff_member")
        .where("username", "=", username)
        .select("id")
        .executeTakeFirstOrThrow()
    ).id;
  finance = await idOf("finance-demo");
  approver = await idOf("approver-demo");
  paid = await buildPaidHouse(city);
  const [first] = await listCustodyAccounts(city.db);
  if (first === undefined) throw new Error("the city has no custody account");
  account = first;
});
afterAll(() => database.drop());

const FIRST = addDays(TODAY, -2);

function receive(statement: Statement, now = NOW) {
  const read = readStatement(Buffer.from(writeStatement(statement)));
  if (!read.ok) throw new Error(read.problems.map(({ reason }) => reason).join());
  const audit = auditOf("statement-received");
  return receiveStatement(city.db, { ...read, staffId: finance, audit, now });
}

function close(statementId: number, act: { staffId?: number; hasLooked?: boolean } = {}) {
  const audit = auditOf("statement-closed");
  return closeStatement(city.db, {
    ...{ statementId, staffId: approver, hasLooked: false, audit, now: NOW },
    ...act,
  });
}

test("walks", async () => {
  expect(await readCityReconciledUntil(city.db)).toBeNull();
  const statement = await buildStatement(city.db, account, { firstDay: FIRST, lastDay: TODAY });
  expect(statement.lines).toHaveLength(1);
  const received = await receive(statement);
  if (received.kind !== "received") throw new Error(received.kind);
  const outcomes = await Promise.all([close(received.statementId), close(received.statementId)]);
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["closed", "closed-already"]);
  expect(await readCityReconciledUntil(city.db)).toBe(TODAY);
});
