import { describe, expect, test } from "vitest";
import { groupCode, readSlipCode, type SlipCode } from "./slip-code.ts";

describe("a typed code", () => {
  test.each([
    ["grouped as printed", "7K3M-9QXA-2VTB"],
    ["in lower case with blanks", " 7k3m 9qxa 2vtb "],
    ["in full width with a long dash", "７Ｋ３Ｍ—９ｑｘａ－２ＶＴＢ"],
    ["pasted with a zero-width blank", "7K3M9QXA\u200b2VTB"],
  ])("is read %s", (_, typed) => {
    expect(readSlipCode(typed)).toEqual({ ok: true, code: "7K3M9QXA2VTB" });
  });

  test("is forgiven O for 0 and I or l for 1", () => {
    expect(readSlipCode("OoIil1-000000")).toEqual({ ok: true, code: "001111000000" });
  });

  test.each([
    ["", "empty", 0],
    ["　", "empty", 0],
    ["7K3M-9QXA-2VT", "length", 11],
    ["7K3M-9QXA-2VTB-0", "length", 13],
    ["7K3M-9QXA-2VTU", "characters", 12],
    ["7K3M-9QXA-2V*B", "characters", 12],
    ["防伪码", "characters", 3],
  ])("%j is refused as %s", (typed, reason, length) => {
    expect(readSlipCode(typed)).toEqual({ ok: false, reason, length });
  });

  test("comes back from its groups", () => {
    const grouped = groupCode("7K3M9QXA2VTB" as SlipCode);
    expect(grouped).toBe("7K3M-9QXA-2VTB");
    expect(readSlipCode(grouped)).toEqual({ ok: true, code: "7K3M9QXA2VTB" });
  });
});
