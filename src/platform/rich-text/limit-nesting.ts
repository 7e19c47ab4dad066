const TAG = /<(\/?)([a-z][^\s<>/]*)[^<>]*>/gi;

/** Void elements, and those that the next of their kind closes: however many there are, they do not lie in one another. */
const NEVER_DEEP: ReadonlySet<string> = new Set([
  ...["area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input"],
  ...["isindex", "keygen", "link", "meta", "param", "source", "track", "wbr"],
  ...["p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "th", "td", "option"],
]);

/**
 * Leaves out tags that lie deeper than `depthMax` and keeps the words in them. A parser's time grows with the square of
 * the depth, so that a text of nothing but opening tags would hold up everybody else for seconds. What is left is no
 * safer than before and is still cleaned.
 */
export function limitNesting(html: string, depthMax: number): string {
  let depth = 0;
  return html.replace(TAG, (tag, slash: string, name: string) => {
    // The stroke of `<div/>` says nothing: a parser of HTML takes it for open.
    if (NEVER_DEEP.has(name.toLowerCase())) return tag;
    if (slash === "") {
      depth += 1;
      return depth > depthMax ? "" : tag;
    }
    const isKept = depth <= depthMax;
    depth = Math.max(0, depth - 1);
    return isKept ? tag : "";
  });
}

/** Leaves out the deeper tags of cleaned text, in which each element is closed, and keeps the words in them. */
export function flattenCleaned(html: string, depthMax: number): string {
  let depth = 0;
  return html.replace(/<(\/?)\w[^>]*>/g, (tag, slash: string) => {
    if (tag.endsWith(" />")) return depth < depthMax ? tag : "";
    if (slash === "") depth += 1;
    const isKept = depth <= depthMax;
    if (slash !== "") depth -= 1;
    return isKept ? tag : "";
  });
}
