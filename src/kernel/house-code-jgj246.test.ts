import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNationalHouseCode, makeNationalHouseCode } from "./house-code-jgj246.ts";

fc.configureGlobal({ seed: 20_261_123 });

const VECTORS = [
  "2201020012010**00000100015",
  "21010600920150600001201019",
  "31011501000010002000300042",
];

describe("national house codes", () => {
  it.each(VECTORS)("accepts %s", (code) => {
    expect(checkNationalHouseCode(code)).toEqual({ ok: true, code });
    expect(makeNationalHouseCode(code.slice(0, 25))).toBe(code);
  });

  it("accepts full-width digits and blanks", () => {
    expect(checkNationalHouseCode("２２０１０２００１ 2010＊＊ 000001 0001 5")).toEqual({
      ok: true,
      code: VECTORS[0],
    });
  });

  it.each([
    ["", { reason: "empty" }],
    ["2201020012010**0000010001", { reason: "length", length: 25 }],
    ["2".repeat(10_000), { reason: "length", length: 10_000 }],
    ["22010200A2010**00000100015", { reason: "characters" }],
    ["22010200*2010**00000100015", { reason: "characters" }],
    ["2201020012010**000001000*5", { reason: "characters" }],
    ["2201020012010**0000010001*", { reason: "characters" }],
    ["2201020012010**00000100016", { reason: "check-digit" }],
  ])("refuses %j", (text, refusal) => {
    expect(checkNationalHouseCode(text)).toEqual({ ok: false, ...refusal });
  });

  it.each(["2010*1000001", "*01012000001", "2010**000000", "2010130000*1", "20101*00000*"])(
    "refuses the building part %s",
    (building) => {
      const code = `220102001${building}00010`;
      expect(checkNationalHouseCode(code)).toEqual({ ok: false, reason: "building" });
    },
  );

  it.each(["2010**000001", "20101*000001", "201***000001", "******000001", "20100*000001"])(
    "knows the building part %s",
    (building) => {
      expect(makeNationalHouseCode(`220102001${building}0001`)).toContain(building);
    },
  );

  it("refuses house 0000", () => {
    expect(checkNationalHouseCode("22010200120100100000100000")).toEqual({
      ok: false,
      reason: "house",
    });
  });

  it("finds every single wrong digit", () => {
    const bodies = fc.stringMatching(/^[0-9]{21}[1-9][0-9]{3}$/);
    fc.assert(
      fc.property(
        bodies,
        fc.nat({ max: 25 }),
        fc.integer({ min: 1, max: 9 }),
        (body, index, shift) => {
          const digits = [...makeNationalHouseCode(body)];
          digits[index] = String((Number(digits[index]) + shift) % 10);
          expect(checkNationalHouseCode(digits.join("")).ok).toBe(false);
        },
      ),
    );
  });

  it("throws on parts that are not those of a house code", () => {
    expect(() => makeNationalHouseCode("123")).toThrow(RangeError);
    expect(() => makeNationalHouseCode("0".repeat(25))).toThrow(RangeError);
  });
});
