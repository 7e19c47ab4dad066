import { expect, test } from "vitest";
import { daysWaiting } from "./rules.ts";

test("money waits by Shanghai's days, whatever the hour", () => {
  const late = new Date("2026-11-22T15:59:00Z"); // 23:59 in Shanghai
  expect(daysWaiting(late, new Date("2026-11-22T15:59:30Z"))).toBe(0);
  expect(daysWaiting(late, new Date("2026-11-22T16:00:00Z"))).toBe(1);
  expect(daysWaiting(late, new Date("2026-12-22T04:00:00Z"))).toBe(30);
});
