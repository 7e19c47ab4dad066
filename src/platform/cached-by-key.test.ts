import { expect, test } from "vitest";
import { cachedByKey } from "./cached-by-key.ts";

test("each key is loaded once while its answer is fresh, and again afterwards", async () => {
  let now = 0;
  const asked: string[] = [];
  const clock = () => new Date(now);
  const read = cachedByKey({ clock, ms: 1_000, keysMax: 10 }, async (key: string) => {
    asked.push(key);
    return `${key}${asked.length}`;
  });
  expect([await read("a"), await read("b"), await read("a")]).toEqual(["a1", "b2", "a1"]);
  now = 1_000;
  expect(await read("a")).toBe("a3");
  expect(asked).toEqual(["a", "b", "a"]);
});

test("of too many keys the one that was asked for longest ago is forgotten", async () => {
  const asked: number[] = [];
  const clock = () => new Date(0);
  const read = cachedByKey({ clock, ms: 1_000, keysMax: 2 }, async (key: number) => {
    asked.push(key);
  });
  for (const key of [1, 2, 1, 3, 1, 2]) await read(key);
  expect(asked).toEqual([1, 2, 3, 2]);
});
