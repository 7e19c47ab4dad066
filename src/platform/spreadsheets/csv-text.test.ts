import { expect, test } from "vitest";
import { csvText, textCell } from "./csv-text.ts";

test("rows are quoted, end as spreadsheets expect, and begin with the mark of UTF-8", () => {
  expect(
    csvText([
      ["幢", 'a"b'],
      ["1,2", "x\ny"],
    ]),
  ).toBe('\uFEFF"幢","a""b"\r\n"1,2","x\ny"\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"])(
  "the cell %j stays text",
  (text) => {
    expect(textCell(text)).toBe(`'${text}`);
  },
);

test.each(["12幢", "", "A-1", "1=1"])("the cell %j is left alone", (text) => {
  expect(textCell(text)).toBe(text);
});
