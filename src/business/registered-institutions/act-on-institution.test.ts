import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireInstitutions } from "#src/accounts/institutions/expire-institutions.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { findSessionUser, startSession } from "#src/platform/sessions.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildBuilding, buildCity, NOW, type TestCity } from "#tests/support/builders.ts";
import {
  approveRegistration,
  buildRegistration,
  decideRegistration,
  newCreditCode,
  stateOf,
} from "#tests/support/registration-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { actOnInstitution, endBinding, renewBinding } from "./act-on-institution.ts";
import { findKeptInstitution, listInstitutions } from "./queries.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

async function working(kind: "property-company" | "committee", changes = {}) {
  const building = await buildBuilding(city);
  const { number, institutionId } = await buildRegistration(city, kind, building, changes);
  const approved = await approveRegistration(city, number);
  if (!approved.ok) throw new Error(JSON.stringify(approved));
  return { building, institutionId };
}

const by = (institutionId: number, reason = "核实时发现合同已经解除") => ({
  institutionId,
  reason,
  actor: "staff:admin-demo",
  now: NOW,
  audit: auditOf("institution-suspended", "staff:admin-demo"),
});

async function signIn(institutionId: number): Promise<string> {
  const { id } = await database.owner
    .selectFrom("institution_user")
    .select("id")
    .where("institution_id", "=", institutionId)
    .executeTakeFirstOrThrow();
  return await startSession(city.db, { audience: "institution", userId: id, now: NOW });
}

const isIn = async (token: string) =>
  (await findSessionUser(city.db, { audience: "institution", token, now: NOW })) !== null;

describe("the fund centre", () => {
  test("suspends an institution: its sessions end at once, the reason stays", async () => {
    const { institutionId } = await working("property-company");
    const token = await signIn(institutionId);
    expect(await isIn(token)).toBe(true);
    expect(await actOnInstitution(city.db, "suspend", by(institutionId))).toEqual({ kind: "done" });
    expect(await isIn(token)).toBe(false);
    expect(await stateOf(city, institutionId)).toBe("suspended");
    const kept = await findKeptInstitution(city.db, institutionId);
    expect(kept?.events).toMatchObject([
      { act: "suspended", reason: "核实时发现合同已经解除", actor: "staff:admin-demo" },
    ]);
    const audit = await database.owner
      .selectFrom("audit_event")
      .select(["subject", "outcome", "actor"])
      .where("subject", "=", `institution:${institutionId}`)
      .execute();
    expect(audit).toEqual([
      { subject: `institution:${institutionId}`, outcome: "done", actor: "staff:admin-demo" },
    ]);
  });

  test("resumes what it suspended, and nothing else", async () => {
    const { institutionId } = await working("property-company");
    const resume = () => actOnInstitution(city.db, "resume", by(institutionId));
    expect(await resume()).toEqual({ kind: "moved-on" });
    await actOnInstitution(city.db, "suspend", by(institutionId));
    expect(await resume()).toEqual({ kind: "done" });
    expect(await stateOf(city, institutionId)).toBe("active");
  });

  test("closes an institution for good; two administrators at once close it once", async () => {
    const { institutionId } = await working("committee");
    const outcomes = await Promise.all(
      [1, 2].map(() => actOnInstitution(city.db, "close", by(institutionId))),
    );
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["done", "moved-on"]);
    expect(await actOnInstitution(city.db, "resume", by(institutionId))).toEqual({
      kind: "moved-on",
    });
    const again = database.owner
      .updateTable("institution")
      .set({ state: "active" })
      .where("id", "=", institutionId)
      .execute();
    await expect(again).rejects.toMatchObject({ code: "WX052" });
  });

  test("ends a contract, after which another company may work for the estate", async () => {
    const { building, institutionId } = await working("property-company");
    const next = await buildRegistration(city, "property-company", building);
    expect(await approveRegistration(city, next.number)).toMatchObject({ ok: false });
    const estateCode = building.estateCode;
    expect(await endBinding(city.db, { ...by(institutionId), estateCode })).toEqual({
      kind: "done",
    });
    expect(await endBinding(city.db, { ...by(institutionId), estateCode })).toEqual({
      kind: "moved-on",
    });
    // The first stage was passed above; only the approval is left.
    expect(await decideRegistration(city, next.number, "approve")).toEqual({ ok: true });
    expect(await stateOf(city, next.institutionId)).toBe("active");
    const kept = await findKeptInstitution(city.db, institutionId);
    expect(kept?.bindings).toMatchObject([{ isEnded: true }]);
  });

  test("finds institutions by name, code and estate, and counts them", async () => {
    const { building, institutionId } = await working("property-company", {
      institutionName: "寻得着物业有限公司",
    });
    const estate = await database.owner
      .selectFrom("estate")
      .select("name")
      .where("code", "=", building.estateCode)
      .executeTakeFirstOrThrow();
    for (const words of ["寻得着", estate.name]) {
      const { rows } = await listInstitutions(city.db, { words, kind: null, state: null, page: 1 });
      expect(rows.map(({ id }) => id)).toContain(institutionId);
    }
    const none = { words: "100%", kind: null, state: null, page: 1 };
    expect(await listInstitutions(city.db, none)).toEqual({ rows: [], totalCount: 0 });
  });
});

describe("the end of a contract or a term", () => {
  const at = (day: string) => ({
    today: day as CalendarDate,
    now: new Date(`${day}T02:00:00Z`),
  });
  const sweep = (day: string) => expireInstitutions(city, at(day));

  async function texts(creditCode: string): Promise<string[]> {
    const rows = await database.owner.selectFrom("sms_message").select("text").execute();
    const about = `机构账号（代码尾号 ${creditCode.slice(-4)}）`;
    return rows.map(({ text }) => text).filter((text) => text.includes(about));
  }

  test("is told thirty days before and seven, once each, and restricts by itself the day after", async () => {
    const creditCode = newCreditCode();
    const { institutionId } = await working("property-company", {
      creditCode,
      estate1EndsOn: "2027-03-31",
    });
    await sweep("2027-02-28");
    expect(await texts(creditCode)).toEqual([]);
    await sweep("2027-03-01");
    await sweep("2027-03-02");
    expect(await texts(creditCode)).toEqual([expect.stringContaining("3月31日到期")]);
    await sweep("2027-03-23");
    expect(await texts(creditCode)).toHaveLength(1);
    await sweep("2027-03-24");
    await sweep("2027-03-25");
    expect(await texts(creditCode)).toHaveLength(2);
    await sweep("2027-03-31");
    expect(await stateOf(city, institutionId)).toBe("active");
    expect(await sweep("2027-04-01")).toBeGreaterThan(0);
    await sweep("2027-04-02");
    expect(await stateOf(city, institutionId)).toBe("expired");
    expect(await texts(creditCode)).toHaveLength(3);
    const kept = await findKeptInstitution(city.db, institutionId);
    expect(kept?.events).toMatchObject([{ act: "expired", actor: "system" }]);
  });

  test("of a renewed contract is told anew, and an expired company works again", async () => {
    const creditCode = newCreditCode();
    const { building, institutionId } = await working("property-company", {
      creditCode,
      estate1EndsOn: "2027-05-31",
    });
    await sweep("2027-05-10");
    await sweep("2027-06-01");
    expect(await stateOf(city, institutionId)).toBe("expired");
    const renewal = { ...by(institutionId), estateCode: building.estateCode };
    const early = { ...renewal, endsOn: "2027-05-01" as CalendarDate };
    expect(await renewBinding(city.db, early)).toMatchObject({ kind: "refused" });
    const endsOn = "2029-05-31" as CalendarDate;
    expect(await renewBinding(city.db, { ...renewal, endsOn })).toEqual({ kind: "done" });
    expect(await stateOf(city, institutionId)).toBe("active");
    await sweep("2027-06-02");
    expect(await stateOf(city, institutionId)).toBe("active");
    await sweep("2029-05-20");
    expect((await texts(creditCode)).filter((text) => text.includes("5月31日到期"))).toHaveLength(
      2,
    );
  });

  test("cannot be renewed over somebody who took its place", async () => {
    const { building, institutionId } = await working("property-company", {
      estate1EndsOn: "2027-06-30",
    });
    const next = await buildRegistration(city, "property-company", building, {
      estate1StartsOn: "2027-07-01",
    });
    expect(await approveRegistration(city, next.number)).toEqual({ ok: true });
    const outcome = await renewBinding(city.db, {
      ...by(institutionId),
      estateCode: building.estateCode,
      endsOn: "2028-06-30" as CalendarDate,
    });
    expect(outcome).toMatchObject({ kind: "refused", errors: { endsOn: expect.any(String) } });
  });

  test("of a committee's term restricts it; a developer has none", async () => {
    const { institutionId } = await working("committee", { estate1EndsOn: "2027-08-31" });
    const developer = await buildRegistration(city, "developer", null);
    await approveRegistration(city, developer.number);
    await sweep("2027-09-01");
    expect(await stateOf(city, institutionId)).toBe("expired");
    expect(await stateOf(city, developer.institutionId)).toBe("active");
  });
});
