import { expect, test, vi } from "vitest";
import { keepCleaned } from "./keep-cleaned.ts";

test("each version is cleaned once for all who ask, the newest few are kept", async () => {
  const clean = vi.fn(async (body: string) => body.toUpperCase());
  const cleaned = keepCleaned(2, clean);
  const one = { id: 1, version: 1, body: "a" };
  expect(await Promise.all([cleaned(one), cleaned(one), cleaned(one)])).toEqual(["A", "A", "A"]);
  expect(clean).toHaveBeenCalledTimes(1);
  expect(await cleaned({ ...one, version: 2, body: "b" })).toBe("B");
  expect(await cleaned({ ...one, id: 2, body: "c" })).toBe("C");
  expect(clean).toHaveBeenCalledTimes(3);
  await cleaned({ ...one, id: 2, body: "c" });
  expect(clean).toHaveBeenCalledTimes(3);
  await cleaned(one);
  expect(clean).toHaveBeenCalledTimes(4);
});

test("another text under the same number is never answered with the old one", async () => {
  const cleaned = keepCleaned(2, async (body) => body);
  expect(await cleaned({ id: 1, version: 1, body: "a" })).toBe("a");
  expect(await cleaned({ id: 1, version: 1, body: "b" })).toBe("b");
});

test("a failure is not kept", async () => {
  const clean = vi.fn(async (body: string) => body);
  clean.mockRejectedValueOnce(new Error("no database"));
  const cleaned = keepCleaned(2, clean);
  const one = { id: 1, version: 1, body: "a" };
  await expect(cleaned(one)).rejects.toThrow("no database");
  expect(await cleaned(one)).toBe("a");
});
