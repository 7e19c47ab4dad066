/** Signs that HTML gives a meaning. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const BLOCK_TAG = /<(?:p|h[1-6]|ul|ol|li|blockquote|table|img|div|br|hr|a|strong|em)\b[^>]*>/i;

/** Writes text so that HTML shows it as it is. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Reads the signs back that `escapeHtml` wrote. */
export function unescapeHtml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Tells whether a body was written as HTML; anything without a tag of ours is plain text. */
export function isHtml(body: string): boolean {
  return BLOCK_TAG.test(body);
}

/**
 * Turns plain text into rich text by the convention of the form: an empty line parts paragraphs; "## " and "### "
 * begin headings, "- " and "1. " points of a list, "> " a quotation; **thick**, [words](address) and
 * ![what is seen](address of a picture).
 */
export function htmlOfPlain(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t\u3000]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "")
    .map(htmlOfBlock)
    .join("");
}

function htmlOfBlock(block: string): string {
  const lines = block.split("\n").map((line) => line.trim());
  const heading = /^(##|###) +(.+)$/.exec(block);
  if (heading) {
    const tag = heading[1] === "##" ? "h2" : "h3";
    return `<${tag}>${inline(heading[2] ?? "")}</${tag}>`;
  }
  if (lines.every((line) => /^- +\S/.test(line))) return list("ul", lines, /^- +/);
  if (lines.every((line) => /^[0-9]{1,3}\. +\S/.test(line)))
    return list("ol", lines, /^[0-9]+\. +/);
  if (lines.every((line) => /^> ?/.test(line))) {
    const words = lines.map((line) => inline(line.replace(/^> ?/, ""))).join("<br />");
    return `<blockquote><p>${words}</p></blockquote>`;
  }
  const picture = /^!\[([^\]\n]*)\]\(([^()\s]+)\)$/.exec(block);
  if (picture) {
    return `<img src="${escapeHtml(picture[2] ?? "")}" alt="${escapeHtml(picture[1] ?? "")}" />`;
  }
  return `<p>${lines.map(inline).join("<br />")}</p>`;
}

function list(tag: "ul" | "ol", lines: readonly string[], sign: RegExp): string {
  const items = lines.map((line) => `<li><p>${inline(line.replace(sign, ""))}</p></li>`);
  return `<${tag}>${items.join("")}</${tag}>`;
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*([^*\n]+)\*\*/g, "<strong>$1</strong>")
    .replace(/(?<!!)\[([^[\]\n]+)\]\(([^()\s]+)\)/g, '<a href="$2">$1</a>');
}

/**
 * Writes rich text by the convention, or answers null where it holds more than the convention can say: what comes
 * back, read again, is the very same rich text. Sizes of pictures do not count; they are known from the files.
 */
export function plainOfHtml(html: string): string | null {
  const bare = html.replace(/(<img\b[^>]*?) width="\d+" height="\d+"/g, "$1");
  const blocks = bare.match(/<(p|h2|h3|ul|ol|blockquote)>[\s\S]*?<\/\1>|<img\b[^>]*>/g) ?? [];
  const text = blocks.map(plainOfBlock).join("\n\n");
  return htmlOfPlain(text) === bare ? text : null;
}

function plainOfBlock(block: string): string {
  const tag = /^<(\w+)/.exec(block)?.[1] ?? "";
  const inside = block.replace(/^<\w+>|<\/\w+>$/g, "");
  switch (tag) {
    case "h2":
      return `## ${plainInline(inside)}`;
    case "h3":
      return `### ${plainInline(inside)}`;
    case "ul":
      return plainItems(inside, () => "- ");
    case "ol":
      return plainItems(inside, (at) => `${at + 1}. `);
    case "blockquote":
      return plainInline(inside).replace(/^/gm, "> ");
    case "img":
      return `![${attribute(block, "alt")}](${attribute(block, "src")})`;
    default:
      return plainInline(inside);
  }
}

function plainItems(inside: string, sign: (at: number) => string): string {
  const items = inside.match(/<li>[\s\S]*?<\/li>/g) ?? [];
  return items.map((item, at) => sign(at) + plainInline(item)).join("\n");
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function plainInline(html: string): string {
  const text = html
    .replace(/<br \/>/g, "\n")
    .replace(/<strong>(.*?)<\/strong>/g, "**$1**")
    .replace(/<a href="([^"]*)">(.*?)<\/a>/g, "[$2]($1)")
    .replace(/<[^>]*>/g, "");
  return unescapeHtml(text);
}
