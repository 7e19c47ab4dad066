import { expect, it } from "vitest";
import { cached } from "./cached.ts";

function setUp(load: () => Promise<number>) {
  let now = new Date("2026-11-23T00:00:00Z").getTime();
  const read = cached(() => new Date(now), 1_000, load);
  const pass = (ms: number) => {
    now += ms;
  };
  return { read, pass };
}

it("asks once for all who ask within the time, and again afterwards", async () => {
  let loads = 0;
  const { read, pass } = setUp(async () => ++loads);
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  pass(999);
  expect(await read()).toBe(1);
  pass(1);
  expect(await read()).toBe(2);
});

it("keeps the last good answer while loading fails, and tells of a failure when it has none", async () => {
  let isAway = true;
  const { read, pass } = setUp(async () => {
    if (isAway) throw new Error("database away");
    return 7;
  });
  await expect(read()).rejects.toThrow("database away");
  isAway = false;
  pass(1_000);
  expect(await read()).toBe(7);
  isAway = true;
  pass(1_000);
  expect(await read()).toBe(7);
});
