import { expect, test } from "vitest";
import { ratioTable, withSection } from "./report.ts";

test("a section is added once and then replaced, leaving the others as they are", () => {
  const first = withSection("# Performance\n", "pages", "old figures");
  const second = withSection(withSection(first, "search", "others"), "pages", "new figures");
  expect(second).not.toContain("old figures");
  expect(second.match(/new figures/g)).toHaveLength(1);
  expect(second).toContain("others");
  expect(second.startsWith("# Performance\n")).toBe(true);
});

test("a ratio below its aim is shown as missed", () => {
  const ratios = [
    { name: "R4", value: 0.3, bar: 0.25 },
    { name: "R5", value: 0.1, bar: 0.15 },
  ];
  expect(ratioTable(ratios).split("\n").slice(2)).toEqual([
    "| R4 | 0.30 | ≥ 0.25 | yes |",
    "| R5 | 0.10 | ≥ 0.15 | **no** |",
  ]);
});
