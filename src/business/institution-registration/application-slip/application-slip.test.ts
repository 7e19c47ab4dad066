import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSlipCode } from "#src/kernel/slip-code.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { findSlip } from "#src/platform/issued-slips/find-slip.ts";
import { createPrinter } from "#src/platform/pdf/printer.ts";
import { buildBuilding, buildCity, NOW, type TestCity, TODAY } from "#tests/support/builders.ts";
import { readPdf } from "#tests/support/pdf-text.ts";
import { buildRegistration, decideRegistration } from "#tests/support/registration-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { applicationOf } from "#tests/support/unrecorded-builders.ts";
import { currentAgreement } from "../agreement.ts";
import { REGISTRATIONS } from "../descriptor.ts";
import { ESTATES_MAX, estateField } from "../schema.ts";
import { printRegistrationSlip } from "./application-slip.ts";
import { REGISTRATION_APPLICATION_SLIP } from "./application-worth.ts";

const printer = createPrinter();
let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(async () => {
  await printer.close();
  await database?.drop();
});

const deps = () => ({
  personalData: city.personalData,
  printer,
  fundCentreName: "示例市物业专项维修资金管理中心",
  publicUrl: "https://fund.example.invalid",
});

async function print(kind: InstitutionKind, number: string) {
  const application = await applicationOf(city, number);
  const about = { registration: REGISTRATIONS[kind], application };
  return await readPdf(await printRegistrationSlip(deps(), city.db, about, NOW));
}

const squeezed = (words: string) => words.replaceAll(" ", "");

describe("注册申请单", () => {
  test.each(["developer", "property-company", "committee"] as const)(
    "of a %s has number, institution, papers and agreement on one page, and nobody's data in clear",
    async (kind) => {
      const building = await buildBuilding(city);
      const { number } = await buildRegistration(city, kind, building);
      const { pages, text } = await print(kind, number);
      expect(pages).toBe(1);
      for (const words of [
        `${REGISTRATIONS[kind].title}申请单`,
        number,
        "试验物业服务有限公司",
        building.estateCode,
        "孙**",
        "138****7001（没有用短信验证）",
        `第${currentAgreement().version}版`,
        currentAgreement().sha256.toString("hex"),
        ...REGISTRATIONS[kind].documents.map(({ title }) => title),
      ]) {
        expect(text, words).toContain(squeezed(words));
      }
      expect(text).not.toMatch(/13800007001|88886666|110101198506155020|6222000000000001|office@/);
      expect(text.includes("2026-01-01至2028-12-31")).toBe(kind !== "developer");
      expect(text.includes("退款账户")).toBe(kind === "developer");
      expect(text).not.toContain("…");
    },
  );

  test("of a company with ten estates names each with its contract", async () => {
    const buildings = await Promise.all(
      Array.from({ length: ESTATES_MAX }, () => buildBuilding(city)),
    );
    const rows = buildings.flatMap(({ estateCode }, at) => [
      [estateField(at + 1, "Code"), estateCode],
      [estateField(at + 1, "ContractNo"), `试物服合字〔2026〕第 ${at + 1} 号`],
      [estateField(at + 1, "StartsOn"), "2026-01-01"],
      [estateField(at + 1, "EndsOn"), "2028-12-31"],
      [estateField(at + 1, "ServiceKind"), "preliminary"],
    ]);
    const { number } = await buildRegistration(
      city,
      "property-company",
      null,
      Object.fromEntries(rows),
    );
    const { text } = await print("property-company", number);
    for (const [at, { estateCode }] of buildings.entries()) {
      expect(text).toContain(estateCode);
      expect(text).toContain(`试物服合字〔2026〕第${at + 1}号`);
    }
    expect(text).not.toContain("…");
  });

  test("is found by the number and code that stand on it, and is good until the registration is refused", async () => {
    const building = await buildBuilding(city);
    const { number } = await buildRegistration(city, "property-company", building);
    const { text } = await print("property-company", number);
    expect(text).toContain("fund.example.invalid/verify");
    const [, printed = ""] = /防伪码([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text) ?? [];
    const code = readSlipCode(printed);
    if (!code.ok) throw new Error(`no code on the paper: ${printed}`);
    const find = () => findSlip(city.db, city.personalData, { number, code: code.code });
    const slip = await find();
    expect(slip).toMatchObject({
      kind: REGISTRATION_APPLICATION_SLIP.kind,
      datedOn: TODAY,
      amountFen: null,
      party: "试验物业服务有限公司",
      about: expect.stringMatching(
        new RegExp(`^物业服务企业注册：试验花园[0-9]+（${building.estateCode}）$`),
      ),
      isReplaced: false,
    });
    // Printed again it is the same slip.
    expect((await print("property-company", number)).text).toContain(printed);
    expect(await find()).toEqual(slip);
    if (slip === null) throw new Error("no slip");
    const judged = () => REGISTRATION_APPLICATION_SLIP.judge(city.db, slip, NOW);
    const onward = { href: `/applications/${number}`, words: "看办理进度" };
    expect(await judged()).toMatchObject({ isValid: true, label: "有效", onward });
    await decideRegistration(city, number, "reject", { remark: "材料不是本单位的" });
    expect(await judged()).toMatchObject({ isValid: false, label: "没有通过", onward });
  });
});
