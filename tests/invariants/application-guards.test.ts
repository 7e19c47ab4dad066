import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newApplicationNumber } from "#src/applications/create-application.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { BANK, buildCity, buildHouse, NOW, type TestCity } from "../support/builders.ts";
import { proveGuard, refusalOf } from "../support/guard-control.ts";
import {
  bookMoney,
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  takeBack,
} from "../support/payment-builders.ts";
import {
  handIn,
  makeReviewedBusiness,
  recordReviewedBusiness,
} from "../support/reviewed-business.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

const openNotice = async (city: TestCity) => buildNotice(city, await buildHouse(city));

/** Writes a step as the application would, without asking what it means. */
async function writeStep(
  db: Db | Tx,
  no: string,
  step: { from: string; to: string; role: string; seq?: number },
  actor = "test",
): Promise<void> {
  const result = await sql`
    insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at)
      select a.id, coalesce(${step.seq ?? null}::int, (select max(seq) + 1 from application_event
          where application_id = a.id), 1), a.kind, ${step.from}, ${step.to}, ${step.role}, ${actor}, ${NOW}
        from application a where a.number = ${no}`.execute(db);
  if (result.numAffectedRows !== 1n) throw new Error(`there is no application ${no}`);
}

/** An application without a timeline; `state` can be set by an owner of the tables only. */
async function writeApplication(db: Db | Tx, state?: string): Promise<string> {
  const number = newApplicationNumber("11", NOW);
  await db
    .insertInto("application")
    .values({
      number,
      kind: "owner-deposit",
      submission_key: randomUUID(),
      browser_hash: Buffer.alloc(32),
      created_at: NOW,
      ...(state === undefined ? {} : { state }),
    })
    .execute();
  return number;
}

describe("C1: an application takes legal steps only", () => {
  test("a step that the business does not name is refused", () =>
    proveGuard({
      drop: "alter table application_event drop constraint application_event_kind_from_state_to_state_actor_role_fkey",
      prepare: openNotice,
      act: (city, { no }) =>
        writeStep(city.db, no, { from: "awaiting-payment", to: "reversed", role: "bank" }),
      refusedWith: "23503",
      named: /C1 .*step 2: "awaiting-payment" to "reversed"/,
    }));

  test("a step that another role has to take is refused", () =>
    proveGuard({
      drop: "alter table application_event drop constraint application_event_kind_from_state_to_state_actor_role_fkey",
      prepare: openNotice,
      act: (city, { no }) =>
        writeStep(city.db, no, { from: "awaiting-payment", to: "in-suspense", role: "applicant" }),
      refusedWith: "23503",
      named: /C1 .*step 2: "awaiting-payment" to "in-suspense"/,
    }));

  test("a step from where the application does not stand is refused", () =>
    proveGuard({
      drop: "drop trigger application_event_advances on application_event",
      prepare: openNotice,
      act: (city, { no }) =>
        writeStep(city.db, no, { from: "settled", to: "reversed", role: "bank" }),
      refusedWith: "WX008",
      named: /C1 .*step 2: "settled" to "reversed"/,
    }));

  test("a gap in the timeline is refused", () =>
    proveGuard({
      drop: "drop trigger application_event_advances on application_event",
      prepare: openNotice,
      act: (city, { no }) =>
        writeStep(city.db, no, {
          from: "awaiting-payment",
          to: "in-suspense",
          role: "bank",
          seq: 3,
        }),
      refusedWith: "WX009",
      named: /C1 .*step 3: /,
    }));

  test("a timeline that starts in the middle is refused", () =>
    proveGuard({
      drop: "drop trigger application_event_advances on application_event",
      prepare: async () => {},
      act: (city) =>
        city.owner.transaction().execute(async (tx) => {
          const number = await writeApplication(tx, "reversed");
          await writeStep(tx, number, { from: "reversed", to: "in-suspense", role: "bank" });
          await sql`update application set state = 'in-suspense' where number = ${number}`.execute(
            tx,
          );
        }),
      refusedWith: "WX009",
      named: /C1 .*step 1: "reversed" to "in-suspense"/,
    }));

  test("nobody is settled without money", () =>
    proveGuard({
      drop: "update application_transition set notice_state = null where to_state = 'settled'",
      prepare: openNotice,
      act: (city, { no }) =>
        writeStep(city.db, no, { from: "awaiting-payment", to: "settled", role: "bank" }),
      refusedWith: "WX014",
      named: /C2 a deposit is settled exactly .*says "settled", notice says "issued"/,
    }));
});

describe("C2: an application's state is the end of its timeline", () => {
  const guard = "drop trigger application_state_is_last_event on application";

  test("an application without a timeline does not commit", () =>
    proveGuard({
      drop: guard,
      prepare: async () => {},
      act: (city) => writeApplication(city.db),
      refusedWith: "WX010",
      named: /C2 the state .*says "", timeline says ""/,
    }));

  test("a state set by hand does not commit, whoever sets it", () =>
    proveGuard({
      drop: guard,
      prepare: openNotice,
      act: (city, { no }) =>
        city.owner
          .updateTable("application")
          .set({ state: "in-suspense" })
          .where("number", "=", no)
          .execute(),
      refusedWith: "WX010",
      named: /C2 the state .*says "in-suspense", timeline says "awaiting-payment"/,
    }));

  test("the application's role cannot touch a state at all", () =>
    proveGuard({
      drop: `grant update on application to fund_app; ${guard}`,
      prepare: openNotice,
      act: (city) => city.db.updateTable("application").set({ state: "settled" }).execute(),
      refusedWith: "42501",
      named: /C2 the state .*says "settled", timeline says "awaiting-payment"/,
    }));
});

describe("C3: maker is never checker", () => {
  async function reviewedBoth(city: TestCity): Promise<string> {
    await recordReviewedBusiness(city.owner);
    const business = makeReviewedBusiness();
    const number = await handIn(city, business);
    const step = { from: "submitted", to: "to-approve", role: "reviewer" };
    await writeStep(city.db, number, step, "staff:one");
    return number;
  }

  test("who took an application on in one role takes no step of another", () =>
    proveGuard({
      drop: "drop trigger application_event_four_eyes on application_event",
      prepare: reviewedBoth,
      act: (city, number) =>
        writeStep(
          city.db,
          number,
          { from: "to-approve", to: "approved", role: "approver" },
          "staff:one",
        ),
      refusedWith: "WX015",
      named: /C3 .*staff:one acted as approver, reviewer[\s\S]*four_eyes is missing/,
    }));
});

describe("every step by every role from every state", () => {
  const STATES = ["awaiting-payment", "settled", "expired", "cancelled", "in-suspense", "reversed"];
  const ROLES = ["applicant", "bank", "system", "intake", "reviewer", "approver", "finance"];
  let database: TestDatabase;
  let city: TestCity;
  beforeAll(async () => {
    database = await testDatabase();
    city = await buildCity(database);
  });
  afterAll(() => database.drop());

  /** Brings an application to a state as the business does. */
  async function applicationIn(state: string): Promise<string> {
    if (state === "awaiting-payment") return (await openNotice(city)).no;
    if (state === "expired" || state === "cancelled") {
      const { no } = await openNotice(city);
      await city.db.updateTable("payment_notice").set({ state }).where("no", "=", no).execute();
      await writeStep(city.db, no, { from: "awaiting-payment", to: state, role: "system" });
      return no;
    }
    const { notice } = await buildPaidHouse(city);
    if (state === "settled") return notice.no;
    await takeBack(city, notice.no);
    if (state === "in-suspense") await bookMoney(city, confirmationOf(notice));
    return notice.no;
  }

  /** The legal steps of 业主交款 whose notice is as the step asks in the state it starts from. */
  const OPEN_STEPS: Record<string, string[]> = {
    "awaiting-payment": ["in-suspense by bank"],
    expired: ["in-suspense by bank"],
    cancelled: ["in-suspense by bank"],
    reversed: ["in-suspense by bank"],
  };
  /** Legal too, but only together with what happens to the notice (WX014). */
  const STEPS_WITH_THE_NOTICE: Record<string, string[]> = {
    "awaiting-payment": [
      "settled by bank",
      "expired by system",
      "cancelled by applicant",
      "cancelled by system",
    ],
    settled: ["reversed by bank"],
  };

  for (const from of STATES) {
    test(`from ${from}`, async () => {
      const no = await applicationIn(from);
      const answers: Record<string, string[]> = {};
      for (const to of ["", ...STATES]) {
        for (const role of ROLES) {
          // Rolled back, so that each try starts from the same state.
          const answer = await refusalOf(
            city.db.transaction().execute(async (tx) => {
              await writeStep(tx, no, { from, to, role });
              throw Object.assign(new Error("rolled back"), { code: "accepted" });
            }),
          );
          answers[answer] = [...(answers[answer] ?? []), `${to} by ${role}`];
        }
      }
      expect(answers["accepted"] ?? []).toEqual(OPEN_STEPS[from] ?? []);
      expect((answers["WX014"] ?? []).sort()).toEqual(
        [...(STEPS_WITH_THE_NOTICE[from] ?? [])].sort(),
      );
      expect(Object.keys(answers).filter((code) => !/^(accepted|WX014|23503)$/.test(code))).toEqual(
        [],
      );
    });
  }

  test("money at another bank's desk leaves the timeline as it is", async () => {
    const notice = await openNotice(city);
    const outcome = await bookMoney(city, confirmationOf(notice, { bankCode: "SFYH" }));
    expect(outcome.kind).toBe("wrong-bank");
    expect(BANK.code).not.toBe("SFYH");
    const { state } = await city.db
      .selectFrom("application")
      .select("state")
      .where("number", "=", notice.no)
      .executeTakeFirstOrThrow();
    expect(state).toBe("awaiting-payment");
  });
});
