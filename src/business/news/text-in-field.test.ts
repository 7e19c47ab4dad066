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

test("a long text of nothing but tags is written whole", () => {
  expect(textInField("<b>&".repeat(50_000))).toBe("&lt;b>&amp;".repeat(50_000));
});
