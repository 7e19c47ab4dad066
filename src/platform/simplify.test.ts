import { expect, test } from "vitest";
import { simplify } from "./simplify.ts";

test.each([
  ["過戶拆遷國債監督違規委託書", "过户拆迁国债监督违规委托书"],
  ["為爲說説裏幫協臺徵餘於後麼", "为为说说里帮协台征余于后么"],
  ["衞生 報吿 敍述 価値", "卫生 报告 叙述 価值"],
  ["答覆 回覆 批覆 函覆 覆蓋 覆盖", "答复 回复 批复 函复 覆盖 覆盖"],
  ["隨著 沿著 著作 著名 本著作", "随着 沿着 著作 著名 本著作"],
  ["过户 abc 12 ㎡ 覆盖", "过户 abc 12 ㎡ 覆盖"],
  ["", ""],
])("%s is found as %s", (text, simple) => {
  expect(simplify(text)).toBe(simple);
});

test("the length stays, for whatever character there is", () => {
  const grown = [];
  for (let point = 0x2000; point < 0x3_2000; point += 1) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const character = String.fromCodePoint(point);
    if (simplify(character).length !== character.length) grown.push(character);
  }
  expect(grown).toEqual([]);
});
