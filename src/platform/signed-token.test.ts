import { expect, it } from "vitest";
import { createSignedTokens } from "./signed-token.ts";

const now = new Date("2026-11-23T02:00:00Z");
const later = new Date("2026-11-23T02:10:00Z");
const tokens = createSignedTokens(Buffer.alloc(32, 7));

it("gives back the text of its own token until the token is over", () => {
  const token = tokens.make("look-up", "SL0126-12-3-0502", later);
  expect(tokens.read("look-up", token, now)).toBe("SL0126-12-3-0502");
  expect(tokens.read("look-up", token, later)).toBeNull();
});

it("refuses a token of another purpose, another key, or with one character changed", () => {
  const token = tokens.make("look-up", "甲", later);
  expect(tokens.read("verified", token, now)).toBeNull();
  expect(createSignedTokens(Buffer.alloc(32, 8)).read("look-up", token, now)).toBeNull();
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === "a" ? "b" : "a";
    expect(
      tokens.read("look-up", token.slice(0, at) + other + token.slice(at + 1), now),
    ).toBeNull();
  }
});

it.each([undefined, "", "x", "..", "a.b.c"])("refuses %j as a token", (token) => {
  expect(tokens.read("look-up", token, now)).toBeNull();
});
