import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { postJournal } from "#src/ledger/post-journal.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import {
  buildBuilding,
  buildCity,
  buildCustodyAccount,
  buildHouse,
  NOW,
  type TestBuilding,
  type TestCity,
  TODAY,
} from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import { buildDeposit, buildNotice } from "../support/payment-builders.ts";
import { lastJournal, printedStory } from "../support/print-journals.ts";
import {
  approve,
  buildRefund,
  buildVoucher,
  disbursementOf,
  payOut,
  review,
} from "../support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";
import {
  type AppliedHouse,
  applicationOf,
  buildApplied,
  confirmForm,
  decide,
  decideIn,
  fillForm,
  findTestDescriptor,
  payFor,
  takeBackFor,
} from "../support/unrecorded-builders.ts";

let database: TestDatabase;
let city: TestCity;
let building: TestBuilding;
let room = 1800;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  building = await buildBuilding(city);
});
afterAll(async () => {
  expect(await listOffenders(city.db)).toEqual([]);
  await database.drop();
});

/** Each story has a room of its own. */
function apply(): Promise<AppliedHouse> {
  room += 1;
  return buildApplied(city, building, { room: `${room}` });
}

async function paid(): Promise<AppliedHouse> {
  const applied = await apply();
  expect((await payFor(city, applied.number)).kind).toBe("credited");
  return applied;
}

async function checked(): Promise<AppliedHouse> {
  const applied = await paid();
  expect(await decide(city, applied.number, "accept")).toEqual({ ok: true });
  return applied;
}

const houseNow = ({ house }: { house: House }) => getHouse(city.db, house);
const stateOf = async ({ number }: AppliedHouse) => (await applicationOf(city, number)).state;
const tellOf = async ({ number }: AppliedHouse, now = NOW) =>
  findTestDescriptor(city)(number).tell(city.db, await applicationOf(city, number), now);

test("an unrecorded house is paid for and verified", async () => {
  const since = await lastJournal(city.db);
  const applied = await apply();
  expect(await houseNow(applied)).toMatchObject({ status: "provisional" });
  expect((await tellOf(applied)).state.label).toBe("待交款");
  await payFor(city, applied.number);
  expect(await tellOf(applied)).toMatchObject({
    state: { label: "待核验" },
    next: { who: "us", text: expect.stringContaining("，最晚 11月25日办好") },
  });
  await decide(city, applied.number, "accept");
  await decide(city, applied.number, "verify");
  expect(await houseNow(applied)).toMatchObject({ status: "recorded", hasLift: true });
  expect((await tellOf(applied)).state.label).toBe("已办结");
  expect(
    await printedStory(city.db, { since, houses: { T001: applied.house } }),
  ).toMatchInlineSnapshot(`
    "
    no  kind     book date   account                        house      debit     credit
    --  -------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit  2026-11-23  1001 银行存款                         11,851.20
                             3001.01 商品住宅维修资金·本金  T001              11,851.20

    T001 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    "
  `);
});

test("an unrecorded house turns out to be on record, and is merged into it", async () => {
  const into = await buildHouse(city, { building });
  const open = await buildNotice(city, into);
  const since = await lastJournal(city.db);
  const applied = await checked();
  const outcome = await decide(city, applied.number, "merge", {
    fields: { houseCode: into.code.toLowerCase() },
    remark: "地址写法不同",
  });
  expect(outcome).toEqual({ ok: true });
  expect(await houseNow(applied)).toMatchObject({ status: "closed", mergedIntoCode: into.code });
  expect(await stateOf(applied)).toBe("merged");
  // What the other house was asked for before is not what it owes now.
  expect((await applicationOf(city, open.no)).state).toBe("cancelled");
  const story = await tellOf(applied);
  expect(story.next.text).toContain(into.code);
  expect(story.links).toEqual([
    { href: `/fund/${into.code}`, words: expect.stringContaining("明细") },
  ]);
  expect(
    await printedStory(city.db, { since, houses: { T002: applied.house, "502": into } }),
  ).toMatchInlineSnapshot(`
    "
    no  kind         book date   account                        house      debit     credit
    --  -----------  ----------  -----------------------------  -----  ---------  ---------
     1  deposit      2026-11-23  1001 银行存款                         11,851.20
                                 3001.01 商品住宅维修资金·本金  T002              11,851.20
     2  house-merge  2026-11-23  3001.01 商品住宅维修资金·本金  T002   11,851.20
                                 3001.01 商品住宅维修资金·本金  502               11,851.20

    502 holds principal 11,851.20, interest 0.00; of the first deposit 11,851.20
    T002 holds principal 0.00, interest 0.00; of the first deposit 0.00
    "
  `);
});

test("interest that a provisional house got moves with it", async () => {
  const into = await buildHouse(city, { building });
  const applied = await checked();
  await city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "interest",
      bookDate: TODAY,
      valueDate: TODAY,
      idempotencyKey: "interest-of-a-provisional-house",
      actor: "test",
      entries: [
        { account: "3101", custodyAccountId: city.custodyAccountId, amountFen: fen(1234n) },
        { account: "3001.02", house: applied.house, amountFen: fen(-1234n) },
      ],
    }),
  );
  await decide(city, applied.number, "merge", { fields: { houseCode: into.code } });
  expect(await getHouseBalance(city.db, into)).toMatchObject({
    principalFen: 1_185_120n,
    interestFen: 1234n,
    firstPaidFen: 1_185_120n,
  });
  expect(await getHouseBalance(city.db, applied.house)).toMatchObject({
    principalFen: 0n,
    interestFen: 0n,
    firstPaidFen: 0n,
  });
});

test("a rejected house keeps its money for a refund and lets its address go", async () => {
  const applied = await checked();
  await decide(city, applied.number, "reject", { remark: "购房合同不是这套房屋的" });
  const story = await tellOf(applied);
  expect(story.state.label).toBe("核验未通过");
  expect(story.next.text).toContain("购房合同不是这套房屋的");
  expect(story.links).toEqual([{ href: `/refund/${applied.house.code}`, words: "申请退款" }]);
  expect(await houseNow(applied)).toMatchObject({ status: "provisional", isRejected: true });
  expect((await getHouseBalance(city.db, applied.house)).principalFen).toBe(1_185_120n);
  const again = await buildApplied(city, building, { room: `${room}` });
  expect(again.house.code).not.toBe(applied.house.code);
});

test("the money of a rejected house goes back to its owner, and the house is closed", async () => {
  const applied = await checked();
  await decide(city, applied.number, "reject", { remark: "购房合同不是这套房屋的" });
  const voucher = await buildVoucher(city, applied.house, {
    reason: "R05",
    principalFen: fen(1_185_120n),
    originalNoticeNo: applied.number,
  });
  expect(await houseNow(applied)).toMatchObject({ status: "provisional", isRejected: true });
  expect(await takeBackFor(city, applied.number)).toBe("spent");
  expect((await payOut(city, disbursementOf(voucher))).kind).toBe("paid");
  expect(await houseNow(applied)).toMatchObject({ status: "closed" });
  expect((await getHouseBalance(city.db, applied.house)).principalFen).toBe(0n);
  const story = await tellOf(applied);
  expect(story.links ?? []).toEqual([]);
  expect(story.next).toMatchObject({ who: "nobody", title: "钱已退还" });
});

test("the money of a house that is still being verified does not go back", async () => {
  const applied = await checked();
  const refund = await buildRefund(city, applied.house, { principalFen: fen(1_185_120n) });
  await review(city, refund);
  expect((await approve(city, refund)).outcome).toBe("house-closed");
});

describe("a house that was never paid gives its address back", () => {
  const tomorrowInAMonth = new Date(NOW.getTime() + 31 * 86_400_000);
  const ways: [string, (applied: AppliedHouse) => Promise<unknown>, string][] = [
    [
      "when its notice runs out",
      () =>
        city.db
          .transaction()
          .execute((tx) =>
            expireApplications(
              tx,
              { today: shanghaiDate(tomorrowInAMonth), now: tomorrowInAMonth },
              findTestDescriptor(city),
            ),
          ),
      "expired",
    ],
    [
      "when the bank takes its confirmation back",
      async ({ number }) => {
        await payFor(city, number);
        expect(await takeBackFor(city, number)).toBe("reversed");
      },
      "reversed",
    ],
    [
      "when its money comes too late",
      ({ number }) =>
        payFor(city, number, {
          now: tomorrowInAMonth,
          bookDate: shanghaiDate(tomorrowInAMonth),
          valueDate: shanghaiDate(tomorrowInAMonth),
        }),
      "in-suspense",
    ],
  ];

  test.each(ways)("%s", async (_, act, state) => {
    const applied = await apply();
    await act(applied);
    expect(await stateOf(applied)).toBe(state);
    expect(await houseNow(applied)).toMatchObject({ status: "closed" });
    const form = await fillForm(city, building, { room: `${room}` });
    expect(await confirmForm(city, form)).toMatchObject({ ok: true, kind: "applied" });
    // Its own code still leads to it: slips that were printed name it.
    expect((await houseNow(applied)).address).toBe(applied.house.address);
  });
});

describe("two houses are not merged", () => {
  const refused = async (houseCode: string, words: string) => {
    const applied = await checked();
    const before = await lastJournal(city.db);
    const code = houseCode === "" ? applied.house.code : houseCode;
    const outcome = await decide(city, applied.number, "merge", { fields: { houseCode: code } });
    expect(outcome).toEqual({
      ok: false,
      errors: { houseCode: expect.stringContaining(words) },
    });
    expect(await lastJournal(city.db)).toBe(before);
    expect(await houseNow(applied)).toMatchObject({ status: "provisional", mergedIntoCode: null });
  };

  test("when the code is nobody's", () => refused("TS9999-1-1-1", "没有这个房屋编号"));
  test("when it is the house itself", () => refused("", "自己"));
  test("when the other is closed", async () =>
    refused((await buildHouse(city, { building, status: "closed" })).code, "销户"));
  test("when the other is provisional as well", async () =>
    refused((await paid()).house.code, "没有正式入册"));
  test("when the other has paid its first deposit", async () => {
    const full = await buildHouse(city, { building });
    await buildDeposit(city, full, { amountFen: fen(1_185_120n) });
    await refused(full.code, "已经交清");
  });
  test("when their money lies in different custody accounts", async () => {
    const custodyAccountId = await buildCustodyAccount(city.owner);
    const far = await buildBuilding(city, { custodyAccountId });
    await refused((await buildHouse(city, { building: far })).code, "不同的专户");
  });
  test("when they belong to different funds", async () => {
    const soldPublic = await buildHouse(city, { building });
    await city.owner
      .updateTable("house")
      .set({ house_nature: "reform" })
      .where("id", "=", soldPublic.houseId)
      .execute();
    await refused(soldPublic.code, "两种维修资金");
  });
  test("when the money is reserved for a refund", async () => {
    const into = await buildHouse(city, { building });
    const applied = await checked();
    // The reservation is taken back with the transaction: no refund stands behind it.
    const asked = city.owner.transaction().execute(async (tx) => {
      await tx
        .updateTable("house_balance")
        .set({ reserved_fen: 1n, reserved_principal_fen: 1n })
        .where("house_id", "=", applied.house.houseId)
        .execute();
      const outcome = await decideIn(tx, city, applied.number, "merge", {
        fields: { houseCode: into.code },
      });
      throw new Error(outcome.ok ? "merged" : outcome.errors["houseCode"]);
    });
    await expect(asked).rejects.toThrow("冻结");
  });
});
