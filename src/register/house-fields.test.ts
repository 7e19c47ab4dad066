import { expect, test } from "vitest";
import { roundedAreaSentence } from "./house-fields.ts";

test("whoever types a third decimal is told what it became, and nobody else", () => {
  expect(roundedAreaSentence("98.765")).toBe("您填的是 98.765，四舍五入到两位小数，按 98.77 ㎡ 算");
  expect(roundedAreaSentence("９８．７６４㎡")).toContain("按 98.76 ㎡ 算");
  for (const text of ["98.76", "98.760", "", "abc", "-98.765"]) {
    expect(roundedAreaSentence(text)).toBeNull();
  }
});
