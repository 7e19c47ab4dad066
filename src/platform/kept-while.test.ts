import { expect, test } from "vitest";
import { keptWhile } from "./kept-while.ts";

function keeper(overrides: { keysMax?: number; fails?: () => boolean } = {}) {
  const at = { now: 0 };
  const asked: string[] = [];
  const options = { clock: () => new Date(at.now), ms: 1_000, keysMax: overrides.keysMax ?? 10 };
  const read = keptWhile(options, async (key) => {
    asked.push(key);
    if (overrides.fails?.()) throw new Error("away");
    return `${key}${asked.length}`;
  });
  return { at, asked, read };
}

test("an answer is kept while its mark stays and its time has not come", async () => {
  const { at, asked, read } = keeper();
  expect([await read("a", "1"), await read("a", "1"), await read("b", "1")]).toEqual([
    "a1",
    "a1",
    "b2",
  ]);
  expect(await read("a", "2")).toBe("a3");
  at.now = 1_000;
  expect(await read("a", "2")).toBe("a4");
  expect(asked).toEqual(["a", "b", "a", "a"]);
});

test("many who ask at once share one load", async () => {
  const { asked, read } = keeper();
  await Promise.all([read("a", "1"), read("a", "1"), read("a", "1")]);
  expect(asked).toEqual(["a"]);
});

test("a failure is told to whoever asked, and the next one tries again", async () => {
  let isAway = true;
  const { read } = keeper({ fails: () => isAway });
  await expect(read("a", "1")).rejects.toThrow("away");
  isAway = false;
  expect(await read("a", "1")).toBe("a2");
});

test("of too many keys the one that was asked for longest ago is forgotten", async () => {
  const { asked, read } = keeper({ keysMax: 2 });
  for (const key of ["1", "2", "1", "3", "1", "2"]) await read(key, "");
  expect(asked).toEqual(["1", "2", "3", "2"]);
});
