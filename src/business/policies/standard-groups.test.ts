import { expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { groupStandards } from "./standard-groups.ts";

let ids = 0;
const standard = (name: string, more: Partial<RegisterStandard>): RegisterStandard => ({
  id: ++ids,
  code: `S${ids}`,
  name,
  basis: "AREA",
  coefficientE4: 1_000_000n,
  roundTo: "FEN",
  houseUse: null,
  hasLift: null,
  floorsFrom: null,
  floorsTo: null,
  effectiveFrom: calendarDate("2024-01-01"),
  effectiveTo: null,
  legalBasis: "示例",
  ...more,
});
const words = (standards: RegisterStandard[]) =>
  groupStandards(standards).map(({ name, uses, text }) => [name, uses.length, text]);

test("what differs in the use alone is one row", () => {
  const shop = standard("非住宅（商业）", { houseUse: "commercial" });
  const office = standard("非住宅（办公）", { houseUse: "office" });
  const flat = standard("有电梯住宅", { houseUse: "residential", hasLift: true });
  expect(words([flat, shop, office])).toEqual([
    ["有电梯住宅", 1, "100.00 元/㎡"],
    ["非住宅", 2, "100.00 元/㎡"],
  ]);
  expect(words([shop])).toEqual([["非住宅（商业）", 1, "100.00 元/㎡"]]);
});

test.each<[string, Partial<RegisterStandard>]>([
  ["another price", { coefficientE4: 850_000n }],
  ["another lift", { hasLift: true }],
  ["other floors", { floorsFrom: 7 }],
  ["another rounding", { roundTo: "YUAN" }],
  ["any use", { houseUse: null }],
])("%s stays by itself", (_, more) => {
  const shop = standard("非住宅（商业）", { houseUse: "commercial" });
  const other = standard("非住宅（办公）", { houseUse: "office", ...more });
  expect(groupStandards([shop, other])).toHaveLength(2);
});
