import { describe, expect, it } from "vitest";
import { buildEstateIndex, type EstateIndex, indexEstate } from "./estate-index.ts";
import { compactName, estateKeys } from "./estate-names.ts";
import { soundOf } from "./pinyin-keys.ts";

const names = [
  "示例花园",
  "示例花园二期",
  "万科城",
  "万科城市之光",
  "阳光小区",
  "阳关花苑",
  "八一小区",
  "云杉SOHO",
];

async function indexOf(list: readonly string[]): Promise<EstateIndex> {
  const row = (name: string, at: number) =>
    indexEstate({
      id: at + 1,
      code: `SL${String(at).padStart(4, "0")}`,
      name,
      address: `示例路${at + 1}号`,
      districtName: "示范区",
      aliases: [],
    });
  return buildEstateIndex(list.map(row));
}

function keysOf(name: string, aliases: string[] = [], address = ""): Record<string, string> {
  const keys = estateKeys({ name, aliases, address, districtName: "示范区" });
  return Object.fromEntries(keys.map(({ key, kind }) => [key, kind]));
}

describe("compactName", () => {
  it.each([
    ["示例花园二期", "示例花园2期"],
    ["示例花园（第二期）", "示例花园2期"],
    ["示例花园Ⅱ期", "示例花园2期"],
    ["示例花园II期", "示例花园2期"],
    ["香樟·半岛", "香樟半岛"],
    ["枫丹.白鹭", "枫丹白鹭"],
    ["云杉ｓｏｈｏ", "云杉SOHO"],
    ["八一小区", "八一小区"],
    ["示例第一城", "示例第一城"],
    ["三里屯", "三里屯"],
    ["四季花城", "四季花城"],
    ["錦繡花園二期", "锦绣花园2期"],
  ])("writes %s as %s", (name, key) => {
    expect(compactName(name)).toBe(key);
  });
});

describe("estateKeys", () => {
  it("makes the name without 小区, 花园 and 苑 a key of lower rank", () => {
    expect(keysOf("八一小区")).toEqual({ 八一小区: "name", 八一: "generated" });
    expect(keysOf("示例花园二期")).toEqual({
      示例花园2期: "name",
      示例花园: "later-phase",
      示例2期: "generated",
    });
  });

  it("reads what stands in parentheses as a name of its own, unless it is a state or a phase", () => {
    expect(Object.keys(keysOf("翠竹公寓（原示例纺织厂宿舍）"))).toEqual(
      expect.arrayContaining(["翠竹公寓", "示例纺织厂宿舍"]),
    );
    expect(keysOf("藕池里（已拆迁）")).not.toHaveProperty("已拆迁");
    expect(keysOf("示例花园（二期）")).toHaveProperty("示例花园2期", "name");
  });

  it("takes street and number from the address, without the district", () => {
    expect(keysOf("万科城", [], "示范区示例路8号")).toHaveProperty("示例路8号", "street");
    expect(keysOf("石榴新村", [], "样板路128弄")).toHaveProperty("样板路128弄", "street");
  });
});

describe("soundOf", () => {
  it.each([
    ["示例花园2期", "SHILIHUAYUAN2QI", "SLHY2Q"],
    ["万科城", "WANKECHENG", "WKC"],
    ["重庆花园", "CHONGQINGHUAYUAN", "CQHY"],
    ["长乐苑", "CHANGLEYUAN", "CLY"],
    ["绿洲", "LVZHOU", "LZ"],
    ["云杉SOHO", "YUNSHANSOHO", "YSSOHO"],
  ])("of %s is %s and %s", (name, full, initials) => {
    expect(soundOf(name)).toEqual({ full, initials });
  });
});

describe("the estate index", () => {
  it.each([
    ["示例花园", "示例花园", "名称一致"],
    ["万科", "万科城", "名称开头一致"],
    ["城市之光", "万科城市之光", "名称中含有"],
    ["wkc", "万科城", "拼音一致"],
    ["ysso", "云杉SOHO", "拼音开头一致"],
    ["万课城", "万科城", "读音相同"],
    ["万科城布之光", "万科城市之光", "名称相近"],
    ["SL0003", "万科城市之光", "小区编号一致"],
    ["示例路5号", "阳光小区", "地址一致"],
  ])("finds for %s first %s, because %s", async (text, name, why) => {
    const [first] = (await indexOf(names)).find(text, 5);
    expect([first?.estate.name, first?.why]).toEqual([name, why]);
  });

  it("finds the longest name at a place, and knows the other phases", async () => {
    const index = await indexOf(names);
    const [span] = index.spansIn("示例花园2期12幢");
    expect(span?.estates.map((estate) => estate.name)).toEqual(["示例花园二期"]);
    const first = index.byCode("SL0000");
    expect(first && index.sistersOf(first).map((estate) => estate.name)).toEqual(["示例花园二期"]);
  });

  it("takes no estate for like that shares 小区 or 花园 with the words and nothing else", async () => {
    const index = await indexOf(names);
    expect(index.find("没有的小区", 5)).toEqual([]);
    expect(index.find("不存在花园", 5)).toEqual([]);
    expect(index.find("阳先小区", 5).map(({ estate }) => estate.name)).toContain("阳光小区");
  });

  it("never answers with more than it was asked for", async () => {
    const index = await indexOf(Array.from({ length: 500 }, (_, n) => `示例${n}号花园`));
    expect(index.find("示例", 8)).toHaveLength(8);
    expect(index.find("花园小区", 8).length).toBeLessThanOrEqual(8);
    expect(index.spansIn("示例1号花园".repeat(15)).length).toBeLessThanOrEqual(8);
  });
});
