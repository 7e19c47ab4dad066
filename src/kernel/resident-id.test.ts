import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, calendarDate } from "./calendar-date.ts";
import {
  birthDateOf,
  checkResidentId,
  residentIdCheckCharacter,
  residentIdOfOldNumber,
} from "./resident-id.ts";

fc.configureGlobal({ seed: 20_261_123 });

const ids = fc
  .tuple(
    fc.constantFrom("110105", "220102", "440524", "810000", "659001"),
    fc.integer({ min: 0, max: 45_000 }),
    fc.stringMatching(/^[0-9]{3}$/),
  )
  .map(([division, days, serial]) => {
    const birth = addDays(calendarDate("1900-01-01"), days).replaceAll("-", "");
    const body = division + birth + serial;
    return body + residentIdCheckCharacter(body);
  });

describe("identity numbers", () => {
  it.each([
    ["11010519491231002X", "11010519491231002X"],
    ["11010519491231002x", "11010519491231002X"],
    ["１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"],
    ["440524188001010014", "440524188001010014"],
    [" 110105 19491231 002X ", "11010519491231002X"],
  ])("%s is read as %s", (text, id) => {
    expect(checkResidentId(text)).toEqual({ ok: true, id });
  });

  it.each([
    ["", { reason: "empty" }],
    ["\u3000", { reason: "empty" }],
    ["110105491231002", { reason: "length", length: 15 }],
    ["1101051949123100", { reason: "length", length: 16 }],
    ["1".repeat(10_000), { reason: "length", length: 10_000 }],
    ["1101051949123100X2", { reason: "characters" }],
    ["11010519491231002Y", { reason: "characters" }],
    ["E12345678", { reason: "characters" }],
    ["X", { reason: "characters" }],
    ["11010519491231002\0", { reason: "characters" }],
    ["'; drop table owner; --", { reason: "characters" }],
    ["990105194912310020", { reason: "division" }],
    ["160105194912310020", { reason: "division" }],
    ["110105194902300025", { reason: "date" }],
    ["110105194913310025", { reason: "date" }],
    ["110105194900310025", { reason: "date" }],
    ["110105194912310021", { reason: "check-digit" }],
  ])("%j is refused", (text, refusal) => {
    expect(checkResidentId(text)).toEqual({ ok: false, ...refusal });
  });

  it("carry the date of birth", () => {
    expect(birthDateOf("11010519491231002X")).toBe("1949-12-31");
    expect(birthDateOf("110105194902300025")).toBeNull();
  });

  it("are accepted whenever they are well made", () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(checkResidentId(id)).toEqual({ ok: true, id });
      }),
    );
  });

  it("sum to one modulo eleven, as the standard defines the check character", () => {
    const modulus = 11;
    fc.assert(
      fc.property(ids, (id) => {
        const remainder = [...id].reduce(
          (rest, character) => (rest * 2 + (character === "X" ? 10 : Number(character))) % modulus,
          0,
        );
        expect(remainder).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it("show every single wrong character", () => {
    fc.assert(
      fc.property(ids, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (id, index, shift) => {
        const digits = [...id];
        digits[index] = String((Number(digits[index]) + shift) % 10);
        expect(checkResidentId(digits.join("")).ok).toBe(false);
      }),
    );
  });

  it("show every exchange of two unequal neighbours", () => {
    fc.assert(
      fc.property(ids, fc.nat({ max: 16 }), (id, index) => {
        const swapped = [...id];
        const [left = "", right = ""] = id.slice(index, index + 2);
        fc.pre(left !== right);
        swapped.splice(index, 2, right, left);
        expect(checkResidentId(swapped.join("")).ok).toBe(false);
      }),
    );
  });
});

describe("old fifteen-digit identity numbers", () => {
  it("lead to the number of today, for finding records only", () => {
    expect(residentIdOfOldNumber("110105491231002")).toBe("11010519491231002X");
    expect(residentIdOfOldNumber("110105 491231 002")).toBe("11010519491231002X");
  });

  it.each(["11010549123100", "1101054912310022", "110105490230002", "990105491231002", "x", ""])(
    "%j leads nowhere",
    (text) => {
      expect(residentIdOfOldNumber(text)).toBeNull();
    },
  );

  it("have no check character to compute from other lengths", () => {
    expect(() => residentIdCheckCharacter("123")).toThrow(RangeError);
  });
});
