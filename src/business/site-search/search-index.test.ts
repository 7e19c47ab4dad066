import { describe, expect, test } from "vitest";
import type { SiteText } from "#src/platform/site-text.ts";
import { foldText, foldWithPlaces } from "./fold-text.ts";
import { keepSiteIndex } from "./keep-index.ts";
import { readConcepts } from "./read-query.ts";
import { buildSiteIndex } from "./search-index.ts";
import { markWords, snippetOf } from "./snippet.ts";
import { EMPTY_WORDS, SYNONYMS } from "./synonyms.ts";

const text = (href: string, title: string, body: string, kind: SiteText["kind"] = "新闻") => ({
  href,
  kind,
  title,
  text: body,
  date: null,
});
const TEXTS: SiteText[] = [
  text("/n/1", "首期交存标准公布", "有电梯住宅每平方米 120 元。物业专项维修资金按面积交存。"),
  text("/n/2", "示例市维修资金年度公示", "累计交存、使用、退款和利息都在表里。", "维修资金公示"),
  text("/g/refund", "业主退款办事指南", "审核通过后到银行领款，要带身份证。", "办事指南"),
  text("/g/deposit", "业主交款办事指南", "网上填写约 3 分钟，到银行交款。", "办事指南"),
  text("/d/1", "电梯维修申请表", "填写后盖章。", "资料下载"),
  text("/h/1", "收不到短信验证码怎么办？", "请等 1 分钟再点一次。", "帮助"),
];
const index = buildSiteIndex(TEXTS);
const hrefs = (typed: string) => index.search(typed).hits.map(({ href }) => href);

describe("what is typed finds the page", () => {
  test.each([
    ["退款", "/g/refund"],
    ["退钱", "/g/refund"],
    ["怎么退钱？", "/g/refund"],
    ["缴费", "/g/deposit"],
    ["交費", "/g/deposit"],
    ["维修基金公示", "/n/2"],
    ["維修基金公示", "/n/2"],
    ["ｓｈｏｕｑｉ", "/n/1"],
    ["wxzj", "/n/2"],
    ["dianti", "/d/1"],
    ["TUIKUAN", "/g/refund"],
    ["交存标准", "/n/1"],
    ["验证\u200b码", "/h/1"],
    ["120", "/n/1"],
    ["退", "/g/refund"],
  ])("%s finds %s", (typed, href) => {
    expect(hrefs(typed)).toContain(href);
  });

  test("a find in the title stands before one in the text", () => {
    expect(hrefs("退款")).toEqual(["/g/refund", "/n/2"]);
    expect(hrefs("电梯")[0]).toBe("/d/1");
  });

  test("all that is asked for counts; only when no page has it all, a part does", () => {
    expect(index.search("电梯 申请表")).toMatchObject({ isPartial: false });
    expect(hrefs("电梯 申请表")).toEqual(["/d/1"]);
    const partly = index.search("电梯 火星");
    expect(partly.isPartial).toBe(true);
    expect(partly.hits.length).toBeGreaterThan(0);
    expect(index.search("退 火星")).toMatchObject({ hits: [], isPartial: false });
  });

  test.each(["", "  ", "？！", "火星移民", "<script>", "%00", "😀", "((((", "a".repeat(100)])(
    "%j finds nothing and breaks nothing",
    (typed) => {
      expect(hrefs(typed)).toEqual([]);
    },
  );
});

describe("traditional characters", () => {
  test.each([
    ["過戶", "过户"],
    ["拆遷", "拆迁"],
    ["國債", "国债"],
    ["監督", "监督"],
    ["違規", "违规"],
    ["委託書", "委托书"],
    ["幫協", "帮协"],
    ["維修資金審覈", "维修资金审核"],
    ["衞生", "卫生"],
  ])("%s is read as %s", (typed, simple) => {
    expect(foldText(typed)).toBe(simple);
  });

  test.each([
    ["答覆", "答复"],
    ["衞生費", "卫生费"],
    ["沿著牆裏", "沿着墙里"],
    ["窗口櫃臺", "窗口柜台"],
  ])("%s and %s find each other's pages", (one, other) => {
    const both = [
      text("/one", "甲", `这里写的是${one}。`),
      text("/other", "乙", `这里写的是${other}。`),
    ];
    for (const typed of [one, other]) {
      const found = buildSiteIndex(both).search(typed);
      expect(found.hits.map(({ href }) => href).sort()).toEqual(["/one", "/other"]);
      expect(found.isPartial).toBe(false);
    }
  });
});

test("a page is found by what people call it, also by a part of that", () => {
  const named = buildSiteIndex([
    { ...text("/law", "办法", "为了加强管理。"), names: "165号令 第165号" },
    text("/other", "别的", "没有编号。"),
  ]);
  for (const typed of ["165号令", "165號令", "第165号", "165"]) {
    expect(named.search(typed).hits.map(({ href }) => href)).toEqual(["/law"]);
  }
});

describe("a word is looked for as a whole", () => {
  const apart = buildSiteIndex([
    text("/a", "公有住房", "资金按面积计算。"),
    text("/b", "退休人员", "款项到账，退款另行办理。"),
    text("/c", "房屋", "款到后再退。"),
  ]);
  test.each(["公积金", "公 积 金"])("characters that stand apart are no %s", (typed) => {
    expect(apart.search(typed)).toMatchObject({ hits: [], isPartial: false });
  });

  test.each(["退 款", "退　款", "<b>退款</b>", "＜strong class=x＞退款＜/strong＞", "退\u200b款"])(
    "%j is 退款",
    (typed) => {
      const found = apart.search(typed);
      expect(found.hits.map(({ href }) => href)).toEqual(["/b"]);
      expect(found.isPartial).toBe(false);
      const marked = markWords("款项到账，退款另行办理。", found.concepts);
      expect(marked.filter((one) => one.isMarked)).toEqual([{ words: "退款", isMarked: true }]);
    },
  );

  test("a sign of less is no tag, and a character beside a whole word stays its own", () => {
    expect(readConcepts("面积<90")).toEqual([["面积"], ["90"]]);
    expect(readConcepts("电梯 坏")).toEqual([["电梯"], ["坏"]]);
  });

  test("where no page has the whole, what has a word of it is shown as a part", () => {
    expect(apart.search("公积金 退款")).toMatchObject({
      isPartial: true,
      hits: [{ href: "/b" }],
    });
  });
});

test("words of the field bring their synonyms, words that say nothing are dropped", () => {
  expect(readConcepts("请问维修基金怎么退钱")).toEqual([
    expect.arrayContaining(["维修基金", "维修资金"]),
    expect.arrayContaining(["退钱", "退款"]),
  ]);
  expect(readConcepts("怎么")).toEqual([["怎么"]]);
});

test("no word stands in two groups of synonyms, none of them is an empty word", () => {
  const all = SYNONYMS.flat();
  expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  expect(all.filter((word) => EMPTY_WORDS.has(word))).toEqual([]);
});

test("folding keeps for every unit where it came from", () => {
  const folded = foldWithPlaces("ＡＢ㎡維");
  expect(folded.text).toBe("abm2维");
  expect(folded.from).toEqual([0, 1, 2, 2, 3]);
  expect(foldText("繳費")).toBe("缴费");
});

test("finds are marked in the original spelling, synonyms too", () => {
  const concepts = readConcepts("退钱");
  expect(markWords("業主退款指南", concepts)).toEqual([
    { words: "業主", isMarked: false },
    { words: "退款", isMarked: true },
    { words: "指南", isMarked: false },
  ]);
});

test("digits are marked where they stand alone", () => {
  expect(markWords("165号令，打12345", [["165"], ["12"]]).filter((one) => one.isMarked)).toEqual([
    { words: "165", isMarked: true },
  ]);
});

test("a snippet shows the first find, whatever stands before it, and never half a character", () => {
  const long = `${"😀".repeat(60)}退款在这里${"后".repeat(200)}`;
  const pieces = snippetOf(long, readConcepts("退款"));
  const shown = pieces.map(({ words }) => words).join("");
  expect(shown).toContain("退款在这里");
  expect(shown).toMatch(/^…/);
  expect(shown).toMatch(/…$/);
  expect(shown.isWellFormed()).toBe(true);
  expect(shown.length).toBeLessThan(120);
});

describe("a snippet begins where its sentence does", () => {
  const shown = (text: string) =>
    snippetOf(text, readConcepts("退款"))
      .map(({ words }) => words)
      .join("");
  const far = "先把要件准备好，".repeat(20);
  test.each([
    [`${far}到窗口办。审核通过以后，带支款单和身份证去银行领退款。`, "审核通过以后，带支款单"],
    [`${far}他问：“怎么办？”可以在网上申请退款。`, "可以在网上申请退款"],
    [`${far}到窗口办 退款的条件 房屋灭失。`, "退款的条件"],
    [`${far}退款。`, "…"],
    [`请先看清要件，再去申请${"，".repeat(20)}退款。`, "请先看清要件"],
  ])("%#", (text, beginning) => {
    expect(shown(text).startsWith(beginning)).toBe(true);
    expect(shown(text)).toContain("退款");
  });
});

describe("where a business starts stands before what only mentions it", () => {
  const often = text("/n/9", "退款问答：退款、退款", "退款怎样退款？退款到账。退款。".repeat(5));
  const services = [
    { ...text("/owner-service", "业主自主办理区", "输入地址。", "办事入口"), names: "业主退款" },
    text("/verify", "验真", "核对退款支款单。", "办事入口"),
    text("/register", "注册", "选择机构。", "办事入口"),
  ];
  const all = buildSiteIndex([...TEXTS, often, ...services]);
  const found = (typed: string) => all.search(typed).hits.map(({ href }) => href);

  test.each([
    ["退款", "/owner-service"],
    ["退钱", "/owner-service"],
    ["注册", "/register"],
    ["zhuce", "/register"],
  ])("%s leads to %s first", (typed, href) => {
    expect(found(typed)[0]).toBe(href);
  });

  test("an entry that only mentions the word, or is called by a part of the question, waits its turn", () => {
    expect(found("退款").indexOf("/verify")).toBeGreaterThan(found("退款").indexOf("/g/refund"));
    expect(found("退款要带身份证吗")[0]).toBe("/g/refund");
  });
});

test("the index is built anew when a source changes, and not before its reading is old", async () => {
  let now = new Date("2026-11-26T10:00:00+08:00");
  let texts: SiteText[] = [];
  let readings = 0;
  const source = async () => {
    readings += 1;
    return texts;
  };
  const read = keepSiteIndex(() => now, [source]);
  const empty = await read();
  texts = TEXTS;
  expect(await read()).toBe(empty);
  now = new Date(now.getTime() + 16_000);
  const filled = await read();
  expect(filled.search("退款").hits.length).toBeGreaterThan(0);
  now = new Date(now.getTime() + 16_000);
  expect(await read()).toBe(filled);
  expect(readings).toBe(3);
});
