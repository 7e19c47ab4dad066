import { describe, expect, test } from "vitest";
import { openPersonalData } from "../personal-data.ts";
import { isSameCode, makeSlipCode } from "./make-slip-code.ts";

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
