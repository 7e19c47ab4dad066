import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkApplicationNumber,
  groupNumber,
  makeApplicationNumber,
} from "./application-number.ts";
import { calendarDate } from "./calendar-date.ts";

fc.configureGlobal({ seed: 20_261_123 });

const day = calendarDate("2026-11-23");
const number = makeApplicationNumber("11", day, "048271953");
const ninths = fc.stringMatching(/^[0-9]{9}$/);

describe("making an application's number", () => {
  it("composes kind, day, random digits and check digit", () => {
    expect(number).toMatch(/^11261123048271953[0-9]$/);
  });

  it("throws on parts of another shape", () => {
    expect(() => makeApplicationNumber("1", day, "048271953")).toThrow(RangeError);
    expect(() => makeApplicationNumber("11", day, "48271953")).toThrow(RangeError);
    expect(() => makeApplicationNumber("11", day, "04827195x")).toThrow(RangeError);
  });

  it("makes only numbers that pass its own check", () => {
    fc.assert(
      fc.property(ninths, (nineDigits) => {
        const made = makeApplicationNumber("21", day, nineDigits);
        expect(checkApplicationNumber(made)).toEqual({ ok: true, number: made });
        expect(checkApplicationNumber(groupNumber(made))).toEqual({ ok: true, number: made });
      }),
    );
  });
});

describe("reading an application's number", () => {
  it("drops blanks and dashes and converts full-width digits", () => {
    const wide = [...groupNumber(number)].map((character) =>
      character === " " ? "－" : String.fromCharCode(character.charCodeAt(0) + 0xfee0),
    );
    expect(checkApplicationNumber(` ${wide.join("")}\u3000`)).toEqual({ ok: true, number });
  });

  it("tells an empty field from a wrong one", () => {
    expect(checkApplicationNumber("")).toEqual({ ok: false, reason: "empty" });
    expect(checkApplicationNumber(" - ")).toEqual({ ok: false, reason: "empty" });
    expect(checkApplicationNumber("11A6")).toEqual({ ok: false, reason: "not-digits" });
    expect(checkApplicationNumber("1e17")).toEqual({ ok: false, reason: "not-digits" });
    expect(checkApplicationNumber("1126\0")).toEqual({ ok: false, reason: "not-digits" });
  });

  it("counts the digits of a number that is too short or too long", () => {
    expect(checkApplicationNumber("1126 1123 0482 7195 3")).toEqual({
      ok: false,
      reason: "length",
      digits: 17,
    });
    expect(checkApplicationNumber("1".repeat(10_000))).toEqual({
      ok: false,
      reason: "length",
      digits: 10_000,
    });
  });

  it("finds every single wrong digit", () => {
    fc.assert(
      fc.property(
        ninths,
        fc.nat({ max: 17 }),
        fc.integer({ min: 1, max: 9 }),
        (nineDigits, index, shift) => {
          const typed = [...makeApplicationNumber("11", day, nineDigits)];
          typed[index] = String((Number(typed[index]) + shift) % 10);
          expect(checkApplicationNumber(typed.join(""))).toEqual({
            ok: false,
            reason: "check-digit",
            digits: 18,
          });
        },
      ),
    );
  });
});

describe("grouping a number", () => {
  it("parts it by fours and leaves no blank at the end", () => {
    expect(groupNumber("112611230482719537")).toBe("1126 1123 0482 7195 37");
    expect(groupNumber("11261123")).toBe("1126 1123");
    expect(groupNumber("")).toBe("");
  });
});
