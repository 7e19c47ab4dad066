import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCreditCode, creditCodeCheckCharacter } from "./credit-code.ts";

fc.configureGlobal({ seed: 20_261_123 });

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const codes = fc
  .stringMatching(/^[159][1-3][1-6][0-9]{5}[0-9A-HJ-NP-RTUWXY]{9}$/)
  .map((body) => body + creditCodeCheckCharacter(body));

describe("unified social credit codes", () => {
  it.each(["91350100M000100Y43", "912201021107043410"])("accepts %s", (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true, code });
  });

  it("accepts lower case, full width and blanks", () => {
    expect(checkCreditCode(" 91350100 m000100y43\u3000")).toEqual({
      ok: true,
      code: "91350100M000100Y43",
    });
    expect(checkCreditCode("９１３５０１００Ｍ０００１００Ｙ４３").ok).toBe(true);
  });

  it.each([
    ["", { reason: "empty" }],
    ["91350100M000100Y4", { reason: "length", length: 17 }],
    ["9".repeat(10_000), { reason: "length", length: 10_000 }],
    ["91350100M0001O0Y43", { reason: "characters" }],
    ["91350100I000100Y43", { reason: "characters" }],
    ["9135A100M000100Y43", { reason: "characters" }],
    ["示例置业有限公司", { reason: "characters" }],
    ["91350100M000100Y4\0", { reason: "characters" }],
    ["91350100M000100Y44", { reason: "check-digit" }],
    ["912201021107043411", { reason: "check-digit" }],
  ])("refuses %j", (text, refusal) => {
    expect(checkCreditCode(text)).toEqual({ ok: false, ...refusal });
  });

  it("finds every single wrong character, also where the check character is 0", () => {
    fc.assert(
      fc.property(
        codes,
        fc.nat({ max: 17 }),
        fc.integer({ min: 1, max: 30 }),
        (code, index, shift) => {
          expect(checkCreditCode(code)).toEqual({ ok: true, code });
          const wrong = [...code];
          wrong[index] = ALPHABET.charAt((ALPHABET.indexOf(code.charAt(index)) + shift) % 31);
          expect(checkCreditCode(wrong.join("")).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("computes no check character for other text", () => {
    expect(() => creditCodeCheckCharacter("123")).toThrow(RangeError);
  });
});
