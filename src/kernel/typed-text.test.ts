import { describe, expect, it } from "vitest";
import { cleanText, hasForbiddenCharacters, toHalfWidth, withoutSeparators } from "./typed-text.ts";

describe("cleaning typed text", () => {
  it("composes what an input method left in pieces", () => {
    expect(cleanText("e\u0301")).toBe("\u00E9");
    expect(cleanText("e\u200B\u0301")).toBe("\u00E9");
  });

  it("drops marks that cannot be seen", () => {
    expect(cleanText("\uFEFF张\u200B三\u202E\u2066\u00AD")).toBe("张三");
  });

  it("drops blanks at the ends, full-width ones too, and keeps inner ones", () => {
    expect(cleanText("\u3000\u00A0示例 花园\t\n")).toBe("示例 花园");
  });

  it("finds a blank that an invisible mark was hiding", () => {
    expect(cleanText("张三 \u200B")).toBe("张三");
  });

  it("keeps a surname that lies outside the basic plane", () => {
    expect(cleanText("𠮷田")).toBe("𠮷田");
  });

  it("keeps the variation selector that tells one form of a surname from another", () => {
    expect(cleanText("葛\u{E0100}")).toBe("葛\u{E0100}");
  });

  it("sees that a name of fillers and tags is empty", () => {
    expect(cleanText("\u3164\u115F\u2800\u{E0041}")).toBe("");
  });

  it("leaves nothing of blanks only", () => {
    expect(cleanText(" \u3000\u200B ")).toBe("");
  });
});

describe("half width", () => {
  it("turns full-width letters, digits, signs and blanks into ASCII", () => {
    expect(toHalfWidth("１２－Ａｂ（ｘ）　．～！")).toBe("12-Ab(x) .~!");
  });

  it("leaves units, circled digits and Chinese punctuation alone", () => {
    expect(toHalfWidth("㎡①。、￥")).toBe("㎡①。、￥");
  });

  it("reads grouped numbers without their blanks and dashes", () => {
    expect(withoutSeparators(" １１26 1123-0482－7195—37 ")).toBe("112611230482719537");
  });
});

describe("forbidden characters", () => {
  it.each([
    ["NUL", "张\0三"],
    ["a control character", "张\u0008三"],
    ["DEL", "张\u007F三"],
    ["a C1 control character", "张\u0085三"],
    ["the first half of a surrogate pair", "张\uD842"],
    ["the second half of a surrogate pair", "\uDFB7张"],
    ["what a decoder leaves of bytes that are no text", "张\uFFFD"],
    ["a code point that is no character", "张\uFFFE"],
    ["a line break in a field of one line", "张\n三"],
    ["a Unicode line separator", "张\u2028三"],
  ])("sees %s", (_, text) => {
    expect(hasForbiddenCharacters(text)).toBe(true);
  });

  it("accepts names of every script, emoji and whole surrogate pairs", () => {
    expect(hasForbiddenCharacters("𠮷田 阿依古丽·买买提 O'Neil 😀 <b>")).toBe(false);
  });

  it("accepts line breaks and tabs in a field of several lines, but not NUL", () => {
    expect(hasForbiddenCharacters("一\r\n二\t三", { isMultiline: true })).toBe(false);
    expect(hasForbiddenCharacters("一\n\0", { isMultiline: true })).toBe(true);
  });
});
