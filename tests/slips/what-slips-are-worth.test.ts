import { afterAll, beforeAll, expect, test } from "vitest";
import { findInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { printCertificate } from "#src/business/clearance-certificate/certificate-slip.ts";
import { CERTIFICATE_SLIP } from "#src/business/clearance-certificate/certificate-worth.ts";
import { issueCertificate } from "#src/business/clearance-certificate/issue-certificate.ts";
import { findCertificate } from "#src/business/clearance-certificate/queries.ts";
import { printTopUpNotices, readTopUpRule } from "#src/business/estate-keeping/print-top-up.ts";
import { TOP_UP_SLIP } from "#src/business/estate-keeping/top-up-slip/top-up-worth.ts";
import { parsePeriod } from "#src/business/estate-statements/rules.ts";
import { printStatement } from "#src/business/estate-statements/statement-files.ts";
import { ESTATE_STATEMENT_SLIP } from "#src/business/estate-statements/statement-worth.ts";
import { findStatement, lockStatement } from "#src/business/estate-statements/statements.ts";
import { printStatement as printAnnual } from "#src/business/owner-home/statement/statement.ts";
import { ANNUAL_STATEMENT_SLIP } from "#src/business/owner-home/statement/statement-worth.ts";
import { REFUND_APPLICATION_SLIP } from "#src/business/owner-refund/application-slip/application-worth.ts";
import { addDays, calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { readSlipCode } from "#src/kernel/slip-code.ts";
import { findEstateHouses } from "#src/ledger/estate-houses.ts";
import { getHouseYear } from "#src/ledger/house-year.ts";
import { findSlip } from "#src/platform/issued-slips/find-slip.ts";
import type { SlipMark } from "#src/platform/issued-slips/issue-slips.ts";
import type { SlipKind } from "#src/platform/issued-slips/slip-kind.ts";
import {
  buildBuilding,
  buildCity,
  buildHouse,
  NOW,
  type TestCity,
  TODAY,
} from "../support/builders.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildPaidHouse,
  buildUse,
  confirmationOf,
  DESK_AUDIT,
  takeBack,
} from "../support/payment-builders.ts";
import { buildRefund, step } from "../support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";
import { buildInstitution, buildInstitutionUser } from "../support/test-institutions.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

type Mark = Pick<SlipMark, "numberGroups" | "codeGroups">;

/** Prints without a compiler and answers with the marks on the paper. */
async function marksOf(
  act: (deps: typeof NO_DEPS) => Promise<unknown>,
): Promise<readonly [Mark, ...Mark[]]> {
  const printed: { mark?: Mark; notices?: { mark: Mark }[] }[] = [];
  const print = async ({ data }: { data: unknown }) => {
    printed.push(data as (typeof printed)[number]);
    return new Uint8Array();
  };
  await act({
    ...NO_DEPS,
    personalData: city.personalData,
    printer: { ...NO_DEPS.printer, print },
  });
  const [data] = printed;
  const [first, ...rest] = data?.notices?.map(({ mark }) => mark) ?? [data?.mark];
  if (first === undefined) throw new Error("no mark on the slip");
  return [first, ...(rest as Mark[])];
}

const NO_DEPS = {
  printer: {
    print: async (_job: { data: unknown }) => new Uint8Array(),
    close: async () => {},
    childPid: () => null,
  },
  personalData: null as unknown as TestCity["personalData"],
  fundCentreName: "示例市物业专项维修资金管理中心",
  config: { fundCentreName: "示例市物业专项维修资金管理中心" },
  publicUrl: "https://fund.example.invalid",
};

async function judge(kind: SlipKind, mark: Mark, now = NOW) {
  const code = readSlipCode(mark.codeGroups);
  if (!code.ok) throw new Error("no code");
  const asked = { number: mark.numberGroups.replaceAll(" ", ""), code: code.code };
  const slip = await findSlip(city.db, city.personalData, asked);
  if (slip?.kind !== kind.kind) throw new Error(`no ${kind.kind}`);
  return { slip, ...(await kind.judge(city.db, slip, now)) };
}

test("a certificate is good until a house of it has less deposited", async () => {
  const building = await buildBuilding(city);
  const house = await buildHouse(city, { building });
  const notice = await buildNotice(city, house);
  await bookMoney(city, confirmationOf(notice));
  const institution = await buildInstitution(city, "developer", [building.estateId]);
  const userId = await buildInstitutionUser(city, institution, { username: "certified" });
  const user = await findInstitutionUser(city.db, city.personalData, userId);
  if (user === null) throw new Error("no user");
  const estate = { estateId: building.estateId, code: building.estateCode };
  const scope = { buildingKey: building.key };
  const issued = await issueCertificate(city.db, { user, estate, scope, now: NOW }, DESK_AUDIT);
  if (!issued.ok) throw new Error(issued.sentence);
  const query = { no: issued.no, institutionId: institution.id };
  const certificate = await findCertificate(city.db, query);
  if (certificate === null) throw new Error("no certificate");
  const [mark] = await marksOf((deps) =>
    printCertificate(deps, city.db, certificate, { count: 1, now: NOW }),
  );
  const before = await judge(CERTIFICATE_SLIP, mark);
  expect(before).toMatchObject({ isValid: true, slip: { amountFen: notice.amountFen } });
  await takeBack(city, notice.no);
  expect(await judge(CERTIFICATE_SLIP, mark)).toMatchObject({
    isValid: false,
    label: "情况已变化",
  });
});

test("a statement of an estate is good until its period is locked again", async () => {
  const building = await buildBuilding(city);
  const house = await buildHouse(city, { building });
  const institution = await buildInstitution(city, "committee", []);
  const period = parsePeriod("2026Q3") ?? expect.fail("no period");
  const lock = () =>
    lockStatement(city.db, {
      estate: { estateId: building.estateId, code: building.estateCode, name: "试验花园" },
      period,
      institutionId: institution.id,
      actor: "institution:kept",
      audit: DESK_AUDIT,
      today: TODAY,
      now: NOW,
    });
  const printLocked = async () => {
    const outcome = await lock();
    if (outcome.kind !== "locked") throw new Error(outcome.kind);
    const statement = await findStatement(city.db, outcome.number);
    if (statement === null) throw new Error("no statement");
    return (await marksOf((deps) => printStatement(deps, city.db, statement, 1)))[0];
  };
  const first = await printLocked();
  expect(await judge(ESTATE_STATEMENT_SLIP, first)).toMatchObject({ isValid: true });
  await buildDeposit(city, house, {
    amountFen: fen(1_000_000n),
    bookDate: calendarDate("2026-08-01"),
  });
  const second = await printLocked();
  expect(await judge(ESTATE_STATEMENT_SLIP, first)).toMatchObject({
    isValid: false,
    label: "已有新的一版",
    onward: { href: `/my-estate/${building.estateCode}` },
  });
  expect(await judge(ESTATE_STATEMENT_SLIP, second)).toMatchObject({
    isValid: true,
    slip: { amountFen: 1_000_000n },
  });
});

test("a statement of a house names its owner by one character, and the next print replaces it", async () => {
  const house = await buildHouse(city);
  await buildDeposit(city, house, { amountFen: fen(1_000_000n) });
  const printNow = async () => {
    const year = await getHouseYear(city.db, house, 2026);
    const subject = { house, ownerName: "王试业", year };
    return (await marksOf((deps) => printAnnual(deps, city.db, subject, NOW)))[0];
  };
  const first = await printNow();
  expect(await printNow()).toEqual(first);
  expect(await judge(ANNUAL_STATEMENT_SLIP, first)).toMatchObject({
    isValid: true,
    onward: { href: `/fund/${house.code}` },
    slip: { party: "王**", amountFen: 1_000_000n, isReplaced: false, datedOn: TODAY },
  });
  await buildUse(city, house, fen(1n));
  const second = await printNow();
  expect(second.numberGroups).toBe(first.numberGroups);
  expect((await judge(ANNUAL_STATEMENT_SLIP, first)).slip.isReplaced).toBe(true);
});

test("notices to top up keep their numbers, lead to paying, and another issuer's replace nothing", async () => {
  const building = await buildBuilding(city);
  const houses = [await buildHouse(city, { building }), await buildHouse(city, { building })];
  for (const house of houses) {
    await buildDeposit(city, house, { amountFen: fen(1_185_120n) });
    await buildUse(city, house, fen(1_000_000n));
  }
  const rule = await readTopUpRule(city.db, TODAY);
  const found = await findEstateHouses(
    city.db,
    building.estateId,
    rule.triggerPercent,
    houses.map(({ houseId }) => houseId),
  );
  const printFor = (issuer: string, today = TODAY) =>
    marksOf((deps) =>
      printTopUpNotices(deps, city.db, {
        ...{ estateId: building.estateId, issuer, rule, houses: found, today, now: NOW },
      }),
    );
  const marks = await printFor("示例物业服务有限公司");
  expect(marks).toHaveLength(2);
  expect(await printFor("示例物业服务有限公司")).toEqual(marks);
  await printFor("试验花园业主委员会");
  expect(await judge(TOP_UP_SLIP, marks[0])).toMatchObject({
    isValid: true,
    onward: { href: `/deposit/${found[0]?.code}` },
    slip: { isReplaced: false, party: "示例物业服务有限公司", amountFen: 1_000_000n },
  });
  const [tomorrow] = await printFor("示例物业服务有限公司", addDays(TODAY, 1));
  expect(tomorrow.numberGroups).toBe(marks[0].numberGroups);
  expect((await judge(TOP_UP_SLIP, marks[0])).slip.isReplaced).toBe(true);
});

test("a notice to top up is good until its house is above the line again, or has other dues", async () => {
  const building = await buildBuilding(city);
  const house = await buildHouse(city, { building });
  await buildDeposit(city, house, { amountFen: fen(1_185_120n) });
  await buildUse(city, house, fen(1_000_000n));
  const slip = {
    ...{ kind: TOP_UP_SLIP.kind, number: "820000000000000000", datedOn: TODAY },
    ...{ subject: `${house.code} 示例物业服务有限公司`, amountFen: fen(407_440n) },
    ...{ party: "示例物业服务有限公司", about: house.address, isReplaced: false },
  };
  const judged = () => TOP_UP_SLIP.judge(city.db, slip, NOW);
  expect(await judged()).toMatchObject({ isValid: true, label: "有效" });
  await buildDeposit(city, house, { amountFen: fen(100_000n), depositKind: "02" });
  expect(await judged()).toMatchObject({ isValid: true });
  await buildDeposit(city, house, { amountFen: fen(307_440n), depositKind: "02" });
  const over = await judged();
  expect(over).toMatchObject({ isValid: false, label: "已不需要续交", onward: null });
  // Nothing of what the house holds is told.
  expect(over.meaning).not.toMatch(/[0-9]+[.,]|元|余额/);
  await buildUse(city, house, fen(400_000n));
  expect(await judged()).toMatchObject({ isValid: true });
  const gone = { ...slip, subject: "SL9999-1-0101 示例物业服务有限公司" };
  expect(await TOP_UP_SLIP.judge(city.db, gone, NOW)).toMatchObject({
    isValid: false,
    label: "情况已变化",
  });
});

test("an application's slip is good until its application is given up or refused", async () => {
  const refund = await buildRefund(city, (await buildPaidHouse(city)).house);
  const slip = {
    ...{ kind: REFUND_APPLICATION_SLIP.kind, number: refund.number, subject: refund.number },
    ...{ datedOn: TODAY, amountFen: null, party: "张**", about: "", isReplaced: false },
  };
  const judged = () => REFUND_APPLICATION_SLIP.judge(city.db, slip, NOW);
  expect(await judged()).toMatchObject({ isValid: true, label: "有效" });
  await city.db
    .transaction()
    .execute((tx) =>
      step(tx, refund.applicationId, "cancelled", { actorRole: "applicant", actor: "visitor" }),
    );
  expect(await judged()).toMatchObject({
    isValid: false,
    label: "已撤销",
    onward: { href: `/applications/${refund.number}` },
  });
});
