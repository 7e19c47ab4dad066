import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { buildBuilding, type TestBuilding } from "../support/builders.ts";
import { HOSTILE, letsMarkupThrough } from "../support/hostile-values.ts";
import { readPage } from "../support/read-page.ts";
import {
  approveRegistration,
  buildRegistration,
  decideRegistration,
  filledForm,
  newCreditCode,
  stateOf,
} from "../support/registration-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { institutionVisitor } from "../support/test-institutions.ts";
import { applicationOf, buildDocument } from "../support/unrecorded-builders.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const PASSWORD = "Anquan-2026";

let site: ServedSite;
let building: TestBuilding;
/** An estate that a company works for already. */
let taken: TestBuilding;
let visitor: WebVisitor;

beforeAll(async () => {
  site = await serveSite();
  building = await buildBuilding(site.city);
  taken = await buildBuilding(site.city);
  // The search knows the estates that were there when it started.
  await site.restart();
  visitor = site.visitor();
  await visitor.get("/register/property-company");
});
afterAll(() => site?.stop());

function browserOf(who: WebVisitor): Buffer {
  return createHash("sha256")
    .update(who.cookies.get("browser") ?? "")
    .digest();
}

async function withPapers(kind: InstitutionKind, who = visitor): Promise<string> {
  const submissionKey = randomUUID();
  for (const { code } of REGISTRATIONS[kind].documents) {
    const draft = { submissionKey, browserHash: browserOf(who), code };
    await buildDocument(site.city.db, site.city, draft);
  }
  return submissionKey;
}

let n = 0;
function whole(kind: InstitutionKind, changes: Record<string, string> = {}) {
  n += 1;
  return {
    ...filledForm(kind, kind === "developer" ? null : building),
    username: `yonghu${n}`,
    password: PASSWORD,
    passwordAgain: PASSWORD,
    isAgreed: "yes",
    agreementVersion: "2026-1",
    ...changes,
  };
}

async function send(
  kind: InstitutionKind,
  changes: Record<string, string> = {},
  submissionKey?: string,
): Promise<WebAnswer> {
  const key = submissionKey ?? (await withPapers(kind));
  return await visitor.post(REGISTRATIONS[kind].path, {
    submissionKey: key,
    ...whole(kind, changes),
  });
}

async function expectNothingStored(act: () => Promise<void>): Promise<void> {
  const before = await site.countRows();
  await act();
  expect(await site.countRows()).toEqual(before);
}

describe("a registration over HTTP", () => {
  test.each(["developer", "property-company", "committee"] as const)(
    "of a %s is handed in, told as 注册成功 with 待审核, and once however often it is sent",
    async (kind) => {
      const key = await withPapers(kind);
      const form = { submissionKey: key, ...whole(kind) };
      const first = await visitor.post(REGISTRATIONS[kind].path, form);
      expect(first.status).toBe(303);
      const place = first.headers.location ?? "";
      expect(place).toMatch(/^\/register\/registered\/5[123]\d{16}$/);
      const again = await visitor.post(REGISTRATIONS[kind].path, form);
      expect(again.headers.location).toBe(place);
      const done = await visitor.get(place);
      expect(readPage(done.text).headings).toEqual(["注册成功"]);
      expect(done.text).toContain("待审核");
      expect(done.text).not.toMatch(/13800007001|110101198506155020|孙联系/);
      const elsewhere = await site.visitor().get(place);
      expect(elsewhere.headers.location).toBe(`/applications/${place.slice(-18)}`);
    },
  );

  test("without 已阅读 is refused at the box, with everything kept but the passwords", async () => {
    await expectNothingStored(async () => {
      const answer = await send("property-company", { isAgreed: "" });
      expect(answer.status).toBe(422);
      const { errors, values, summary } = readPage(answer.text);
      expect(errors).toEqual({ isAgreed: expect.stringContaining("请勾选“我已阅读并同意”") });
      expect(summary).toContainEqual({ field: "isAgreed", sentence: errors["isAgreed"] });
      expect(values["institutionName"]).toBe("试验物业服务有限公司");
      expect(values["contactPhone"]).toBe("+86 138-0000-7001");
      expect(values["password"] ?? "").toBe("");
      expect(answer.text).not.toContain(PASSWORD);
      expect(answer.text).toContain("密码没有保存，请重新输入");
    });
  });

  test("with another version of the agreement is shown the one in force", async () => {
    const answer = await send("developer", { agreementVersion: "2025-1" });
    expect(readPage(answer.text).errors).toEqual({ isAgreed: expect.stringContaining("新的版本") });
  });

  test.each([
    [{ username: "示例物业" }, "username", "用户名不能用中文"],
    [{ passwordAgain: "Anquan-2027" }, "passwordAgain", "两次输入的密码不一样"],
    [{ password: "12345678", passwordAgain: "12345678" }, "password", "至少 10 位"],
    [{ password: "", passwordAgain: "" }, "password", "请填写密码"],
    [{ creditCode: "91350100M000100Y44" }, "creditCode", "有一位不对"],
    [{ district: "火星" }, "district", "请选择所在区划"],
    [{ estate1EndsOn: "2020-01-01" }, "estate1EndsOn", "早于开始日期"],
    [{ estate1EndsOn: "2026-11-22" }, "estate1EndsOn", "合同已经到期"],
  ] as const)("with %o is refused at %s", async (changes, field, sentence) => {
    await expectNothingStored(async () => {
      const answer = await send("property-company", changes);
      expect(answer.status).toBe(422);
      expect(readPage(answer.text).errors).toEqual({ [field]: expect.stringContaining(sentence) });
    });
  });

  test("with a code that is registered is told how to go on", async () => {
    const creditCode = newCreditCode();
    expect((await send("developer", { creditCode })).status).toBe(303);
    await expectNothingStored(async () => {
      const answer = await send("developer", { creditCode });
      expect(readPage(answer.text).errors["creditCode"]).toContain("请用原来的用户名登录");
    });
  });
});

const FIELDS = [
  ...[
    "institutionName",
    "creditCode",
    "legalPerson",
    "legalPersonDocumentNo",
    "licenceUntil",
    "district",
  ],
  ...["address", "contactName", "contactPhone", "landline", "email", "username", "estate1Code"],
  ...["estate1ContractNo", "estate1StartsOn", "estate1EndsOn", "estate1ServiceKind"],
];

test.each(FIELDS)("%s takes no hostile value: 422, never an error of ours", async (field) => {
  const key = await withPapers("property-company");
  await expectNothingStored(async () => {
    for (const [name, value] of HOSTILE) {
      // Not agreed, so that an odd but lawful value is not handed in either.
      const answer = await send("property-company", { [field]: value, isAgreed: "" }, key);
      const what = `${field}: ${name}`;
      expect(answer.status, what).toBe(422);
      expect(letsMarkupThrough(answer.text), what).toBe(false);
      expect(readPage(answer.text).title, what).toMatch(/^出错：/);
    }
  });
});

test.each(HOSTILE)("%s in place of the form's key is no form of ours", async (_, value) => {
  await expectNothingStored(async () => {
    const form = { ...whole("developer"), submissionKey: value };
    expect((await visitor.post("/register/developer", form)).status).toBe(400);
  });
});

describe("添加物业区域, without script", () => {
  async function press(button: Record<string, string>, changes: Record<string, string> = {}) {
    const form = { ...whole("property-company"), submissionKey: randomUUID(), ...changes };
    return await visitor.post("/register/property-company", { ...form, ...button });
  }

  test("查询 finds by name, 添加 adds it and keeps the rest, 去掉 takes it out", async () => {
    const name = await site.database.owner
      .selectFrom("estate")
      .select("name")
      .where("code", "=", building.estateCode)
      .executeTakeFirstOrThrow();
    const none = { estate1Code: "", estate1ContractNo: "", estate1StartsOn: "", estate1EndsOn: "" };
    const found = await press({ "find-estates": "yes" }, { ...none, estateSearch: name.name });
    expect(found.status).toBe(200);
    expect(found.text).toContain(`name="add-estate" value="${building.estateCode}"`);
    const added = await press({ "add-estate": building.estateCode }, none);
    expect(readPage(added.text).values).toMatchObject({
      estate1Code: building.estateCode,
      institutionName: "试验物业服务有限公司",
    });
    const removed = await press({ "remove-estate": "1" });
    expect(readPage(removed.text).values["estate1Code"]).toBeUndefined();
  });

  test("an estate that is there already, or none of ours, is refused at the search", async () => {
    const twice = await press({ "add-estate": building.estateCode });
    expect(twice.status).toBe(422);
    expect(readPage(twice.text).errors["estateSearch"]).toContain("已经添加过了");
    for (const [, value] of HOSTILE) {
      const answer = await press({ "add-estate": value });
      expect([200, 422]).toContain(answer.status);
      expect(letsMarkupThrough(answer.text)).toBe(false);
      expect((await press({ "remove-estate": value })).status).toBe(200);
      const asked = await press({ "find-estates": "yes" }, { estateSearch: value });
      expect([200, 422]).toContain(asked.status);
    }
  });

  test("somebody else's running contract is told, and the form is taken all the same", async () => {
    const first = await buildRegistration(site.city, "property-company", taken);
    expect(await approveRegistration(site.city, first.number)).toEqual({ ok: true });
    const mine = { ...filledForm("property-company", taken), submissionKey: randomUUID() };
    const shown = await visitor.post("/register/property-company", {
      ...mine,
      "find-estates": "yes",
      estateSearch: "试验花园",
    });
    expect(shown.text).toContain("已由试验物业服务有限公司绑定");
    const key = await withPapers("property-company");
    const { submissionKey: _, ...fields } = mine;
    const answer = await send("property-company", fields, key);
    expect(answer.status).toBe(303);
    const done = await visitor.get(answer.headers.location ?? "");
    expect(done.text).toContain("原来的合同或任期终止以后才能批准");
  });
});

describe("a half-filled form", () => {
  test("is saved without the password and continued in the same browser, and in no other", async () => {
    // A browser of its own: whatever was refused above is a draft of the other one.
    const owner = site.visitor();
    const key = randomUUID();
    const form = { submissionKey: key, ...whole("committee"), "save-draft": "yes" };
    const saved = await owner.post("/register/committee", form);
    expect(saved.headers.location).toBe(`/register/committee?form=${key}&saved=1`);
    const page = await owner.get(saved.headers.location ?? "");
    expect(page.text).toContain("已经保存，30 天内可以接着填");
    expect(readPage(page.text).values["legalPerson"]).toBe("钱试验");
    expect(page.text).not.toContain(PASSWORD);
    expect((await owner.get("/register")).text).toContain(`/register/committee?form=${key}`);
    const stranger = await site.visitor().get(`/register/committee?form=${key}`);
    expect(stranger.text).not.toContain("钱试验");
    const taken = await site.visitor().post("/register/committee", form);
    expect(taken.status).toBe(409);
    await owner.post("/register/drafts/remove", { submissionKey: key });
    expect((await owner.get("/register")).text).not.toContain(key);
  });
});

describe("before the approval", () => {
  test("a signed-in user sees his registration and nothing else, and corrects it there", async () => {
    const { number, institutionId } = await buildRegistration(
      site.city,
      "property-company",
      await buildBuilding(site.city),
    );
    const user = await institutionVisitor(site, institutionId);
    const own = await user.get("/workbench/registration");
    expect(own.status).toBe(200);
    expect(own.text).toContain("待审核");
    const early = await user.get("/workbench/registration/correction");
    expect(early.headers.location).toBe("/workbench/registration");
    await decideRegistration(site.city, number, "correct", { remark: "合同编号和合同不一致" });
    expect((await user.get("/workbench/registration")).text).toContain("合同编号和合同不一致");
    const form = await user.get("/workbench/registration/correction");
    const { values } = readPage(form.text);
    expect(values["legalPerson"]).toBe("钱试验");
    expect(values["username"]).toBeUndefined();
    const corrected = {
      ...filledForm("property-company", null),
      creditCode: values["creditCode"] ?? "",
      estate1Code: values["estate1Code"] ?? "",
      estate1ContractNo: "试物字 2026-9",
      estate1StartsOn: "2026-01-01",
      estate1EndsOn: "2028-12-31",
      estate1ServiceKind: "elected",
      submissionKey: values["submissionKey"] ?? "",
    };
    const wrong = await user.post("/workbench/registration/correction", {
      ...corrected,
      estate1EndsOn: "",
    });
    expect(wrong.status).toBe(422);
    expect(readPage(wrong.text).values["estate1ContractNo"]).toBe("试物字 2026-9");
    const answer = await user.post("/workbench/registration/correction", corrected);
    expect(answer.headers.location).toBe("/workbench/registration");
    expect((await applicationOf(site.city, number)).state).toBe("submitted");
    expect(await stateOf(site.city, institutionId)).toBe("pending");
  });

  test("a rejected one may still read why", async () => {
    const { number, institutionId } = await buildRegistration(site.city, "developer", null);
    await decideRegistration(site.city, number, "reject", { remark: "要件不真实，不予注册" });
    const user = await institutionVisitor(site, institutionId);
    expect((await user.get("/workbench/registration")).text).toContain("要件不真实，不予注册");
  });

  test("补正 from the status page is for the browser that applied", async () => {
    const { number } = await buildRegistration(site.city, "developer", null);
    await decideRegistration(site.city, number, "correct", { remark: "缺少要件，请补齐" });
    const stranger = await site.visitor().get(`/register/corrections/${number}`);
    expect(stranger.headers.location).toBe(`/applications/${number}`);
  });
});

describe("the fund centre's page of institutions", () => {
  test("asks for a reason, keeps it when it is refused, and refuses a stale act", async () => {
    const admin = await site.staff("admin-demo");
    const { number, institutionId } = await buildRegistration(site.city, "developer", null);
    await approveRegistration(site.city, number);
    const base = `/review/institutions/${institutionId}`;
    expect(
      (await admin.get("/review/institutions?q=%E8%AF%95%E9%AA%8C&kind=developer&state=active"))
        .text,
    ).toContain(base);
    const empty = await admin.post(`${base}/suspend`, { reason: "" });
    expect(empty.status).toBe(422);
    expect(readPage(empty.text).errors).toEqual({ reason: "请填写原因，机构的用户会看到" });
    for (const [name, reason] of HOSTILE) {
      const answer = await admin.post(`${base}/resume`, { reason });
      expect([409, 422], name).toContain(answer.status);
      expect(letsMarkupThrough(answer.text), name).toBe(false);
      const listed = await admin.get(`/review/institutions?q=${encodeURIComponent(reason)}&page=x`);
      expect(listed.status, name).toBe(200);
    }
    const user = await institutionVisitor(site, institutionId);
    expect((await user.get("/workbench/registration")).status).toBe(200);
    const done = await admin.post(`${base}/suspend`, { reason: "核实时发现资料不实" });
    expect(done.headers.location).toBe(`${base}?done=1`);
    expect((await user.get("/workbench/registration")).status).toBe(303);
    const again = await admin.post(`${base}/suspend`, { reason: "核实时发现资料不实" });
    expect(again.status).toBe(409);
    const back = await institutionVisitor(site, institutionId);
    expect((await back.get("/workbench/registration")).text).toContain("核实时发现资料不实");
  });
});
