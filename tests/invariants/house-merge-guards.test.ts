import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import { mergeHouse } from "#src/ledger/merge-house.ts";
import { type OpenDatabase, openDatabase } from "#src/platform/database/client.ts";
import type { House } from "#src/register/find-house.ts";
import { buildBuilding, buildCity, buildHouse, type TestCity, TODAY } from "../support/builders.ts";
import { listOffenders, proveGuard, refusalOf } from "../support/guard-control.ts";
import { inParallel, tally } from "../support/in-parallel.ts";
import { bookMoney, buildNotice, confirmationOf } from "../support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";
import {
  buildApplied,
  confirmForm,
  decide,
  fillForm,
  payFor,
} from "../support/unrecorded-builders.ts";

const NOTE = { fromCode: "", fromAddress: "", intoCode: "", intoAddress: "", noticeNo: null };

/** A paid provisional house beside one on record, in one building. */
async function buildPair(city: TestCity) {
  const building = await buildBuilding(city);
  const applied = await buildApplied(city, building);
  await payFor(city, applied.number);
  await decide(city, applied.number, "accept");
  return { building, applied, from: applied.house, into: await buildHouse(city, { building }) };
}
type Pair = Awaited<ReturnType<typeof buildPair>>;

/** Merges and takes the application along, as a decision does, whatever the business asks before. */
const merge = (db: TestCity["db"], { applied, from }: Pair, into: HouseKey) =>
  db.transaction().execute(async (tx) => {
    const outcome = await mergeHouse(tx, {
      from,
      into,
      bookDate: TODAY,
      actor: "staff:test",
      note: NOTE,
    });
    if (outcome.ok) {
      await sql`insert into application_event (application_id, seq, kind, from_state, to_state, actor_role,
          actor, at) select id, 4, kind, 'checked', 'merged', 'reviewer', 'staff:test', now()
        from application where number = ${applied.number}`.execute(tx);
    }
    return outcome;
  });

/** Marks a house as merged past the function that moves its money. */
const markMerged = (city: TestCity, { from, into }: Pair) =>
  city.owner
    .updateTable("house")
    .set({
      status: "closed",
      merged_into_estate_id: into.estateId,
      merged_into_house_id: into.houseId,
    })
    .where("id", "=", from.houseId)
    .execute();

describe("L3: a house's money lies in the fund of its nature", () => {
  const setNature = (db: TestCity["db"], house: HouseKey) =>
    db
      .updateTable("house")
      .set({ house_nature: "reform" })
      .where("estate_id", "=", house.estateId)
      .where("id", "=", house.houseId)
      .execute();

  test("a house for which money was booked does not change to the other fund", () =>
    proveGuard({
      drop: "drop trigger house_keeps_its_fund on house",
      prepare: buildPair,
      act: (city, { from }) => setNature(city.db, from),
      refusedWith: "WX029",
      named: /L3 a house's money lies in the fund of its nature: .* reform, holds 1185120 in 3001/,
    }));
});

describe("L14: money moves between houses by merging alone", () => {
  test("a merged house leaves nothing behind", () =>
    proveGuard({
      drop: "drop trigger house_merged_is_empty on house",
      prepare: buildPair,
      act: markMerged,
      refusedWith: "WX032",
      named: /L14 a merged house is closed/,
    }));

  test("a merged house stays merged", () =>
    proveGuard({
      drop: "drop trigger house_stays_merged on house",
      prepare: async (city) => {
        const pair = await buildPair(city);
        await merge(city.db, pair, pair.into);
        return pair;
      },
      act: (city, { from }) =>
        city.db
          .updateTable("house")
          .set({ status: "recorded", merged_into_estate_id: null, merged_into_house_id: null })
          .where("id", "=", from.houseId)
          .execute(),
      refusedWith: "WX031",
      named: /L14/,
    }));

  test("a journal that moves money between two houses needs their merging", () =>
    proveGuard({
      drop: "drop trigger journal_of_merging_has_houses on journal",
      prepare: buildPair,
      act: (city, { from, into }) =>
        sql`select post_journal('house-merge', ${TODAY}, ${TODAY}, 'house-merge-by-hand', 'test', '00', null,
          null, '{}', array['3001.01', '3001.01'], array[null, null]::int[],
          array[${from.estateId}, ${into.estateId}]::int[],
          array[${from.houseId.toString()}, ${into.houseId.toString()}]::bigint[],
          array[100, -100]::bigint[], array[null, null]::jsonb[])`.execute(city.owner),
      refusedWith: "WX033",
      named: /L14 .*not merged/,
    }));

  test("the application posts no such journal itself, and moves no money past the function", async () => {
    const database = await testDatabase();
    const city = await buildCity(database);
    const pair = await buildPair(city);
    const { from, into } = pair;
    const act = sql`select move_between_houses(h, h, 'by-hand-key', 1, 0, null, '3001.01', '3001', ${TODAY},
      ${TODAY}, 'test', '{}') from house h where id = ${from.houseId.toString()}::bigint`;
    expect(await refusalOf(act.execute(city.db))).toBe("42501");
    expect(await merge(city.db, pair, into)).toMatchObject({ ok: true });
    await database.drop();
  });
});

describe("who merges at the same moment", () => {
  const DESKS = 6;
  let database: TestDatabase;
  let city: TestCity;
  let desks: OpenDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    city = await buildCity(database);
    desks = openDatabase(database.applicationConnection, { role: "fund_app", max: DESKS });
  });
  afterAll(async () => {
    expect(await listOffenders(city.db)).toEqual([]);
    await desks.close();
    await database.drop();
  });

  test("merges a house once, whatever it is merged into", async () => {
    for (let round = 0; round < 6; round += 1) {
      const pair = await buildPair(city);
      const { building, from, into } = pair;
      const other = await buildHouse(city, { building });
      const targets = [into, other, into, other, into, other];
      const outcomes = await inParallel(
        DESKS,
        targets.map((target) => () => merge(desks.db, pair, target)),
      );
      expect(tally(outcomes.map((one) => (one.ok ? "merged" : one.reason)))).toEqual({
        merged: 1,
        "not-provisional": 5,
      });
      const { rows } = await sql<{ total: bigint }>`select sum(principal_fen)::bigint as total
        from house_balance where estate_id = ${from.estateId}`.execute(city.db);
      expect(rows[0]?.total).toBe(1_185_120n);
    }
  });

  test("loses no fen while the other house is being paid: the money is credited or waits", async () => {
    const seen: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const pair = await buildPair(city);
      const { from, into } = pair;
      const notice = await buildNotice(city, into as House);
      const answers = await inParallel<string>(2, [
        () => merge(desks.db, pair, into).then((one) => (one.ok ? "merged" : one.reason)),
        () => bookMoney(desks, confirmationOf(notice)).then(({ kind }) => kind),
      ]);
      seen.push(answers.join("+"));
      const { rows } = await sql<{ total: bigint }>`
        select (select sum(principal_fen) from house_balance where estate_id = ${from.estateId})
          + coalesce((select sum(amount_fen) from bank_receipt
              where notice_no = ${notice.no} and outcome = 'suspense'), 0)::bigint as total`.execute(
        city.db,
      );
      expect(String(rows[0]?.total)).toBe("2370240");
    }
    expect(seen.every((one) => ["merged+credited", "merged+suspense"].includes(one))).toBe(true);
  });

  test("two who submit one house make one, and the other is told", async () => {
    for (let round = 0; round < 6; round += 1) {
      const building = await buildBuilding(city);
      const forms = [];
      for (let at = 0; at < DESKS; at += 1) {
        forms.push(await fillForm(city, building, {}, Buffer.alloc(32, 10 + at)));
      }
      const outcomes = await inParallel(
        DESKS,
        forms.map((form) => () => confirmForm({ ...city, db: desks.db }, form)),
      );
      expect(tally(outcomes.map((one) => (one.ok ? one.kind : one.reason)))).toEqual({
        applied: 1,
        twin: DESKS - 1,
      });
    }
  });

  test("one form confirmed six times makes one application, and every answer names it", async () => {
    const building = await buildBuilding(city);
    const form = await fillForm(city, building);
    const outcomes = await inParallel(
      DESKS,
      Array.from({ length: DESKS }, () => () => confirmForm({ ...city, db: desks.db }, form)),
    );
    expect(tally(outcomes.map((one) => (one.ok ? one.kind : one.reason)))).toEqual({
      applied: 1,
      repeat: DESKS - 1,
    });
    expect(new Set(outcomes.map((one) => one.ok && one.number)).size).toBe(1);
  });

  test("two contracts of one number for two addresses make one house", async () => {
    const building = await buildBuilding(city);
    const contractNo = "示例预售 2024-000777";
    const forms = [];
    for (let at = 0; at < DESKS; at += 1) {
      const changes = { room: `${1701 + at}`, floor: "17", contractNo };
      forms.push(await fillForm(city, building, changes, Buffer.alloc(32, 30 + at)));
    }
    const outcomes = await inParallel(
      DESKS,
      forms.map((form) => () => confirmForm({ ...city, db: desks.db }, form)),
    );
    expect(tally(outcomes.map((one) => (one.ok ? one.kind : one.reason)))).toEqual({
      applied: 1,
      twin: DESKS - 1,
    });
  });

  test("two reviewers who decide differently at once decide once", async () => {
    const { applied, into } = await buildPair(city);
    const wishes = ["verify", "merge", "reject", "verify", "merge", "reject"];
    const answers = await inParallel(
      DESKS,
      wishes.map(
        (wish) => () =>
          decide({ ...city, db: desks.db }, applied.number, wish, {
            fields: { houseCode: into.code },
          }).then(
            ({ ok }) => (ok ? "decided" : "refused"),
            (error: { code?: string; message: string }) => error.code ?? "late",
          ),
      ),
    );
    expect(tally(answers)["decided"], JSON.stringify(tally(answers))).toBe(1);
  });
});
