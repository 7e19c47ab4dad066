import { expect, test } from "vitest";
import { cleanRichText } from "./clean-rich-text.ts";
import { hasLostLinks, hasLostPictures, hasLostWords } from "./lost-words.ts";

const RULES = { picturePath: "/a/", deskPicturePath: "/b/", pictures: new Map() };
const loses = (html: string) => hasLostWords(html, cleanRichText(html, RULES));

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>通知</title><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=ZH-CN style='tab-interval:21pt'><!--StartFragment-->
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
<h1 style='mso-outline-level:1'>检修安排<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:21pt'><b>请提前</b>安排<span style='mso-spacerun:yes'>&nbsp;</span>出行&mdash;&#19968;<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7pt "Times New Roman"'>&nbsp;</span></span><![endif]>一号楼</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>二、<span>&nbsp;</span></span>二号楼</p>
<table border=1 width=400><tr style='height:1cm'><td width=200><p class=MsoNormal>日期</p></td><td>12 月 1 日</td></tr></table>
<p><img src="file:///C:/1.png" alt="图"><a href="javascript:alert(1)">坏的</a></p><!--EndFragment--></body></html>`;

test.each([
  ["a paste from Word", WORD],
  [
    "scripts, styles and comments that are closed",
    "<p>字</p><script>var a</script><style>b{}</style><!-- c -->",
  ],
  [
    "what browsers show only in need",
    "<p>字</p><noscript>d</noscript><iframe>e</iframe><video>f</video>",
  ],
  [
    "a choice, a button and an object",
    "<p><select><option>甲</select><button>乙</button></p><object>丙</object>",
  ],
  ["words that lie too deep", `${"<div>".repeat(300)}字`],
  ["a mark that nobody sees, and signs", "<p>甲\u200b\u3164&amp;&lt;b&gt;&#8203;乙</p>"],
  ["a comment that is never closed", "<p>甲</p><!-- <p>乙</p>"],
  ["a drawing that is never closed", "<p>甲</p><svg onload=1><p>乙</p>"],
  ["a title that is never closed", "<p>甲</p><title>x<p>乙</p>"],
  ["a script that is never closed", "<p>甲</p><script><p>乙</p>"],
  ["a frame that a letter has for Word alone", "<!--[if mso]><table><tr><td><![endif]--><p>甲</p>"],
  ["a field that is never closed", "<p>甲<textarea>乙<!--[if gte mso 9]>丙<p>丁</p>"],
  ["a tag's name in an attribute", '<p>一</p><p title="<style">二</p><p>后面</p>'],
  ["what a parser would not expect", "<p title='a>b'>甲<p/>乙</b></p><!doctype html><![CDATA[x]]>"],
])("no words are lost of %s", (_, html) => {
  expect(loses(html)).toBe(false);
});

test.each([
  ["a drawing", "<p>甲</p><svg><text>乙</text></svg>"],
  ["a title", "<p>甲</p><title>乙</title>"],
  ["a field", "<p>甲</p><textarea>乙</textarea>"],
  ["a field where the page has its head", "<head><textarea>乙</textarea></head><p>甲</p>"],
  [
    "a field that is never closed and Word's condition around a paragraph",
    "<textarea>甲<!--[if gte mso 9]><p>乙</p><![endif]--><p>丙</p>",
  ],
  [
    "a text box of Word's",
    "<p>甲</p><!--[if gte vml 1]><v:textbox><p>乙</p></v:textbox><![endif]-->",
  ],
  ["a script that swallows a paragraph", "<script><p>甲</p></script>"],
  ["an attribute that swallows one", '<p title="<p>甲</p>">乙</p>'],
])("words are lost of %s", (_, html) => {
  expect(loses(html)).toBe(true);
});

test.each([
  ["<p><a href='javascript:alert(1)'>字</a></p>", true],
  ["<a href=www.example.com>字</a>", true],
  ["<a href='file:///C:/1.doc'>字</a>", true],
  ["<a href='&#106;avascript:x'>字</a>", true],
  ["<a href='https://example.com/?a=1&amp;b=2'>字</a><a href=/guides>字</a>", false],
  ["<a name=_Toc1>字</a><a href='#_Toc1'>字</a><a href=''>字</a>", false],
  ["<p>a href=javascript:x</p>", false],
])("%s loses a link: %s", (html, isLost) => {
  expect(hasLostLinks(html)).toBe(isLost);
});

test.each([
  ["<p>字<img src='file:///C:/1.png'></p>", true],
  ["<p>字<img src='data:image/png;base64,AA'></p>", true],
  ["<p>字</p><!--[if gte vml 1]><img src=x><![endif]-->", false],
])("%s loses a picture: %s", (html, isLost) => {
  expect(hasLostPictures(html, cleanRichText(html, RULES))).toBe(isLost);
});

test.each(["<!--", "<style ", "<script>", "<p class=MsoListParagraph>", "<div/>", "<title>"])(
  "a text of nothing but %s holds nobody up",
  (piece) => {
    const html = piece.repeat(Math.floor(200_000 / piece.length));
    const from = performance.now();
    hasLostWords(html, "");
    expect(performance.now() - from).toBeLessThan(2_000);
  },
);
