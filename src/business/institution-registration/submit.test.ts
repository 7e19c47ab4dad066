import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proveContact } from "#src/accounts/institutions/contact-proof.ts";
import { openProfile } from "#src/accounts/institutions/institution-profile.ts";
import { cancelApplication } from "#src/applications/cancel-application.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import { buildBuilding, buildCity, NOW, type TestCity } from "#tests/support/builders.ts";
import { inParallel } from "#tests/support/in-parallel.ts";
import {
  approveRegistration,
  buildRegistration,
  decideRegistration,
  filledForm,
  fillRegistration,
  findRegistrationDescriptor,
  handIn,
  newCreditCode,
  newUsername,
  stateOf,
} from "#tests/support/registration-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { applicationOf } from "#tests/support/unrecorded-builders.ts";
import { currentAgreement } from "./agreement.ts";
import { correctRegistration } from "./correct.ts";
import { registrationOfKind } from "./descriptor.ts";
import {
  findDraft,
  getSubmittedForm,
  moveDrafts,
  saveDraft,
  sweepRegistrationDrafts,
} from "./drafts.ts";
import { judgeAll, loadGround } from "./form-state.ts";
import { typedOf } from "./schema.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

async function count(table: "institution" | "application" | "institution_user"): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int n from ${sql.table(table)}`.execute(database.owner);
  return rows[0]?.n ?? 0;
}

function smsTexts(): Promise<{ text: string }[]> {
  return database.owner.selectFrom("sms_message").select("text").execute();
}

describe("handing a registration in", () => {
  test("makes application, pending institution, administrator, bindings and the accepted agreement at once", async () => {
    const building = await buildBuilding(city);
    const { number, institutionId } = await buildRegistration(
      city,
      "property-company",
      building,
      {},
      "shiliwuye",
    );
    const { id } = await applicationOf(city, number);
    expect(number).toMatch(/^52/);
    const institution = await database.owner
      .selectFrom("institution")
      .selectAll()
      .where("id", "=", institutionId)
      .executeTakeFirstOrThrow();
    expect(institution).toMatchObject({
      kind: "property-company",
      state: "pending",
      application_id: id,
    });
    expect(openProfile(city.personalData, institution.profile_cipher)).toMatchObject({
      contactPhone: "13800007001",
      address: "示例省示例市示范区 试验路 8 号 3 楼",
    });
    expect(institution.profile_cipher.toString("latin1")).not.toContain("13800007001");
    const user = await database.owner
      .selectFrom("institution_user")
      .selectAll()
      .where("institution_id", "=", institutionId)
      .executeTakeFirstOrThrow();
    expect(user).toMatchObject({ username: "shiliwuye", is_admin: true, is_disabled: false });
    const bound = await database.owner
      .selectFrom("institution_estate")
      .selectAll()
      .where("institution_id", "=", institutionId)
      .execute();
    expect(bound).toMatchObject([
      { estate_id: building.estateId, contract_no: "试物字 2026-1", ends_on: "2028-12-31" },
    ]);
    const kept = await database.owner
      .selectFrom("institution_registration")
      .selectAll()
      .where("application_id", "=", id)
      .executeTakeFirstOrThrow();
    expect(kept).toMatchObject({ agreement_version: currentAgreement().version, agreed_at: NOW });
    expect(kept.agreement_sha256).toEqual(currentAgreement().sha256);
    expect(kept.agreed_address_hash).toEqual(Buffer.alloc(32, 9));
    const texts = (await smsTexts())
      .map(({ text }) => text)
      .filter((text) => text.includes(number.slice(-4)));
    expect(texts).toEqual([expect.stringContaining("已收到，5 个工作日内审核")]);
  });

  test("ten times at once makes one", async () => {
    const filled = await fillRegistration(city, "developer", filledForm("developer", null));
    const before = await count("institution");
    const username = newUsername();
    const outcomes = await inParallel(
      10,
      Array.from({ length: 10 }, () => () => handIn(city, filled, { username })),
    );
    const numbers = outcomes.map((outcome) => (outcome.ok ? outcome.number : "refused"));
    expect(new Set(numbers).size).toBe(1);
    expect(outcomes.filter((outcome) => outcome.ok && outcome.kind === "submitted")).toHaveLength(
      1,
    );
    expect(await count("institution")).toBe(before + 1);
  });

  test("by five at once with one code leaves one, the others are told at the field", async () => {
    const creditCode = newCreditCode();
    const forms = await Promise.all(
      Array.from({ length: 5 }, () =>
        fillRegistration(city, "developer", filledForm("developer", null, { creditCode })),
      ),
    );
    const before = await count("application");
    const outcomes = await Promise.all(forms.map((form) => handIn(city, form)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    for (const outcome of outcomes) {
      if (!outcome.ok) expect(outcome.errors?.["creditCode"]).toContain("这个代码已经注册过");
    }
    expect(await count("application")).toBe(before + 1);
  });

  test("by two at once under one user name, whatever the case of its letters, leaves one", async () => {
    const forms = await Promise.all(
      ["Tongming", "tongMING"].map(async (username) => ({
        username,
        form: await fillRegistration(city, "developer", filledForm("developer", null)),
      })),
    );
    const outcomes = await Promise.all(
      forms.map(({ form, username }) => handIn(city, form, { username })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = outcomes.find(({ ok }) => !ok);
    expect(refused).toMatchObject({ errors: { username: "这个用户名已经有人用了，请换一个" } });
  });

  test("with a phone that this browser has not proven is refused where codes can be sent", async () => {
    const contactPhone = "13800007044";
    const filled = await fillRegistration(
      city,
      "developer",
      filledForm("developer", null, { contactPhone }),
    );
    const must = { mustProveContact: true };
    const refusal = { ok: false, errors: { contactCode: expect.any(String) } };
    expect(await handIn(city, filled, must)).toMatchObject(refusal);
    const phoneHash = city.personalData.hash("phone", contactPhone);
    const elsewhere = Buffer.alloc(32, 77);
    await proveContact(city.db, { phoneHash, browserHash: elsewhere, now: NOW });
    const otherPhone = city.personalData.hash("phone", "13800007045");
    const { browserHash } = filled;
    await proveContact(city.db, { phoneHash: otherPhone, browserHash, now: NOW });
    expect(await handIn(city, filled, must)).toMatchObject(refusal);
    await proveContact(city.db, { phoneHash, browserHash, now: NOW });
    expect(await handIn(city, filled, must)).toMatchObject({ ok: true, kind: "submitted" });
  });

  test("a committee without a code is known by its record number", async () => {
    const changes = {
      creditCode: "",
      recordNo: "示街备〔2026〕7 号",
      institutionName: "试验花园业主委员会",
    };
    await buildRegistration(city, "committee", await buildBuilding(city), changes);
    const again = await fillRegistration(
      city,
      "committee",
      filledForm("committee", await buildBuilding(city), changes),
    );
    const outcome = await handIn(city, again);
    expect(outcome).toMatchObject({ ok: false, errors: { recordNo: expect.any(String) } });
  });

  test("a code is free again once its registration was rejected or taken back", async () => {
    const creditCode = newCreditCode();
    const first = await buildRegistration(city, "developer", null, { creditCode });
    await decideRegistration(city, first.number, "reject", { remark: "要件不真实，不予注册" });
    expect(await stateOf(city, first.institutionId)).toBe("rejected");
    const second = await buildRegistration(city, "developer", null, { creditCode });
    const descriptor = findRegistrationDescriptor(city)(second.number);
    const act = { number: second.number, descriptor, now: NOW };
    expect(await cancelApplication(city.db, act, auditOf("application-cancelled"))).toEqual({
      kind: "cancelled",
    });
    expect(await stateOf(city, second.institutionId)).toBe("closed");
    const users = await database.owner
      .selectFrom("institution_user")
      .select("is_disabled")
      .where("institution_id", "in", [first.institutionId, second.institutionId])
      .orderBy("institution_id")
      .execute();
    // Whoever was rejected may still sign in to read why.
    expect(users.map(({ is_disabled }) => is_disabled)).toEqual([false, true]);
    await buildRegistration(city, "developer", null, { creditCode });
  });

  test("a user name is free again once its registration was rejected or taken back, for one of five", async () => {
    const username = "Kongchulai";
    const first = await buildRegistration(city, "developer", null, {}, username);
    const early = await fillRegistration(city, "developer", filledForm("developer", null));
    expect(await handIn(city, early, { username })).toMatchObject({
      errors: { username: "这个用户名已经有人用了，请换一个" },
    });
    await decideRegistration(city, first.number, "reject", { remark: "要件不真实，不予注册" });
    const forms = await Promise.all(
      Array.from({ length: 5 }, () =>
        fillRegistration(city, "developer", filledForm("developer", null)),
      ),
    );
    const outcomes = await Promise.all(
      forms.map((form, at) =>
        handIn(city, form, { username: at % 2 === 0 ? username : username.toLowerCase() }),
      ),
    );
    const [second] = outcomes.filter(({ ok }) => ok);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    for (const outcome of outcomes) {
      if (!outcome.ok) expect(outcome.errors?.["username"]).toContain("已经有人用了");
    }
    if (!second?.ok) throw new Error("nobody got the name");
    const descriptor = findRegistrationDescriptor(city)(second.number);
    const act = { number: second.number, descriptor, now: NOW };
    await cancelApplication(city.db, act, auditOf("application-cancelled"));
    const third = await buildRegistration(city, "developer", null, {}, username.toLowerCase());
    await approveRegistration(city, third.number);
    const late = await fillRegistration(city, "developer", filledForm("developer", null));
    expect(await handIn(city, late, { username })).toMatchObject({ ok: false });
  });

  test("without a paper it is refused at the paper", async () => {
    const filled = await fillRegistration(city, "developer", filledForm("developer", null));
    await database.owner
      .deleteFrom("supporting_document")
      .where("submission_key", "=", filled.submissionKey)
      .where("code", "=", "seal-record")
      .execute();
    expect(await handIn(city, filled)).toEqual({
      ok: false,
      errors: { "document-seal-record": "请上传单位公章备案表" },
    });
  });
});

describe("approval", () => {
  test("opens the institution; the first step alone does not", async () => {
    const { number, institutionId } = await buildRegistration(
      city,
      "property-company",
      await buildBuilding(city),
    );
    expect(await decideRegistration(city, number, "pass")).toEqual({ ok: true });
    expect(await stateOf(city, institutionId)).toBe("pending");
    expect(await decideRegistration(city, number, "approve")).toEqual({ ok: true });
    expect(await stateOf(city, institutionId)).toBe("active");
  });

  test("is refused while another company's contract runs, and granted once it was ended", async () => {
    const building = await buildBuilding(city);
    const first = await buildRegistration(city, "property-company", building);
    await approveRegistration(city, first.number);
    const second = await buildRegistration(city, "property-company", building, {
      institutionName: "后来物业服务有限公司",
    });
    await decideRegistration(city, second.number, "pass");
    const refused = await decideRegistration(city, second.number, "approve");
    expect(refused).toMatchObject({ ok: false });
    expect(JSON.stringify(refused)).toContain("已由试验物业服务有限公司绑定");
    expect(await stateOf(city, second.institutionId)).toBe("pending");
    const story = await findRegistrationDescriptor(city)(second.number).tell(
      city.db,
      await applicationOf(city, second.number),
      NOW,
    );
    expect(story.next.text).toContain("原来的合同或任期终止以后才能批准");
    await database.owner
      .updateTable("institution_estate")
      .set({ ended_at: NOW })
      .where("institution_id", "=", first.institutionId)
      .execute();
    expect(await decideRegistration(city, second.number, "approve")).toEqual({ ok: true });
    expect(await stateOf(city, second.institutionId)).toBe("active");
  });

  test("a contract that begins after the old one ends is no conflict", async () => {
    const building = await buildBuilding(city);
    const first = await buildRegistration(city, "property-company", building);
    await approveRegistration(city, first.number);
    const next = await buildRegistration(city, "property-company", building, {
      estate1StartsOn: "2029-01-01",
      estate1EndsOn: "2031-12-31",
    });
    expect(await approveRegistration(city, next.number)).toEqual({ ok: true });
  });

  test("a committee and a company share an estate, two committees in term do not", async () => {
    const building = await buildBuilding(city);
    const company = await buildRegistration(city, "property-company", building);
    expect(await approveRegistration(city, company.number)).toEqual({ ok: true });
    const committee = await buildRegistration(city, "committee", building);
    expect(await approveRegistration(city, committee.number)).toEqual({ ok: true });
    const other = await buildRegistration(city, "committee", building);
    expect(await approveRegistration(city, other.number)).toMatchObject({ ok: false });
  });

  test("of two companies for one estate at the same moment one works", async () => {
    const building = await buildBuilding(city);
    const both = [
      await buildRegistration(city, "property-company", building),
      await buildRegistration(city, "property-company", building),
    ];
    for (const { number } of both) await decideRegistration(city, number, "pass");
    const outcomes = await Promise.all(
      both.map(({ number }) => decideRegistration(city, number, "approve")),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const states = await Promise.all(both.map((one) => stateOf(city, one.institutionId)));
    expect(states.toSorted()).toEqual(["active", "pending"]);
  });

  test("comes too late when the contract ran out meanwhile", async () => {
    const { number } = await buildRegistration(
      city,
      "property-company",
      await buildBuilding(city),
      {
        estate1EndsOn: "2026-12-01",
      },
    );
    await decideRegistration(city, number, "pass");
    const late = { now: new Date("2026-12-02T02:00:00Z") };
    const outcome = await decideRegistration(city, number, "approve", late);
    expect(JSON.stringify(outcome)).toContain("已经到期，不能批准");
  });
});

describe("补正", () => {
  const RENAMED = "两窗置业有限公司";
  const BROWSER = Buffer.alloc(32, 5);

  async function correct(
    number: string,
    changes: Record<string, string>,
    mustProveContact = false,
  ) {
    const application = await applicationOf(city, number);
    const registration = registrationOfKind(application.kind);
    if (registration === null) throw new Error("no registration");
    const { typed } = await getSubmittedForm(city, application.id);
    const corrected = { ...typed, ...changes };
    const ground = await loadGround(city.db, registration, corrected, "2026-11-23" as never);
    const { id: institutionId } = await city.db
      .selectFrom("institution")
      .select("id")
      .where("application_id", "=", application.id)
      .executeTakeFirstOrThrow();
    const documents = registration.documents.map(({ code }) => ({ code, state: "clean" }));
    const judged = await judgeAll(
      city.db,
      { typed: corrected, documents: documents as never, exceptId: institutionId },
      ground,
    );
    if (!judged.ok) return { kind: "wrong" as const, errors: judged.errors };
    return await correctRegistration(
      city,
      {
        application,
        institutionId,
        registration,
        descriptor: findRegistrationDescriptor(city)(number),
        typed: corrected,
        form: judged.form,
        takenOut: [],
        submissionKey: "00000000-0000-4000-8000-000000000001",
        browserHash: BROWSER,
        mustProveContact,
        now: NOW,
      },
      auditOf("registration-corrected"),
    );
  }

  test("keeps number and earlier rounds, rewrites institution, contact and estates", async () => {
    const building = await buildBuilding(city);
    const { number, institutionId } = await buildRegistration(city, "property-company", building);
    await decideRegistration(city, number, "correct", { remark: "合同编号和合同不一致，请改正" });
    const outcome = await correct(number, {
      institutionName: "改名物业服务有限公司",
      contactPhone: "13800007002",
      estate1ContractNo: "试物字 2026-2",
    });
    expect(outcome).toEqual({ kind: "corrected" });
    const application = await applicationOf(city, number);
    expect(application.state).toBe("submitted");
    const form = await getSubmittedForm(city, application.id);
    expect(form).toMatchObject({ rounds: 2, typed: { institutionName: "改名物业服务有限公司" } });
    const contact = await database.owner
      .selectFrom("application_contact")
      .select(["phone_cipher", "phone_hash"])
      .where("application_id", "=", application.id)
      .executeTakeFirstOrThrow();
    expect(city.personalData.decrypt(contact.phone_cipher)).toBe("13800007002");
    // Found by the new contact's phone, and by the former one's no more.
    expect(contact.phone_hash).toEqual(city.personalData.hash("phone", "13800007002"));
    const bound = await database.owner
      .selectFrom("institution_estate")
      .select(["estate_id", "contract_no"])
      .where("institution_id", "=", institutionId)
      .execute();
    expect(bound).toEqual([{ estate_id: building.estateId, contract_no: "试物字 2026-2" }]);
    expect((await smsTexts()).some(({ text }) => text.includes("需要补正"))).toBe(true);
  });

  test("asks for a code again only when the contact's phone is another one", async () => {
    const { number } = await buildRegistration(city, "developer", null);
    await decideRegistration(city, number, "correct", { remark: "缺少要件，请补齐后重新提交" });
    const other = { contactPhone: "13800007033" };
    expect(await correct(number, other, true)).toMatchObject({
      kind: "refused",
      errors: { contactCode: expect.stringContaining("请验证联系人手机") },
    });
    const phoneHash = city.personalData.hash("phone", other.contactPhone);
    await proveContact(city.db, { phoneHash, browserHash: BROWSER, now: NOW });
    expect(await correct(number, other, true)).toEqual({ kind: "corrected" });
    const { id } = await applicationOf(city, number);
    expect((await getSubmittedForm(city, id)).contactProvenAt).toEqual(NOW);
    await decideRegistration(city, number, "correct", { remark: "缺少要件，请补齐后重新提交" });
    expect(await correct(number, { contactName: "孙改名" }, true)).toEqual({ kind: "corrected" });
    expect((await getSubmittedForm(city, id)).contactProvenAt).toEqual(NOW);
  });

  test("in two windows at once is handed in once", async () => {
    const { number } = await buildRegistration(city, "developer", null);
    await decideRegistration(city, number, "correct", { remark: "缺少要件，请补齐后重新提交" });
    const outcomes = await Promise.all(
      [1, 2].map(() => correct(number, { institutionName: RENAMED, accountName: RENAMED })),
    );
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["corrected", "moved-on"]);
  });

  test("to a code that another institution has is refused at the field", async () => {
    const creditCode = newCreditCode();
    await buildRegistration(city, "developer", null, { creditCode });
    const { number } = await buildRegistration(city, "developer", null);
    await decideRegistration(city, number, "correct", { remark: "代码和证照不一致，请改正" });
    expect(await correct(number, { creditCode })).toMatchObject({
      kind: "wrong",
      errors: { creditCode: expect.stringContaining("已经注册过") },
    });
  });
});

describe("a half-filled form", () => {
  const typed = typedOf({ institutionName: "半途物业有限公司", contactPhone: "138 0000 7099" });

  async function save(browserHash: Buffer, savedAt = NOW) {
    const submissionKey = crypto.randomUUID();
    const key = { submissionKey, browserHash };
    await saveDraft(city, key, { kind: "property-company", typed, savedAt });
    return key;
  }

  test("is encrypted, and another browser's does not exist", async () => {
    const key = await save(Buffer.alloc(32, 11));
    const row = await database.owner
      .selectFrom("institution_registration")
      .select("form_cipher")
      .where("submission_key", "=", key.submissionKey)
      .executeTakeFirstOrThrow();
    expect(row.form_cipher.toString("utf8")).not.toContain("半途物业");
    expect(await findDraft(city, key)).toMatchObject({
      typed: { institutionName: "半途物业有限公司" },
    });
    expect(await findDraft(city, { ...key, browserHash: Buffer.alloc(32, 12) })).toBeNull();
    const stranger = { ...key, browserHash: Buffer.alloc(32, 12) };
    const draft = { kind: "property-company", typed, savedAt: NOW } as const;
    expect(await saveDraft(city, stranger, draft)).toBe(false);
  });

  test("moves with its files to the browser that proved the contact's phone", async () => {
    const from = await fillRegistration(city, "developer", { ...typed }, Buffer.alloc(32, 13));
    const toBrowser = Buffer.alloc(32, 14);
    const phoneHash = city.personalData.hash("phone", "13800007099");
    const moved = await city.db
      .transaction()
      .execute((tx) => moveDrafts(tx, { phoneHash, toBrowser }));
    expect(moved).toBeGreaterThan(0);
    expect(await findDraft(city, from)).toBeNull();
    expect(await findDraft(city, { ...from, browserHash: toBrowser })).not.toBeNull();
    const { rows } = await sql<{ n: number }>`
      select count(*)::int n from supporting_document where submission_key = ${from.submissionKey}::uuid
        and browser_hash = ${toBrowser}`.execute(database.owner);
    expect(rows[0]?.n).toBeGreaterThan(3);
  });

  test("is forgotten after thirty days, what was handed in never", async () => {
    const { number } = await buildRegistration(city, "developer", null);
    const key = await save(Buffer.alloc(32, 15));
    const day = 24 * 3_600_000;
    await sweepRegistrationDrafts(city.db, new Date(NOW.getTime() + 29 * day));
    expect(await findDraft(city, key)).not.toBeNull();
    await sweepRegistrationDrafts(city.db, new Date(NOW.getTime() + 31 * day));
    expect(await findDraft(city, key)).toBeNull();
    const { id } = await applicationOf(city, number);
    expect((await getSubmittedForm(city, id)).rounds).toBe(1);
  });
});
