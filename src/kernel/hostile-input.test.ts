import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkApplicationNumber } from "./application-number.ts";
import { parseAreaText } from "./area.ts";
import { parseCalendarDate } from "./calendar-date.ts";
import { chineseNumeralToInt } from "./chinese-numerals.ts";
import { checkCreditCode } from "./credit-code.ts";
import { checkNationalHouseCode } from "./house-code-jgj246.ts";
import { maskAccount, maskDocument, maskName, maskPhone } from "./masking.ts";
import { parseYuanText } from "./money.ts";
import { checkPhone } from "./phone.ts";
import { checkResidentId, residentIdOfOldNumber } from "./resident-id.ts";
import { cleanText, hasForbiddenCharacters, withoutSeparators } from "./typed-text.ts";

fc.configureGlobal({ seed: 20_261_123 });

/** Everything in the kernel that is handed the text of a stranger. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  parseYuanText,
  parseAreaText,
  parseCalendarDate,
  chineseNumeralToInt,
  checkApplicationNumber,
  checkCreditCode,
  checkNationalHouseCode,
  checkPhone,
  checkResidentId,
  residentIdOfOldNumber,
  cleanText,
  withoutSeparators,
  hasForbiddenCharacters,
  maskName,
  maskDocument,
  maskPhone,
  maskAccount,
};

const brokenText = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => {
  return String.fromCharCode(...units);
});
const nearlyRight = fc
  .array(
    fc.constantFrom(
      ..."0123456789０５Ｘx-－—.,，元㎡年月日(（+*零一十百千公司·\0\u200B\u202E\uD842 ",
    ),
    {
      maxLength: 30,
    },
  )
  .map((characters) => characters.join(""));

describe.each(Object.entries(readers))("%s, given what a stranger sends", (_, read) => {
  it("answers instead of throwing, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(brokenText, nearlyRight), (text) => {
        expect(read(text)).not.toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("answers a hundred thousand characters at once", () => {
    const pieces = ["1", "1,111", " ", "-", "（", "零", "·", "\u200B", "a", "1年", "𠮷", "*"];
    const started = performance.now();
    for (const piece of pieces) read(piece.repeat(100_000 / piece.length));
    // A reader whose time grows with the square of the text needs minutes here.
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("gives the same answer twice", () => {
    fc.assert(
      fc.property(nearlyRight, (text) => {
        expect(read(text)).toEqual(read(text));
      }),
    );
  });
});

describe("masks, given any text", () => {
  const longNames = fc.stringMatching(/^[\u4E00-\u9FA5]{2,3}$/);

  it("hide all but the first character of a name of two or three", () => {
    fc.assert(
      fc.property(longNames, (name) => {
        expect(maskName(name)).toBe(name.charAt(0) + "*".repeat(name.length - 1));
      }),
    );
  });

  it("never show five digits in a row", () => {
    const digits = fc.stringMatching(/^[0-9]{1,25}$/);
    fc.assert(
      fc.property(digits, (number) => {
        for (const mask of [maskDocument, maskPhone, maskAccount]) {
          expect(mask(number)).not.toMatch(/[0-9]{5}/);
        }
      }),
    );
  });
});

describe("cleaned text", () => {
  it("does not change when it is cleaned again", () => {
    fc.assert(
      fc.property(fc.oneof(brokenText, nearlyRight), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 2000 },
    );
  });
});
