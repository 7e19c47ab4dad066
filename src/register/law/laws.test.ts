import { describe, expect, it } from "vitest";
import { DECREE_165_GISTS } from "./decree-165-gists.ts";
import { linkLaws } from "./law-links.ts";
import { DECREE_165 } from "./laws.ts";
import { parseLaw } from "./parse-law.ts";

const articles = DECREE_165.text.chapters.flatMap((chapter) => chapter.articles);

describe("Decree 165 as pages", () => {
  it("has six chapters and all forty-four articles, each with its few words", () => {
    expect(DECREE_165.text.chapters.map(({ title }) => title)).toEqual([
      "第一章　总则",
      "第二章　交存",
      "第三章　使用",
      "第四章　监督管理",
      "第五章　法律责任",
      "第六章　附则",
    ]);
    expect(articles.map(({ number }) => number)).toEqual(
      Array.from({ length: 44 }, (_, at) => at + 1),
    );
    expect(DECREE_165_GISTS).toHaveLength(44);
  });

  it("keeps paragraphs and items with their article", () => {
    expect(articles[16]?.paragraphs).toEqual([
      "业主分户账面住宅专项维修资金余额不足首期交存额30%的，应当及时续交。",
      "成立业主大会的，续交方案由业主大会决定。",
      "未成立业主大会的，续交的具体管理办法由直辖市、市、县人民政府建设（房地产）主管部门会同同级财政部门制定。",
    ]);
    expect(articles[24]?.paragraphs).toHaveLength(5);
    expect(articles[43]?.paragraphs[0]).toMatch(/^本办法自2008年2月1日起施行/);
    expect(DECREE_165.text.opening.at(-1)).toBe("二○○七年十二月四日");
  });
});

describe("taking a text of law apart", () => {
  it("takes a short rule without chapters as one", () => {
    const law = parseLaw("说明\n\n第一条　甲。\n（一）乙；\n第二条　丙。\n");
    expect(law.opening).toEqual(["说明"]);
    expect(law.chapters).toEqual([
      {
        title: "",
        articles: [
          { number: 1, label: "第一条", paragraphs: ["甲。", "（一）乙；"] },
          { number: 2, label: "第二条", paragraphs: ["丙。"] },
        ],
      },
    ]);
  });

  it("refuses a text in which an article is missing", () => {
    expect(() => parseLaw("第一条　甲。\n第三条　丙。")).toThrow("第三条 follows article 1");
  });
});

describe("articles in a legal basis", () => {
  const local = {
    slug: "local",
    title: "示例规程",
    text: parseLaw("第一条　甲。\n第二条　乙。"),
  };
  const link = (basis: string) => linkLaws(basis, [DECREE_165, local]);

  it("lead to where they can be read, several of one law too", () => {
    const pieces = link("《住宅专项维修资金管理办法》第七条、第二十九条；示例规程第二条（示例）");
    expect(pieces.filter(({ href }) => href !== undefined)).toEqual([
      { words: "第七条", href: "/policies/decree-165#article-7" },
      { words: "第二十九条", href: "/policies/decree-165#article-29" },
      { words: "第二条", href: "/policies/local#article-2" },
    ]);
    expect(pieces.map(({ words }) => words).join("")).toBe(
      "《住宅专项维修资金管理办法》第七条、第二十九条；示例规程第二条（示例）",
    );
  });

  it("stay words where the law is not published here or has no such article", () => {
    for (const basis of ["《民法典》第二百七十八条", "示例规程第九条", "由本市确认后替换", ""]) {
      const pieces = link(basis);
      expect(pieces.every(({ href }) => href === undefined)).toBe(true);
      expect(pieces.map(({ words }) => words).join("")).toBe(basis);
    }
  });

  it("name the law alone, or the page of the standards", () => {
    expect(link("见住宅专项维修资金管理办法。")[1]?.href).toBe("/policies/decree-165");
    expect(link("示例市首期交存标准（2024年版）")[1]).toEqual({
      words: "首期交存标准",
      href: "/policies/deposit-standards",
    });
  });
});
