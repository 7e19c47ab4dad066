import { describe, expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { Twin } from "#src/register/find-twins.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { readUnrecordedForm } from "./read-form.ts";
import { adviseOnTwin, documentRules, judgeForm } from "./rules.ts";
import type { UnrecordedForm } from "./schema.ts";

const TODAY = calendarDate("2026-11-23");

function standard(changes: Partial<RegisterStandard>): RegisterStandard {
  return {
    id: 1,
    code: "SL2024-LIFT",
    name: "有电梯住宅",
    basis: "AREA",
    coefficientE4: 1_200_000n,
    roundTo: "FEN",
    houseUse: "residential",
    hasLift: true,
    floorsFrom: null,
    floorsTo: null,
    effectiveFrom: calendarDate("2024-01-01"),
    effectiveTo: null,
    legalBasis: "（示例）",
    ...changes,
  };
}

const OLD = standard({
  id: 2,
  code: "SL2016-LIFT",
  coefficientE4: 1_000_000n,
  effectiveFrom: calendarDate("2016-01-01"),
  effectiveTo: calendarDate("2023-12-31"),
});

function form(changes: Record<string, string> = {}): UnrecordedForm {
  const typed = {
    building: "12幢",
    room: "502",
    floor: "5",
    floors: "18",
    houseUse: "residential",
    houseNature: "commodity",
    lift: "yes",
    areaKind: "forecast",
    area: "98.76",
    coOwnership: "sole",
    owner1Name: "张示例",
    owner1DocumentKind: "resident-id",
    owner1DocumentNo: "110101198506155020",
    owner1Phone: "13800005678",
    ...changes,
  };
  const read = readUnrecordedForm(typed, TODAY);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.data;
}

const register = { building: null, standards: [standard({}), OLD], today: TODAY };

describe("what an unrecorded house is asked for", () => {
  it("is area × the standard of the day of its contract, today's where there is none", () => {
    expect(judgeForm(form(), register)).toMatchObject({ ok: true, dueFen: fen(1_185_120n) });
    expect(judgeForm(form({ contractDate: "2020-05-01" }), register)).toMatchObject({
      ok: true,
      standard: { code: "SL2016-LIFT" },
      dueFen: fen(987_600n),
    });
  });

  it("is nothing that can be computed without a standard: the fund centre has to fix one", () => {
    const judged = judgeForm(form({ contractDate: "2010-05-01" }), register);
    expect(judged).toEqual({ ok: false, errors: { "": expect.stringContaining("核定标准") } });
  });

  it("is a share of the price where the standard goes by it, and asks for the price", () => {
    const byPrice = [standard({ basis: "PRICE", coefficientE4: 200n })];
    const view = { ...register, standards: byPrice };
    expect(judgeForm(form(), view)).toEqual({
      ok: false,
      errors: { price: expect.stringContaining("购房总价") },
    });
    expect(judgeForm(form({ price: "1234567.89" }), view)).toMatchObject({
      ok: true,
      dueFen: fen(2_469_136n),
    });
  });

  it("has to agree with the storeys and the lift of a building on record", () => {
    const building = { id: 1, label: "12幢", floors: 11, has_lift: false };
    const judged = judgeForm(form(), { ...register, building });
    expect(judged.ok ? [] : Object.keys(judged.errors)).toEqual(["floors", "lift"]);
    const unknown = { ...building, floors: null, has_lift: null };
    expect(judgeForm(form(), { ...register, building: unknown }).ok).toBe(true);
  });
});

it("asks for the papers that the form makes necessary", () => {
  const required = (rules: ReturnType<typeof documentRules>) =>
    rules.filter(({ isRequired }) => isRequired).map(({ code }) => code);
  const none = { isPriceBased: false, isMeasured: false, hasOtherPayer: false };
  expect(required(documentRules(none))).toEqual(["purchase-contract", "identity-card"]);
  expect(
    required(documentRules({ isPriceBased: true, isMeasured: true, hasOtherPayer: true })),
  ).toEqual([
    "purchase-contract",
    "identity-card",
    "area-survey",
    "purchase-invoice",
    "authorisation-letter",
  ]);
});

describe("a house that is there already", () => {
  const twin: Twin = {
    by: "address",
    estateId: 1,
    houseId: 2n,
    code: "SL0126-12-3-0502",
    address: "示例花园 12幢 3单元 502",
    status: "recorded",
  };

  it("leads to 业主交款 of that house", () => {
    for (const by of ["address", "contract", "real-estate-unit"] as const) {
      const { link } = adviseOnTwin({ ...twin, by }, null);
      expect(link).toEqual({ href: "/deposit/SL0126-12-3-0502", words: "交款" });
    }
  });

  it("leads to the application where it is this browser's own, and to none where it is another's", () => {
    const provisional = { ...twin, status: "provisional" } as const;
    const own = adviseOnTwin(provisional, "122611230482719533");
    expect(own.link?.href).toBe("/applications/122611230482719533");
    const other = adviseOnTwin(provisional, null);
    expect(other.link).toBeNull();
    // Nobody learns of somebody else's application more than that there is one.
    expect(other.text).not.toContain(twin.code);
  });

  it("is not paid for once it is closed", () => {
    expect(adviseOnTwin({ ...twin, status: "closed" }, null)).toMatchObject({ link: null });
  });
});
