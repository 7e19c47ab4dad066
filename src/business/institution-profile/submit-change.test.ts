import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import {
  buildBuilding,
  buildCity,
  NOW,
  type TestBuilding,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildInstitution, type TestInstitution } from "#tests/support/test-institutions.ts";
import { textsTo } from "#tests/support/told-texts.ts";
import { getInstitution } from "./queries.ts";
import { changeReview } from "./review.ts";
import { estateFields } from "./schema.ts";
import { changeContact, submitChange } from "./submit-change.ts";

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
  await sql`insert into supporting_document (id, submission_key, browser_hash, code, name_cipher, media_type,
      size_bytes, sent_sha256, kept_sha256, page_count, state, uploaded_at, checked_at)
    values (gen_random_uuid(), ${key}::uuid, ${BROWSER}, 'change-proof', ${city.personalData.encrypt("证明.pdf")},
      'application/pdf', 10, sha256(gen_random_uuid()::text::bytea), sha256('b'), 1, 'clean', ${NOW}, ${NOW})`.execute(
    city.owner,
  );
  return await submitChange(deps(), {
    institutionId: institution.id,
    applicant: { name: "经试办" },
    sent,
    submissionKey: key,
    browserHash: BROWSER,
    audit: {
      requestId: "0123456789abcdef",
      event: "institution-change-submitted",
      actor: "institution:keeper",
      addressHash: Buffer.alloc(32),
    },
    now: NOW,
  });
}

async function decide(number: string, decision: string) {
  const application = (await findApplication(city.db, number)) ?? expect.fail(number);
  return await city.db.transaction().execute((tx) =>
    changeReview(deps()).carryOut(tx, {
      application,
      decision,
      actor: "staff:approver-demo",
      fields: {},
      today: TODAY,
      now: NOW,
    }),
  );
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
    await decide(number, "approve");
    const bound = await listBoundEstates(city.db, institution.id, TODAY);
    expect(bound.map(({ code }) => code)).toEqual([next.estateCode]);
  });

  test("is not approved while another company's contract holds the estate", async () => {
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
    const refused = await decide(number, "approve");
    expect(refused.ok ? "" : refused.errors[""]).toContain(other.name);
    expect(await listBoundEstates(city.db, institution.id, TODAY)).toHaveLength(1);
  });

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
      audit: {
        requestId: "0123456789abcdef",
        event: "institution-contact-changed",
        actor: "institution:keeper",
        addressHash: Buffer.alloc(32),
      },
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
