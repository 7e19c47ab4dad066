import { describe, expect, test } from "vitest";
import { openPersonalData } from "../personal-data.ts";
import { groupCode, isSameCode, makeSlipCode, readSlipCode, type SlipCode } from "./slip-code.ts";

const personalData = openPersonalData(Buffer.alloc(32, 7));
const slip = {
  kind: "payment-notice",
  number: "112611230482719537",
  contentHash: Buffer.alloc(32, 1),
};
const code = makeSlipCode(personalData, slip);

describe("the code of a slip", () => {
  test("has twelve characters that nobody mistakes for another", () => {
    const codes = Array.from({ length: 200 }, (_, at) =>
      makeSlipCode(personalData, { ...slip, contentHash: Buffer.alloc(32, at) }),
    );
    for (const one of codes) expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(new Set(codes).size).toBe(200);
    // Every place takes many letters: no bit is lost on the way.
    for (let at = 0; at < 12; at += 1) {
      expect(new Set(codes.map((one) => one[at])).size).toBeGreaterThan(20);
    }
  });

  test("is the same for the same content, another for any other and for another key", () => {
    expect(makeSlipCode(personalData, { ...slip })).toBe(code);
    const others = [
      makeSlipCode(personalData, { ...slip, kind: "refund-application" }),
      makeSlipCode(personalData, { ...slip, number: "112611230482719538" }),
      makeSlipCode(personalData, { ...slip, contentHash: Buffer.alloc(32, 2) }),
      makeSlipCode(openPersonalData(Buffer.alloc(32, 8)), slip),
    ];
    for (const other of others) expect(isSameCode(other, code)).toBe(false);
    expect(isSameCode(makeSlipCode(personalData, slip), code)).toBe(true);
  });
});

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
    const grouped = groupCode(code);
    expect(grouped).toMatch(/^(.{4})-(.{4})-(.{4})$/);
    expect(readSlipCode(grouped)).toEqual({ ok: true, code: code satisfies SlipCode });
  });
});
