import { describe, expect, test } from "vitest";
import { htmlOfPlain, isHtml, plainOfHtml } from "./plain-convention.ts";
import { comparableText, wordsOfHtml } from "./words-of-html.ts";

describe("plain text by the convention of the form", () => {
  const TEXT =
    '## 标题\n\n第一行\n第二行 <b> & "引"\n\n- 甲\n- **乙**丙\n\n1. 子\n2. 丑\n\n> 引文\n> 又一行\n\n见[指南](/guides)。\n\n![一张图](/news/files/1)';
  const HTML =
    '<h2>标题</h2><p>第一行<br />第二行 &lt;b&gt; &amp; &quot;引&quot;</p><ul><li><p>甲</p></li><li><p><strong>乙</strong>丙</p></li></ul><ol><li><p>子</p></li><li><p>丑</p></li></ol><blockquote><p>引文<br />又一行</p></blockquote><p>见<a href="/guides">指南</a>。</p><img src="/news/files/1" alt="一张图" />';

  test("becomes rich text, and that becomes the same plain text again", () => {
    expect(htmlOfPlain(TEXT.replaceAll("\n", "\r\n"))).toBe(HTML);
    expect(plainOfHtml(HTML)).toBe(TEXT);
    expect(plainOfHtml(HTML.replace('一张图"', '一张图" width="8" height="6"'))).toBe(TEXT);
    expect([isHtml(TEXT), isHtml(HTML)]).toEqual([false, true]);
  });

  test.each([
    "<p><em>斜</em></p>",
    "<table><tbody><tr><td>格</td></tr></tbody></table>",
    "<p>**不是粗体**</p>",
    "<ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li></ul>",
    "散落的字",
  ])("is not used for what it cannot say: %s", (html) => {
    expect(plainOfHtml(html)).toBeNull();
  });
});

test("the words of a text stand one block a line", () => {
  const html =
    "<h2>一</h2><p>二<br />三 &amp; 四</p><ul><li><p>五</p></li></ul><table><tbody><tr><td>六</td><td>七</td></tr></tbody></table>";
  expect(wordsOfHtml(html)).toBe("一\n二\n三 & 四\n五\n六 七");
  expect(
    comparableText('<h2>一</h2><p><a href="/x">二</a></p><img src="/p" alt="图" width="1" />'),
  ).toBe("## 一\n二（/x）\n［图片：图］");
});

test("a square metre stays one, and what was struck through is not said again", () => {
  const html = "<p>120 m<sup>2</sup>、CO<sub>2</sub>、注<sup>甲</sup>，<s>1 日</s>3 日</p>";
  expect(wordsOfHtml(html)).toBe("120 m²、CO₂、注甲，3 日");
  expect(comparableText(html)).toBe(
    "120 m［上标：2］、CO［下标：2］、注［上标：甲］，［删除线：1 日］3 日",
  );
});
