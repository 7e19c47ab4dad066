import { join } from "node:path";
import { expect, test } from "vitest";
import { fontDirectory } from "./compile-template.ts";
import { printableData, printableText, readFontCoverage } from "./font-coverage.ts";

const regular = readFontCoverage(join(fontDirectory(), "400Regular", "NotoSansSC_400Regular.ttf"));
const bold = readFontCoverage(join(fontDirectory(), "700Bold", "NotoSansSC_700Bold.ttf"));
const title = readFontCoverage(join(import.meta.dirname, "fonts", "slip-title-song.ttf"));

function lacks(covers: typeof regular, text: string): string[] {
  return [...text].filter((character) => !covers(character.codePointAt(0) ?? 0));
}

test.each([
  ["regular", regular],
  ["bold", bold],
])("the %s weight draws the characters of slips and of uncommon names", (_, covers) => {
  expect(lacks(covers, "壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整¥−㎡·—（）")).toEqual([]);
  expect(lacks(covers, "䶮㛃玥堃喆昇珺頔赟镕瑢栢㑇㐱邨龢翀犇骉垚淼燚㵘𬀩𬙋")).toEqual([]);
});

test("the Song face draws the titles of all slips", () => {
  const titles = "物业专项维修资金交款通知单退款申请单退款支款单交存证明";
  expect(lacks(title, titles)).toEqual([]);
  expect(lacks(title, "未备案房屋交款申请单")).toEqual([]);
  // It holds titles and no more, so that what it says of itself can be told from a yes to everything.
  expect(lacks(title, "龘𠮷")).toEqual(["龘", "𠮷"]);
});

test("a surname without a glyph is printed as its visible number", () => {
  expect(printableText("𠮷**", regular)).toBe("〔U+20BB7〕**");
  expect(printableText("王𪻐🏠", regular)).toBe("王〔U+2AED0〕〔U+1F3E0〕");
});

test("unseen characters, controls and half surrogates never reach the compiler as they are", () => {
  expect(printableText("张\u0000三\u200B\u202E\uFEFF\u{E0100}", regular)).toBe("张三");
  expect(printableText("一\n二\t三", regular)).toBe("一\n二\t三");
  expect(printableText("\uE000", regular)).toBe("〔U+E000〕");
  expect(printableText("a\uD800b", regular)).toMatch(/^a(\uFFFD|〔U\+FFFD〕)b$/);
});

test("texts inside lists and records are made printable, other values are kept", () => {
  const data = { owners: [{ name: "𠮷", share: 50 }], isPaid: true, note: null };
  expect(printableData(data, regular)).toEqual({
    owners: [{ name: "〔U+20BB7〕", share: 50 }],
    isPaid: true,
    note: null,
  });
});
