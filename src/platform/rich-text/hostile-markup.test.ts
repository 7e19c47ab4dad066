import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanRichText } from "./clean-rich-text.ts";
import { hasLostWords } from "./lost-words.ts";

const RULES = { picturePath: "/a/", deskPicturePath: "/b/", pictures: new Map() };
const SEED = 20261127;

const NAMES = [
  ...["svg", "math", "iframe", "xml", "style", "script", "template", "noscript", "title", "video"],
  ...["textarea", "head", "table", "td", "select", "o:p", "span", "div", "blockquote", "ul", "li"],
  ...["tr", "th", "thead", "tbody", "tfoot", "caption", "option", "dd", "i", "a href=/x"],
  ...["p", "h2", "h3", "a", "s", "sup", "strong", "xmp", "plaintext", "object", "frameset", "body"],
];
const VALUES = [
  ...['"<style"', '"a<svg b"', "'<!--'", '"</p>"', '"<script>"', "<svg", "x", '"', "'", '"><xml'],
  ...["javascript:x", '"data:image/svg+xml,<svg onload=x>"', "'mso-list:l0 level1'", '"a>b"'],
];
const name = fc.constantFrom(...NAMES);
const attribute = fc
  .tuple(
    fc.constantFrom("title", "src", "href", "style", "onload", "class", "x"),
    fc.constantFrom(...VALUES),
  )
  .map(([key, value]) => `${key}=${value}`);
const piece = fc.oneof(
  name.map((one) => `<${one}>`),
  name.map((one) => `</${one}>`),
  fc
    .tuple(name, fc.array(attribute, { maxLength: 3 }), fc.constantFrom(">", "/>", " >", ""))
    .map(([one, attributes, end]) => `<${[one, ...attributes].join(" ")}${end}`),
  fc.constantFrom(
    ...["<!--", "-->", "<![endif]-->", "<![if !supportLists]>", "<![CDATA[", "]]>", "<!", "</"],
    ...["<", ">", '"', "'", "&lt;script&gt;", "&", "<img src=x onerror=x>", "<?xml ?>", "<br/>"],
    ...["<!--[if gte mso 9]>", "\u200b", "&#8203;", "&nbsp;", "\u202e"],
  ),
);

/** Marked sentences, each in a paragraph of its own, with pieces of markup before, in and after them. */
const article = fc
  .array(fc.tuple(fc.array(piece, { maxLength: 3 }), fc.array(piece, { maxLength: 2 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => ({
    html: parts
      .map(
        ([before, inside], at) => `${before.join("")}<p>句${at}前${inside.join("")}句${at}后</p>`,
      )
      .join(""),
    sentences: parts.flatMap((_, at) => [`句${at}前`, `句${at}后`]),
  }));

test("each sentence between pieces of hostile markup stays, or its loss is told", () => {
  fc.assert(
    fc.property(article, ({ html, sentences }) => {
      const cleaned = cleanRichText(html, RULES);
      const isWhole = sentences.every((sentence) => cleaned.includes(sentence));
      expect(isWhole || hasLostWords(html, cleaned)).toBe(true);
    }),
    { seed: SEED, numRuns: 1_500 },
  );
});

test("nothing dangerous stays of it, and cleaning what is clean changes nothing", () => {
  fc.assert(
    fc.property(article, ({ html }) => {
      const cleaned = cleanRichText(html, RULES);
      const tags = cleaned.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) {
        expect(tag).toMatch(
          /^<\/?(?:p|h2|h3|strong|em|s|sup|sub|ul|ol|li|blockquote|table|tbody|thead|tr|th|td|caption|a)>$|^<[bh]r \/>$|^<a href="[^"<>]*"(?: rel="noopener")?>$/,
        );
        expect(tag).not.toMatch(/javascript|data:/i);
      }
      expect(cleanRichText(cleaned, RULES)).toBe(cleaned);
    }),
    { seed: SEED, numRuns: 4_000 },
  );
});
