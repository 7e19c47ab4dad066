import { expect, test } from "vitest";
import { judgeTopUp } from "./top-up-worth.ts";

const CODE = "SL0126-12-3-0501";

test("a notice leads to paying only while its house is below the line", () => {
  expect(judgeTopUp("below-trigger", CODE)).toMatchObject({
    isValid: true,
    onward: { href: `/deposit/${CODE}` },
  });
});

test.each([
  ["paid-in-full", "已不需要续交"],
  ["exempt", "已不需要续交"],
  ["unpaid", "情况已变化"],
  ["part-paid", "情况已变化"],
  ["no-standard", "情况已变化"],
  ["closed", "情况已变化"],
  [null, "情况已变化"],
] as const)(
  "of a house that is %s it is over, and the address of the house is kept back",
  (standing, label) => {
    const judged = judgeTopUp(standing, CODE);
    expect(judged).toMatchObject({ isValid: false, label });
    expect(JSON.stringify(judged)).not.toContain(CODE);
  },
);
