import { describe, expect, it, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { calculate, questionsOf } from "./rules.ts";
import { calculatorForm } from "./schema.ts";

const TODAY = calendarDate("2026-11-26");
const SETTINGS = { "top-up-trigger-percent": 30, "top-up-target-percent": 50 };

function standard(yuan: number, conditions: Partial<RegisterStandard> = {}): RegisterStandard {
  return {
    id: yuan,
    code: `S${yuan}`,
    name: `标准${yuan}`,
    basis: "AREA",
    coefficientE4: BigInt(yuan) * 10_000n,
    roundTo: "FEN",
    houseUse: "residential",
    hasLift: true,
    floorsFrom: null,
    floorsTo: null,
    effectiveFrom: calendarDate("2024-01-01"),
    effectiveTo: null,
    legalBasis: "《住宅专项维修资金管理办法》第七条",
    ...conditions,
  };
}

const STANDARDS = [
  standard(100, {
    effectiveFrom: calendarDate("2016-01-01"),
    effectiveTo: calendarDate("2023-12-31"),
  }),
  standard(120),
  standard(80, { hasLift: false }),
  standard(90, { houseUse: "parking", hasLift: null }),
];

function ask(typed: Record<string, string>, standards = STANDARDS) {
  const sent = { area: "98.76", houseUse: "residential", lift: "yes", ...typed };
  const parsed = parseForm(calculatorForm(TODAY), sent);
  if (!parsed.ok) return parsed;
  return calculate(parsed.data, { standards, settings: SETTINGS, today: TODAY });
}

describe("what a house is asked for", () => {
  it("is area by standard, with the balances that article 17 makes of it", () => {
    expect(ask({})).toMatchObject({
      ok: true,
      dueFen: fen(1_185_120),
      triggerFen: fen(355_536),
      targetFen: fen(592_560),
    });
  });

  it("goes by the day of the contract, and by today without one", () => {
    expect(ask({ contractDate: "2023-12-31" })).toMatchObject({ dueFen: fen(987_600) });
    expect(ask({ contractDate: "2024-01-01" })).toMatchObject({ dueFen: fen(1_185_120) });
    expect(ask({ contractDate: "" })).toMatchObject({ dueFen: fen(1_185_120) });
  });

  it("names as trigger the smallest balance that is not below it", () => {
    // 0.01 ㎡ × 101 元 = 1.01 元, of which 30 % are 30.3 fen: 30 fen are below, 31 are not.
    expect(ask({ area: "0.01" }, [standard(101)])).toMatchObject({
      dueFen: fen(101),
      triggerFen: fen(31),
      targetFen: fen(50),
    });
  });

  it("asks for the lift only where the standard depends on it", () => {
    expect(ask({ lift: "" })).toMatchObject({
      ok: false,
      errors: { lift: expect.stringContaining("有无电梯") },
    });
    expect(ask({ houseUse: "parking", lift: "" })).toMatchObject({ dueFen: fen(888_840) });
  });

  it("asks for storeys and price where the city's standards go by them", () => {
    const byFloors = [standard(120, { floorsFrom: 7 }), standard(60, { floorsTo: 6 })];
    expect(ask({}, byFloors)).toMatchObject({ errors: { floors: expect.any(String) } });
    expect(ask({ floors: "6" }, byFloors)).toMatchObject({ dueFen: fen(592_560) });
    const byPrice = [standard(0, { basis: "PRICE", coefficientE4: 200n })];
    expect(ask({}, byPrice)).toMatchObject({ errors: { price: expect.any(String) } });
    expect(ask({ price: "1,000,000" }, byPrice)).toMatchObject({ dueFen: fen(2_000_000) });
    expect(questionsOf(byFloors)).toEqual({ asksFloors: true, asksPrice: false });
    expect(questionsOf(byPrice)).toEqual({ asksFloors: false, asksPrice: true });
  });

  it("says so where there is no standard, or two", () => {
    expect(ask({ contractDate: "2015-12-31" })).toMatchObject({
      errors: { "": expect.stringContaining("核定") },
    });
    expect(ask({}, [standard(120), standard(121)])).toMatchObject({
      errors: { "": expect.stringContaining("窗口") },
    });
  });
});

test.each([
  ["９８．７６", "full-width digits"],
  ["98.76㎡", "the unit behind it"],
  [" 98.760 ", "blanks and a third decimal"],
])("the area %s is read: %s", (area) => {
  expect(ask({ area })).toMatchObject({ ok: true, dueFen: fen(1_185_120) });
});

test.each([
  ["", "请填写建筑面积"],
  ["0", "大于 0"],
  ["-3", "大于 0"],
  ["99999999", "不能超过 99999.99"],
  ["abc", "应是数字"],
  ["1e3", "应是数字"],
  ["九十八", "应是数字"],
])("the area %s is refused at its field", (area, words) => {
  expect(ask({ area })).toMatchObject({
    ok: false,
    errors: { area: expect.stringContaining(words) },
  });
});

test("a use that is none, a day of the future and one that never was are refused", () => {
  expect(ask({ houseUse: "palace" })).toMatchObject({ errors: { houseUse: "请选择房屋用途" } });
  expect(ask({ contractDate: "2026-11-27" })).toMatchObject({
    errors: { contractDate: expect.stringContaining("今天之后") },
  });
  expect(ask({ contractDate: "2026-02-30" })).toMatchObject({
    errors: { contractDate: expect.stringContaining("没有这一天") },
  });
});
