import { describe, expect, test } from "vitest";
import { readQuestion } from "./schema.ts";

const NUMBER = "112611230482719537";

describe("what is asked about a slip", () => {
  test.each([
    ["as printed", "1126 1123 0482 7195 37", "7K3M-9QXA-2VTB"],
    ["in one piece and small letters", NUMBER, "7k3m9qxa2vtb"],
    ["in full width", "１１２６１１２３０４８２７１９５３７", "７Ｋ３Ｍ－９ＱＸＡ－２ＶＴＢ"],
  ])("is read %s", (_, number, code) => {
    expect(readQuestion({ number, code })).toEqual({
      ok: true,
      number: NUMBER,
      code: "7K3M9QXA2VTB",
    });
  });

  test.each([
    ["", "请填写单据上的 18 位编号"],
    ["1126", "编号应是 18 位数字，现在是 4 位，请对照单据再看一遍"],
    ["112611230482719538", "编号有一位不对，请对照单据再看一遍"],
    ["SL0126-2026Q3-1", "编号只有数字，请对照单据再输入"],
  ])("with the number %j is refused: %s", (number, sentence) => {
    const read = readQuestion({ number, code: "7K3M-9QXA-2VTB" });
    expect(read).toEqual({ ok: false, errors: { number: sentence } });
  });

  test.each([
    ["", "请填写二维码旁边的 12 位防伪码"],
    ["7K3M-9QXA", "防伪码应是 12 位，现在是 8 位，请对照单据再看一遍"],
    ["7K3M-9QXA-2VTU", "防伪码只有数字和字母，没有字母 U，请对照单据再输入"],
    ["7K3M 9QXA 2VT\0", "防伪码只有数字和字母，没有字母 U，请对照单据再输入"],
  ])("with the code %j is refused: %s", (code, sentence) => {
    expect(readQuestion({ number: NUMBER, code })).toEqual({
      ok: false,
      errors: { code: sentence },
    });
  });

  test("with nothing at all is refused at both fields", () => {
    const read = readQuestion({ number: " ", code: "　" });
    expect(read).toMatchObject({
      ok: false,
      errors: { number: expect.any(String), code: expect.any(String) },
    });
  });
});
