import { afterEach, beforeEach, expect, vi } from "vitest";

/** A test that prints a warning or an error has found something: it fails until that is looked at. */
const NOISE = ["error", "warn"] as const;

beforeEach(() => {
  for (const kind of NOISE) vi.spyOn(console, kind).mockImplementation(() => {});
});

afterEach(() => {
  for (const kind of NOISE) {
    const spy = vi.mocked(console[kind]);
    const printed = spy.mock.calls.map((words) => words.join(" "));
    spy.mockRestore();
    expect(printed, `printed by console.${kind}`).toEqual([]);
  }
});
