/** What a word processor puts around its text and between it: comments, style sheets, XML of its own. */
const NO_TEXT =
  /<!--[\s\S]*?(?:-->|$)|<!\[[^<>]*>|<(style|xml|script|head|title|svg|math|iframe|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/?(?:meta|link|html|body|\w+:\w+)\b[^<>]*>/gi;

/** Attributes that carry looks or acts, whatever their quotes. */
const LOOKS =
  /\s(?:style|class|lang|align|valign|width|height|bgcolor|border|cell\w+|on\w+|data-\w[\w-]*)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;

const PARAGRAPH = /<p\b([^<>]*)>((?:(?!<\/?p\b)[\s\S])*)<\/p\s*>/gi;
/** What Word writes on a paragraph that it shows as a point of a list. */
const LIST_POINT = /MsoListParagraph|mso-list:\s*l\d/i;
/** The marker stands in a part of its own. It is short: looking further for its end would take minutes of a bad text. */
const MARKER =
  /<!\[if !supportLists\]>([\s\S]{0,1000}?)<!\[endif\]>|<span[^<>]{0,500}?mso-list:\s*Ignore[^<>]{0,500}>((?:[^<]|<span[^<>]*>[^<]*<\/span>)*)<\/span>/i;

/** A division without blocks in it, which is a paragraph by another name. */
const DIVISION =
  /<div\b[^<>]*>((?:(?!<\/?(?:div|p|ul|ol|table|h[1-6]|blockquote)\b)[\s\S])*)<\/div\s*>/gi;

/**
 * Takes out of pasted HTML what Word, WPS and browsers add to it: conditional comments, `<o:p>`, styles, classes
 * and spans. Its paragraphs with a typed bullet or number become lists. What is left is no safer than before:
 * it is still cleaned by the list of what is allowed.
 */
export function cleanWordPaste(html: string): string {
  return joinLists(withoutListSigns(html))
    .replace(NO_TEXT, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(LOOKS, ""))
    .replace(/<\/?(?:span|font)\b[^<>]*>/gi, "")
    .replace(/<(\/?)h1\b[^<>]*>/gi, "<$1h2>")
    .replace(/<(\/?)h[4-6]\b[^<>]*>/gi, "<$1h3>")
    .replace(DIVISION, "<p>$1</p>")
    .replace(/<p\s*>(?:\s|&nbsp;|<br\s*\/?>)*<\/p>/gi, "");
}

/** Makes list items of the paragraphs that Word shows as points: the sign that it types before each goes. */
export function withoutListSigns(html: string): string {
  return html.replace(PARAGRAPH, asListItem);
}

function asListItem(whole: string, attributes: string, inside: string): string {
  if (!LIST_POINT.test(attributes)) return whole;
  const marker = MARKER.exec(inside);
  const sign = (marker?.[1] ?? marker?.[2] ?? "").replace(/<[^>]*>|&nbsp;|\s/g, "");
  const kind = /^[(（]?[0-9a-z一二三四五六七八九十]{1,3}[.、)）]/i.test(sign) ? "ol" : "ul";
  return `<${kind}><li>${inside.replace(MARKER, "").trim()}</li></${kind}>`;
}

function joinLists(html: string): string {
  return html.replace(/<\/(ul|ol)>\s*<\1>/g, "");
}
