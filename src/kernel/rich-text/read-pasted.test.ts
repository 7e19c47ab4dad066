import { describe, expect, test } from "vitest";
import { htmlPieces } from "./html-pieces.ts";
import { readPasted } from "./read-pasted.ts";

const read = (html: string) => readPasted(html).html;
const LIST = "class=MsoListParagraph style='mso-list:l0 level1 lfo1'";
const point = (sign: string, words: string) =>
  `<p ${LIST}><![if !supportLists]><span style='mso-list:Ignore'>${sign}<span>&nbsp; </span></span><![endif]>${words}</p>`;

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {mso-style-parent:""} --></style></head><body lang=ZH-CN>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->
<p class=MsoNormal style='text-indent:21.0pt;mso-char-indent-count:2.0'><span style='font-family:宋体'>第一段<o:p></o:p></span></p>
${point("1.", "其一")}
${point("2.", "其二")}
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>其三</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>`;

test("what Word puts around its text is gone, and its lists are lists", () => {
  expect(read(WORD).replace(/\s*\n\s*/g, "")).toBe(
    "<p>第一段</p><ol><li>其一</li><li>其二</li></ol><ul><li>其三</li></ul>",
  );
});

test("divisions are paragraphs, and what was never closed swallows nothing", () => {
  expect(read("<div><div class=a>一</div><div>二</div></div>")).toContain("<p>一</p><p>二</p>");
  expect(read("<p>一</p><!-- 不完 <p>二</p>")).toBe("<p>一</p> 不完 <p>二</p>");
});

describe("a piece of markup that swallowed what followed it", () => {
  test.each([
    ['<p>一</p><p title="<style">二</p><p>后面</p>', "<p>一</p><p>二</p><p>后面</p>"],
    [
      '<p><img src="data:image/svg+xml,<svg onload=1>">中</p><p>后面</p>',
      '<p><img src="data:image/svg+xml,&lt;svg onload=1&gt;">中</p><p>后面</p>',
    ],
    ['<p title="a<svg b">二</p><p>后面</p>', "<p>二</p><p>后面</p>"],
    ["<p title='</p><script>'>二</p><p>后面</p>", "<p>二</p><p>后面</p>"],
    ["<svg><p>二</p><p>后面</p>", "<p>二</p><p>后面</p>"],
    ["<iframe src=x><p>二</p><p>后面</p>", "<p>二</p><p>后面</p>"],
    ["<xml><p>二</p><p>后面</p>", "<p>二</p><p>后面</p>"],
    ["<style>二<p>后面</p>", "二<p>后面</p>"],
    ['<p title="二>后面</p><p>末</p>', "<p>后面</p><p>末</p>"],
    ["<svg/><p>后面</p>", "<p>后面</p>"],
    ["<!--><p>后面</p>-->", "<p>后面</p>--&gt;"],
    ["一 < 二 <", "一 &lt; 二 &lt;"],
  ])("leaves it alone: %s", (html, left) => {
    expect(readPasted(html)).toMatchObject({ html: left });
  });
});

describe("what went and may have been seen", () => {
  test.each([
    ["<p>一</p><svg><text>二</text></svg>", "二"],
    ["<p>一</p><textarea>二</textarea>", "二"],
    ["<p>一</p><title>二</title>", "二"],
    ["<p>一</p><xml><o:p>甲</o:p>二</xml>", "二"],
    ["<script><p>二</p></script>", "二"],
    ["<template><p>二</p></template>", "二"],
    ["<!-- <p>二</p> -->", "二"],
    ["<!--[if gte vml 1]><v:textbox><p>二</p></v:textbox><![endif]-->", "二"],
    ["<head><textarea>二</textarea>", "二"],
    ['<p title="<p>二</p>">一</p>', "二"],
  ])("is told: %s", (html, told) => {
    expect(readPasted(html).dropped).toContain(told);
  });

  test.each([
    "<head><title>甲</title></head><p>一</p>",
    "<style>p { color: red }</style><script>let a = 1</script><!-- 甲 -->",
    "<xml><w:Zoom>100</w:Zoom></xml><noscript>甲</noscript><video>甲</video>",
    "<!--[if mso]><table><tr><td><![endif]-->",
    "<!--[if gte mso 9]><xml><w:Zoom>100</w:Zoom></xml><![endif]-->",
  ])("is not: %s", (html) => {
    expect(readPasted(html).dropped.trim()).toBe("");
  });
});

describe("what Word says by signs and looks", () => {
  test("an article of law keeps its number, and so does a count that no list would say", () => {
    expect(read(point("第一条", "本办法") + point("第二条", "范围"))).toBe(
      "<p>第一条 本办法</p><p>第二条 范围</p>",
    );
    expect(read(point("（一）", "甲") + point("（二）", "乙"))).toBe(
      "<p>（一）甲</p><p>（二）乙</p>",
    );
    expect(read(point("3.", "丙") + point("4.", "丁"))).toBe("<p>3.丙</p><p>4.丁</p>");
    expect(read(`${point("1.", "甲")}<p>间</p>${point("2.", "乙")}`)).toBe(
      "<ol><li>甲</li></ol><p>间</p><p>2.乙</p>",
    );
  });

  test("a bullet is a bullet, whatever letter stands for it, and a paragraph moved in is none", () => {
    expect(read(point("l", "甲") + point("Ø", "乙"))).toBe("<ul><li>甲</li><li>乙</li></ul>");
    expect(read("<p class=MsoListParagraph>甲</p>")).toBe("<p>甲</p>");
    expect(
      read(`<p ${LIST}><!--[if !supportLists]--><span>1、</span><!--[endif]-->甲</p><p>乙</p>`),
    ).toBe("<ol><li>甲</li></ol><p>乙</p>");
  });

  test("what stands higher, lower or struck through stays so, also where looks alone say it", () => {
    expect(read("<p>m<sup>2</sup> CO<sub>2</sub> <del>旧</del><strike>旧</strike></p>")).toBe(
      "<p>m<sup>2</sup> CO<sub>2</sub> <s>旧</s><s>旧</s></p>",
    );
    expect(
      read(
        "<p>m<span style='vertical-align:super'><span>2</span></span><span style='text-decoration:line-through'>旧</span></p>",
      ),
    ).toBe("<p>m<sup>2</sup><s>旧</s></p>");
  });
});

test("attributes hold any sign, and a close that stands in one is none", () => {
  expect(htmlPieces(`<a href="x>y" title='</a>'>甲</a>`)).toEqual([
    expect.objectContaining({ kind: "open", name: "a" }),
    { kind: "text", text: "甲" },
    { kind: "close", name: "a" },
  ]);
});

test.each([
  ...'<a|<a b="|<a b=\'x"|<p title="<|<!--|<![|<style>|<style |</style|<svg>|<svg><p>|<div>|</div>'.split(
    "|",
  ),
  ...[`<p ${LIST}>`, `<p ${LIST}><![if !supportLists]>`, "<p><span style=mso-list:Ignore>"],
  ...['<a b=">" ', "<p>&nbsp;", "<p>字</p>", "<xml><o:p>", "&lt;", "<!-- -->", "<a ", "<a \n= "],
])(
  "a megabyte of %s is read in time",
  (piece) => {
    const html = `${piece.repeat(Math.floor(1_000_000 / piece.length))}>"`;
    const from = performance.now();
    readPasted(html);
    // It takes a tenth of a second; what grows with the square takes minutes.
    expect(performance.now() - from).toBeLessThan(15_000);
  },
  60_000,
);
