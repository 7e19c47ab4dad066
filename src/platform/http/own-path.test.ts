import { expect, test } from "vitest";
import { readOwnPath } from "./own-path.ts";

test("a path of our own is come back to, with its query", () => {
  expect(readOwnPath("/fund/SL0126-12-3-0502?x=1&y=%E7%A4%BA")).toBe(
    "/fund/SL0126-12-3-0502?x=1&y=%E7%A4%BA",
  );
  expect(readOwnPath("/fund?q=示例")).toBe("/fund?q=%E7%A4%BA%E4%BE%8B");
  expect(readOwnPath("/")).toBe("/");
});

test.each([
  ["nothing", undefined],
  ["an empty text", ""],
  ["another site", "https://example.org/"],
  ["another site without its scheme", "//example.org"],
  ["another site after a backslash", "/\\example.org"],
  ["a line break", "/me\r\nset-cookie: a=b"],
  ["a script", "javascript:alert(1)"],
  ["a path without its start", "me"],
  ["what is too long", `/${"x".repeat(2_000)}`],
])("%s is not", (_what, text) => {
  expect(readOwnPath(text)).toBeNull();
});
