/** In what each part of a table may stand; anywhere else a browser passes over its tag. */
const PARENTS: Readonly<Record<string, RegExp>> = {
  caption: /^table$/,
  thead: /^table$/,
  tbody: /^table$/,
  tr: /^(?:table|thead|tbody)$/,
  th: /^tr$/,
  td: /^tr$/,
};

/**
 * Leaves out the tags of table parts that do not stand in what they are a part of, and keeps the words in them, apart from
 * one another. Of cleaned text, in which each element is closed.
 */
export function withoutStrayTableParts(html: string): string {
  const open: { name: string; isKept: boolean }[] = [];
  return html.replace(/<(\/?)(\w+)[^>]*>/g, (tag, slash: string, name: string) => {
    if (tag.endsWith(" />")) return tag;
    if (slash === "/") return open.pop()?.isKept === false ? " " : tag;
    const parent = open.at(-1);
    const isKept = PARENTS[name]?.test(parent?.isKept ? parent.name : "") ?? true;
    open.push({ name, isKept });
    return isKept ? tag : "";
  });
}

const NEVER_IN_PARAGRAPH = /^(?:p|h2|h3|ul|ol|li|table|blockquote|hr)$/;

/**
 * Tells whether a cleaned text is read as it is written. A link or a paragraph that was never closed may be left with its
 * end in a wrong place, and a parser closes by itself a point, a row or a cell before the next one of its kind.
 */
export function isWellNested(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = "", stroke] of html.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (slash === "/") {
      if (open.pop() !== name) return false;
      continue;
    }
    if (NEVER_IN_PARAGRAPH.test(name) && open.includes("p")) return false;
    if (/^h[23]$/.test(name) && (open.includes("h2") || open.includes("h3"))) return false;
    if (name === "a" && open.includes("a")) return false;
    if (name === "li" && open.at(-1) === "li") return false;
    if (!(PARENTS[name]?.test(open.at(-1) ?? "") ?? true)) return false;
    if (stroke !== "/") open.push(name);
  }
  return open.length === 0;
}
