import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasMod11And10CheckDigit, mod11And10CheckDigit } from "./iso7064.ts";

fc.configureGlobal({ seed: 20_261_123 });

const digitStrings = fc.stringMatching(/^[0-9]{1,30}$/);

describe("ISO 7064 MOD 11,10", () => {
  it("computes the standard's own example", () => {
    expect(mod11And10CheckDigit("0794")).toBe("5");
    expect(hasMod11And10CheckDigit("07945")).toBe(true);
  });

  it("accepts what it completed and refuses every other check digit", () => {
    fc.assert(
      fc.property(digitStrings, (body) => {
        const accepted = [..."0123456789"].filter((digit) => hasMod11And10CheckDigit(body + digit));
        expect(accepted).toEqual([mod11And10CheckDigit(body)]);
      }),
    );
  });

  it("finds every single wrong digit", () => {
    fc.assert(
      fc.property(digitStrings, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const whole = [...(body + mod11And10CheckDigit(body))];
        const index = at % whole.length;
        whole[index] = String((Number(whole[index]) + shift) % 10);
        expect(hasMod11And10CheckDigit(whole.join(""))).toBe(false);
      }),
    );
  });

  it("throws on anything but digits and never accepts them", () => {
    expect(() => mod11And10CheckDigit("")).toThrow(RangeError);
    expect(() => mod11And10CheckDigit("12a")).toThrow(RangeError);
    expect(hasMod11And10CheckDigit("")).toBe(false);
    expect(hasMod11And10CheckDigit("5")).toBe(false);
    expect(hasMod11And10CheckDigit("079a5")).toBe(false);
  });
});
