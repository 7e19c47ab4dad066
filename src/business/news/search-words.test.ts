import { expect, test } from "vitest";
import { readQuery, searchWords } from "./search-words.ts";

test.each([
  ["維修", ["维修"]],
  ["電梯維修", ["电梯", "维修"]],
  ["ＷＥＢ 網點", ["web", "网点"]],
  ["<strong>退款</strong>", ["退款"]],
  ["退 款", ["退款"]],
  ["公积金", ["公积金"]],
  ["电梯的退款", ["电梯", "退款"]],
  ["的", ["的"]],
])("%s is looked for as %j", (typed, words) => {
  expect(searchWords(readQuery(typed))).toEqual(words);
});

test.each(["", "\u200b", "\u200b\ufeff \u3000", "\u2060"])("%j is nothing typed", (typed) => {
  expect(readQuery(typed)).toBe("");
});
