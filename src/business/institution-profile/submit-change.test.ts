import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listBoundEstates, listKeptEstates } from "#src/accounts/institutions/bound-estates.ts";
import { expireInstitutions } from "#src/accounts/institutions/expire-institutions.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import {
  buildBuilding,
  buildCity,
  buildHouse,
  NOW,
  type TestBuilding,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { decideAsDesk } from "#tests/support/decide-as-desk.ts";
import { buildCheckedDocument } from "#tests/support/document-builders.ts";
import { buildNotice } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildInstitution, type TestInstitution } from "#tests/support/test-institutions.ts";
import { textsTo } from "#tests/support/told-texts.ts";
import { changeContact } from "./change-contact.ts";
import { institutionChangeDescriptor } from "./change-descriptor.ts";
import { correctChange } from "./correct-change.ts";
import { getChange, getInstitution } from "./queries.ts";
import { estateFields } from "./schema.ts";
import { submitChange } from "./submit-change.ts";
import { typedOfChange } from "./typed-change.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database.drop());

const BROWSER = Buffer.alloc(32, 9);
const deps = () => ({ db: city.db, personalData: city.personalData });

async function build(): Promise<{ institution: TestInstitution; building: TestBuilding }> {
  const building = await buildBuilding(city);
  const institution = await buildInstitution(city, "property-company", [building.estateId]);
  return { institution, building };
}

/** The estate's fields as the form shows them before anything is typed. */
const asBound = ({ estateCode }: TestBuilding): SentForm => {
  const fields = estateFields(estateCode);
  return {
    [fields.contractNo]: "",
    [fields.startsOn]: "2025-01-01",
    [fields.endsOn]: "2029-12-31",
  };
};

async function submit(institution: TestInstitution, sent: SentForm, key: string = randomUUID()) {
  await buildCheckedDocument(city, {
    submissionKey: key,
    browserHash: BROWSER,
    code: "change-proof",
  });
  return await submitChange(deps(), {
    institutionId: institution.id,
    applicant: { name: "经试办" },
    sent,
    submissionKey: key,
    browserHash: BROWSER,
    isSteppedUp: true,
    audit: auditOf("institution-change-submitted", "institution:keeper"),
    now: NOW,
  });
}

async function decide(number: string, decision: string, remark = "") {
  const application = (await findApplication(city.db, number)) ?? expect.fail(number);
  const descriptor = institutionChangeDescriptor(deps());
  return await city.db
    .transaction()
    .execute((tx) => decideAsDesk(tx, descriptor, application, decision, { remark }));
}

async function correct(institution: TestInstitution, number: string, sent: SentForm) {
  const application = (await findApplication(city.db, number)) ?? expect.fail(number);
  return await correctChange(deps(), {
    institutionId: institution.id,
    application,
    descriptor: institutionChangeDescriptor(deps()),
    sent,
    takenOut: [],
    submissionKey: randomUUID(),
    browserHash: BROWSER,
    isSteppedUp: true,
    audit: auditOf("institution-change-corrected", "institution:keeper"),
    now: NOW,
  });
}

async function stateOf({ id }: TestInstitution): Promise<string> {
  return (await getInstitution(city.db, city.personalData, id)).state;
}

function numberOf(outcome: Awaited<ReturnType<typeof submit>>): string {
  return outcome.kind === "submitted" ? outcome.number : expect.fail(JSON.stringify(outcome));
}

describe("a change of what is registered", () => {
  test("changes nothing until the approver has said yes, then all of it", async () => {
    const { institution, building } = await build();
    const fields = estateFields(building.estateCode);
    const sent = {
      ...asBound(building),
      institutionName: "新试验物业有限公司",
      legalPerson: "新法人",
      [fields.endsOn]: "2031-12-31",
    };
    const number = numberOf(await submit(institution, sent));
    expect(number).toMatch(/^36/);
    const read = () => getInstitution(city.db, city.personalData, institution.id);
    expect(await decide(number, "pass")).toEqual({ ok: true });
    expect((await read()).name).toBe(institution.name);
    expect(await decide(number, "approve")).toEqual({ ok: true });
    const after = await read();
    expect([after.name, after.profile.legalPerson]).toEqual(["新试验物业有限公司", "新法人"]);
    expect(after.profile.accountNo).toBe("6222020200012345678");
    const [bound] = await listBoundEstates(city.db, institution.id, TODAY);
    expect(bound?.endsOn).toBe("2031-12-31");
    const application = await city.db
      .selectFrom("application")
      .select("institution_id")
      .where("number", "=", number)
      .executeTakeFirstOrThrow();
    expect(application.institution_id).toBe(institution.id);
  });

  test("is one at a time, and the same form sent twice is one application", async () => {
    const { institution, building } = await build();
    const key = randomUUID();
    const sent = { ...asBound(building), institutionName: "新试验物业甲有限公司" };
    const number = numberOf(await submit(institution, sent, key));
    expect(await submit(institution, sent, key)).toEqual({ kind: "submitted", number });
    expect(await submit(institution, sent)).toEqual({ kind: "open-change", number });
    await decide(number, "reject");
    expect(await submit(institution, sent)).toMatchObject({ kind: "submitted" });
  });

  test("under the key of another application is refused with a sentence", async () => {
    const { institution, building } = await build();
    const key = randomUUID();
    await buildNotice(city, await buildHouse(city), { submissionKey: key });
    const sent = { ...asBound(building), institutionName: "新试验物业乙有限公司" };
    expect(await submit(institution, sent, key)).toEqual({
      kind: "errors",
      errors: { "": expect.stringContaining("这张表单已经用过了") },
    });
    const others = randomUUID();
    const other = await build();
    numberOf(
      await submit(
        other.institution,
        { ...asBound(other.building), institutionName: "新试验物业丙有限公司" },
        others,
      ),
    );
    expect(await submit(institution, sent, others)).toMatchObject({ kind: "errors" });
  });

  test("that was sent back is corrected under its number, what it said before is kept", async () => {
    const { institution, building } = await build();
    const asked = { ...asBound(building), institutionName: "写错物业有限公司" };
    const number = numberOf(await submit(institution, asked));
    expect(await decide(number, "correct", "填写的内容与证明不一致，请核对后改正")).toEqual({
      ok: true,
    });
    const application = (await findApplication(city.db, number)) ?? expect.fail(number);
    const story = await institutionChangeDescriptor(deps()).tell(city.db, application, NOW);
    expect(story.corrections).toEqual(["填写的内容与证明不一致，请核对后改正"]);
    expect(await submit(institution, asked)).toEqual({ kind: "open-change", number });
    const change = await getChange(city.db, city.personalData, application);
    const typed = typedOfChange(
      await listKeptEstates(city.db, institution.id, TODAY),
      change.change,
    );
    expect(typed).toMatchObject(asked);
    expect(await correct(institution, number, asBound(building))).toMatchObject({ kind: "errors" });
    const right = { ...typed, institutionName: "写对物业有限公司" };
    const outcomes = await Promise.all([1, 2].map(() => correct(institution, number, right)));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["corrected", "moved-on"]);
    const again = await getChange(city.db, city.personalData, application);
    expect([again.rounds, again.change.name?.asked]).toEqual([2, "写对物业有限公司"]);
    expect(await decide(number, "pass")).toEqual({ ok: true });
    expect(await decide(number, "approve")).toEqual({ ok: true });
    const { name } = await getInstitution(city.db, city.personalData, institution.id);
    expect(name).toBe("写对物业有限公司");
    await expect(
      city.owner
        .updateTable("institution_change")
        .set({ change_cipher: Buffer.from("x") })
        .where("application_id", "=", application.id)
        .execute(),
    ).rejects.toMatchObject({ code: "WX001" });
  });

  test("with new dates lets an expired company work again", async () => {
    const { institution, building } = await build();
    const fields = estateFields(building.estateCode);
    await city.owner
      .updateTable("institution_estate")
      .set({ ends_on: calendarDate("2026-10-31") })
      .where("institution_id", "=", institution.id)
      .execute();
    await expireInstitutions(deps(), { today: TODAY, now: NOW });
    expect(await stateOf(institution)).toBe("expired");
    const old = { ...asBound(building), [fields.endsOn]: "2026-10-31" };
    const late = await submit(institution, { ...old, [fields.endsOn]: "2026-11-01" });
    expect(late).toMatchObject({
      kind: "errors",
      errors: { [fields.endsOn]: expect.stringContaining("合同到期日期已经过了") },
    });
    const renewed = { ...old, [fields.endsOn]: "2029-10-31" };
    const number = numberOf(await submit(institution, renewed));
    expect(await decide(number, "pass")).toEqual({ ok: true });
    expect(await decide(number, "approve")).toEqual({ ok: true });
    expect(await stateOf(institution)).toBe("active");
    expect(await listBoundEstates(city.db, institution.id, TODAY)).toHaveLength(1);
    const events = await city.db
      .selectFrom("institution_event")
      .select(["act", "actor"])
      .where("institution_id", "=", institution.id)
      .orderBy("n")
      .execute();
    expect(events).toMatchObject([
      { act: "expired" },
      { act: "binding-renewed", actor: "staff:approver-demo" },
    ]);
  });

  test("with new dates for an estate that another company took is not approved", async () => {
    const { institution, building } = await build();
    const fields = estateFields(building.estateCode);
    await city.owner
      .updateTable("institution_estate")
      .set({ ends_on: calendarDate("2026-10-31") })
      .where("institution_id", "=", institution.id)
      .execute();
    await expireInstitutions(deps(), { today: TODAY, now: NOW });
    const other = await buildInstitution(city, "property-company", [building.estateId], {
      startsOn: calendarDate("2026-11-01"),
      endsOn: calendarDate("2028-10-31"),
    });
    const renewed = { ...asBound(building), [fields.endsOn]: "2029-10-31" };
    const number = numberOf(await submit(institution, renewed));
    expect(await decide(number, "pass")).toEqual({ ok: true });
    const refused = await decide(number, "approve");
    expect(refused.ok ? "" : refused.errors[""]).toContain(other.name);
    expect(await stateOf(institution)).toBe("expired");
  });

  test("takes an estate off, and adds another", async () => {
    const { institution, building } = await build();
    const next = await buildBuilding(city);
    const number = numberOf(
      await submit(institution, {
        ...asBound(building),
        [estateFields(building.estateCode).isEnded]: "yes",
        newEstate: next.estateCode.toLowerCase(),
        [estateFields("new").startsOn]: "2026-01-01",
        [estateFields("new").endsOn]: "2028-12-31",
      }),
    );
    for (const decision of ["pass", "approve"]) await decide(number, decision);
    const bound = await listBoundEstates(city.db, institution.id, TODAY);
    expect(bound.map(({ code }) => code)).toEqual([next.estateCode]);
  });

  test.each(["active", "suspended"] as const)(
    "is not approved while the contract of another company, %s, holds the estate",
    async (state) => {
      const { institution, building } = await build();
      const taken = await buildBuilding(city);
      const other = await buildInstitution(city, "property-company", [taken.estateId], {
        startsOn: calendarDate("2026-01-01"),
        endsOn: calendarDate("2026-12-31"),
      });
      const number = numberOf(
        await submit(institution, {
          ...asBound(building),
          newEstate: taken.estateCode,
          [estateFields("new").startsOn]: "2026-12-31",
          [estateFields("new").endsOn]: "2028-12-31",
        }),
      );
      await city.owner
        .updateTable("institution")
        .set({ state })
        .where("id", "=", other.id)
        .execute();
      await decide(number, "pass");
      const refused = await decide(number, "approve");
      expect(refused.ok ? "" : refused.errors[""]).toContain(other.name);
      expect(await listBoundEstates(city.db, institution.id, TODAY)).toHaveLength(1);
    },
  );

  test.each([
    [{}, { "": "没有要变更的内容，请填写要改的那几项" }],
    [{ accountNo: "622202" }, { accountNo: "账号应是 8 到 32 位数字" }],
    [
      { accountNo: "6222020200012345679" },
      {
        accountName: "变更银行账户要填全，请填写户名",
        accountBank: "变更银行账户要填全，请填写开户银行",
      },
    ],
    [{ newEstate: "ZZ9999" }, { newEstate: "没有这个编号的物业区域，请核对" }],
    [
      { newEstate: "示例花园" },
      { newEstate: "物业区域编号应是两个字母加数字，例如 SL0126，可以在进入我的小区里查到" },
    ],
  ])("is refused with a sentence beside its field: %j", async (typed, errors) => {
    const { institution, building } = await build();
    expect(await submit(institution, { ...asBound(building), ...typed })).toEqual({
      kind: "errors",
      errors,
    });
  });

  test("is refused when a contract would end before it starts, or a date is none", async () => {
    const { institution, building } = await build();
    const fields = estateFields(building.estateCode);
    expect(
      await submit(institution, {
        ...asBound(building),
        [fields.startsOn]: "2026-02-30",
        [fields.endsOn]: "2024-01-01",
      }),
    ).toEqual({
      kind: "errors",
      errors: { [fields.startsOn]: "起始日期应是一个日期，例如 2029-12-31" },
    });
    expect(
      await submit(institution, { ...asBound(building), [fields.endsOn]: "2024-01-01" }),
    ).toEqual({
      kind: "errors",
      errors: { [fields.endsOn]: "到期日期不能早于起始日期" },
    });
  });
});

test("another contact phone holds at once, and the former one is told and nobody when nothing changed", async () => {
  const { institution } = await build();
  const before = await getInstitution(city.db, city.personalData, institution.id);
  const { contactPhone: former } = before.profile;
  const told = (await textsTo(city, former)).length;
  const change = (contactPhone: string) =>
    changeContact(deps(), {
      institutionId: institution.id,
      contact: { contactPhone, email: "" },
      browserHash: BROWSER,
      mustProveContact: false,
      audit: auditOf("institution-contact-changed", "institution:keeper"),
      now: NOW,
    });
  await change(former);
  expect(await textsTo(city, former)).toHaveLength(told);
  await change("13600007788");
  const texts = await textsTo(city, former);
  expect(texts).toHaveLength(told + 1);
  expect(texts.filter((text) => text.includes("尾号 7788"))).toHaveLength(1);
  expect(await textsTo(city, "13600007788")).toEqual([]);
});
