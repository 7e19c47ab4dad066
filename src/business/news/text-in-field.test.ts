import { expect, test } from "vitest";
import { textInField } from "./text-in-field.ts";

test.each([
  ["", ""],
  ["字 “引” > '一'", "字 “引” > '一'"],
  ["</textarea><p>甲 &amp; 乙</p>\n", "&lt;/textarea>&lt;p>甲 &amp;amp; 乙&lt;/p>\n"],
  ["\ud83c\udfe0<", "\ud83c\udfe0&lt;"],
])("%j stands in a field as %j", (text, written) => {
  expect(textInField(text)).toBe(written);
});

test("ten megabytes of tags are written in a moment", () => {
  const text = "<b>".repeat(3_300_000);
  const from = performance.now();
  expect(textInField(text).length).toBe(19_800_000);
  // A quarter of a second on a machine at rest.
  expect(performance.now() - from).toBeLessThan(3_500);
});
