import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findApplication } from "#src/applications/find-application.ts";
import { seedStaff } from "#src/demo/staff.ts";
import type { StaffRole } from "#src/platform/http/route.ts";
import type { StaffMember } from "#src/platform/staff/staff-members.ts";
import { buildCity, NOW, type TestCity } from "#tests/support/builders.ts";
import { listOffenders } from "#tests/support/guard-control.ts";
import {
  handIn,
  makeReviewedBusiness,
  type ReviewedBusiness,
  recordReviewedBusiness,
} from "#tests/support/reviewed-business.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { type DecideDeps, type DecideOutcome, decide } from "./decide.ts";
import { readSentDecision } from "./schema.ts";

let database: TestDatabase;
let city: TestCity;
let business: ReviewedBusiness;
let deps: DecideDeps;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await seedStaff(database.owner);
  business = makeReviewedBusiness();
  await recordReviewedBusiness(database.owner);
  deps = {
    db: city.db,
    findReviewed: (kind) => (kind === business.descriptor.kind ? business.descriptor : null),
    personalData: city.personalData,
  };
});
afterAll(() => database.drop());
beforeEach(() => {
  business.seen = "1264000";
  business.refusal = null;
  business.carriedOut = [];
});

const member = (username: string, ...roles: StaffRole[]): StaffMember => ({
  id: 1,
  username,
  displayName: username,
  roles,
});
const reviewer = member("reviewer-demo", "reviewer");
const reviewer2 = member("reviewer2-demo", "reviewer");
const approver = member("approver-demo", "approver");
const both = member("both-demo", "reviewer", "approver");

const TICKED = { "check-identity": "yes", "check-amount": "yes" };
const APPROVAL = { decision: "approve", state: "submitted", seen: "1264000", ...TICKED };
const GRANT = { decision: "grant", state: "to-approve", seen: "1264000" };

function decideAs(
  who: StaffMember,
  number: string,
  form: Record<string, string>,
): Promise<DecideOutcome> {
  const audit = {
    requestId: "test",
    event: "application-decided",
    actor: `staff:${who.username}`,
    addressHash: Buffer.alloc(32),
  };
  return decide(deps, { number, member: who, sent: readSentDecision(form), now: NOW, audit });
}

async function stepsOf(number: string): Promise<string[]> {
  const application = await findApplication(city.db, number);
  return (application?.events ?? []).map(({ actor, toState }) => `${actor}: ${toState}`);
}

async function auditOf(number: string): Promise<string[]> {
  const rows = await database.owner
    .selectFrom("audit_event")
    .select(["actor", "outcome"])
    .where("subject", "=", number)
    .orderBy("id")
    .execute();
  return rows.map(({ actor, outcome }) => `${actor}: ${outcome}`);
}

describe("a decision", () => {
  test("takes the application on, by two people, with everything it was decided by", async () => {
    const number = await handIn(city, business);
    const opinion = "要件齐全，同意";
    const first = await decideAs(reviewer, number, { ...APPROVAL, opinion });
    expect(first.kind).toBe("decided");
    expect((await decideAs(approver, number, GRANT)).kind).toBe("decided");
    expect(await stepsOf(number)).toEqual([
      "visitor: submitted",
      "staff:reviewer-demo: to-approve",
      "staff:approver-demo: approved",
    ]);
    expect(business.carriedOut).toEqual([
      "approve by staff:reviewer-demo",
      "grant by staff:approver-demo",
    ]);
    const application = await findApplication(city.db, number);
    expect(application?.events[1]).toMatchObject({
      remark: "",
      details: {
        decision: "approve",
        opinion,
        checklist: ["identity", "amount"],
        seen: "1264000",
        documents: [],
      },
    });
    expect(await auditOf(number)).toEqual([
      "staff:reviewer-demo: 审核：通过",
      "staff:approver-demo: 审批：同意退款",
    ]);
  });

  test("that the applicant has to be told leaves its opinion as the remark", async () => {
    const number = await handIn(city, business);
    const form = { ...APPROVAL, decision: "correct", opinion: "请补交购房合同首页" };
    expect((await decideAs(reviewer, number, form)).kind).toBe("decided");
    const application = await findApplication(city.db, number);
    expect(application?.events[1]?.remark).toBe("请补交购房合同首页");
    expect(application?.promisedOn).toBeNull();
  });

  test("takes the template where nothing was typed", async () => {
    const number = await handIn(city, business);
    const form = { ...APPROVAL, decision: "correct", template: "correct:1" };
    expect((await decideAs(reviewer, number, form)).kind).toBe("decided");
    const application = await findApplication(city.db, number);
    expect(application?.events[1]?.remark).toContain("请换业主本人的卡");
  });
});

describe("a decision is refused and leaves nothing behind", () => {
  async function expectNothing(number: string): Promise<void> {
    expect(await stepsOf(number)).toEqual(["visitor: submitted"]);
    expect(await auditOf(number)).toEqual([]);
    expect(business.carriedOut).toEqual([]);
  }

  test("to another role, also one that decides elsewhere", async () => {
    const number = await handIn(city, business);
    for (const who of [approver, member("intake-demo", "intake"), member("admin-demo", "admin")]) {
      expect((await decideAs(who, number, APPROVAL)).kind).toBe("not-yours");
    }
    await expectNothing(number);
  });

  test("when what was seen has changed", async () => {
    const number = await handIn(city, business);
    business.seen = "1263999";
    expect((await decideAs(reviewer, number, APPROVAL)).kind).toBe("stale");
    await expectNothing(number);
  });

  test("when a point of the checklist is not ticked", async () => {
    const number = await handIn(city, business);
    const outcome = await decideAs(reviewer, number, { ...APPROVAL, "check-amount": "" });
    expect(outcome).toMatchObject({ kind: "refused" });
    expect(outcome).toHaveProperty(["errors", "check-amount"]);
    await expectNothing(number);
  });

  test.each([
    ["missing", "", "要写明意见"],
    ["too long", "长".repeat(501), "最多 500 个字"],
    ["with a document number", "请核对 11010119850315503X", "不要写证件号码"],
    ["with a phone", "请打 １３８００００５６７８", "不要写证件号码"],
    ["with a control character", "请补交\u0007", "不能识别的字符"],
  ])("when the opinion is %s", async (_, opinion, words) => {
    const number = await handIn(city, business);
    const outcome = await decideAs(reviewer, number, {
      ...APPROVAL,
      decision: "correct",
      opinion,
    });
    expect(outcome).toHaveProperty(["errors", "opinion"], expect.stringContaining(words));
    await expectNothing(number);
  });

  test("when the business refuses, in its words", async () => {
    const number = await handIn(city, business);
    business.refusal = { basis: "请写明条款" };
    const outcome = await decideAs(reviewer, number, APPROVAL);
    expect(outcome).toEqual({ kind: "refused", errors: { basis: "请写明条款" } });
    await expectNothing(number);
  });

  test("when the business fails halfway", async () => {
    const number = await handIn(city, business);
    const { review } = business.descriptor;
    const { carryOut } = review;
    review.carryOut = async (tx, act) => {
      await carryOut(tx, act);
      throw new Error("the connection was cut");
    };
    await expect(decideAs(reviewer, number, APPROVAL)).rejects.toThrow("the connection was cut");
    review.carryOut = carryOut;
    business.carriedOut = [];
    await expectNothing(number);
  });

  test("when it is none of the stage's", async () => {
    const number = await handIn(city, business);
    for (const decision of ["grant", "", "__proto__"]) {
      const outcome = await decideAs(reviewer, number, { ...APPROVAL, decision });
      expect(outcome.kind).toBe("no-such-decision");
    }
    await expectNothing(number);
  });

  test("when there is no such application, or one that is not reviewed", async () => {
    expect((await decideAs(reviewer, "970000000000000000", APPROVAL)).kind).toBe("unknown");
  });
});

describe("four eyes", () => {
  test("who reviewed does not approve, though he has both roles", async () => {
    const number = await handIn(city, business);
    expect((await decideAs(both, number, APPROVAL)).kind).toBe("decided");
    expect((await decideAs(both, number, GRANT)).kind).toBe("own-work");
    expect(await stepsOf(number)).toHaveLength(2);
    expect((await decideAs(approver, number, GRANT)).kind).toBe("decided");
  });

  test("who sent it back as approver does not review it either", async () => {
    const number = await handIn(city, business);
    await decideAs(reviewer, number, APPROVAL);
    expect((await decideAs(both, number, { ...GRANT, decision: "back" })).kind).toBe("decided");
    expect((await decideAs(both, number, APPROVAL)).kind).toBe("own-work");
    expect((await decideAs(reviewer, number, APPROVAL)).kind).toBe("decided");
  });
});

describe("two at once", () => {
  test("of many who decide at the same moment exactly one does, the others learn who", async () => {
    const number = await handIn(city, business);
    const crowd = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? reviewer : reviewer2));
    const outcomes = await Promise.all(
      crowd.map((who, n) =>
        decideAs(who, number, {
          ...APPROVAL,
          decision: n % 3 === 0 ? "reject" : "approve",
          opinion: "同意",
        }),
      ),
    );
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "decided")).toHaveLength(1);
    expect(kinds.filter((kind) => kind !== "decided" && kind !== "already")).toEqual([]);
    expect(business.carriedOut).toHaveLength(1);
    expect(await stepsOf(number)).toHaveLength(2);
    const [late] = outcomes.filter((outcome) => outcome.kind === "already");
    expect(late).toMatchObject({ last: { actorRole: "reviewer" } });
  });

  test("the second of two, later, is told that it went on", async () => {
    const number = await handIn(city, business);
    await decideAs(reviewer, number, APPROVAL);
    const outcome = await decideAs(reviewer2, number, APPROVAL);
    expect(outcome).toMatchObject({ kind: "already", last: { actor: "staff:reviewer-demo" } });
  });
});

test("after all of this every rule of the books holds", async () => {
  expect(await listOffenders(city.db)).toEqual([]);
});
