import { attributesOf, type HtmlPiece, htmlPieces } from "./html-pieces.ts";
import { type ListPoint, listPoints } from "./list-points.ts";
import { withoutUnseenParts } from "./unseen-parts.ts";

/** HTML that was pasted or typed, without what a word processor or a browser adds to it. */
export interface Pasted {
  html: string;
  /** Text that a reader may have seen and that is not in `html`; entities are not read. */
  dropped: string;
}

/** Tags that are written on. Of any other the words alone stay; which of these an article may have is judged later. */
const KEPT: ReadonlySet<string> = new Set([
  ...["p", "h2", "h3", "strong", "em", "s", "sup", "sub", "ul", "ol", "li", "blockquote"],
  ...[
    "a",
    "img",
    "br",
    "hr",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "div",
  ],
  ...["section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "pre"],
  ...["dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "details", "summary"],
]);
const RENAMED: Readonly<Record<string, string>> = {
  ...{ h1: "h2", h4: "h3", h5: "h3", h6: "h3", b: "strong", i: "em", del: "s", strike: "s" },
};
const KEPT_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ["href"],
  img: ["src", "alt"],
  th: ["colspan", "rowspan"],
  td: ["colspan", "rowspan"],
};
/** A division with one of these in it is no paragraph by another name. */
const BLOCK = /^(?:div|p|ul|ol|li|table|h[1-6]|blockquote|section|article|hr|dl|pre)$/;
const BLANK = /^(?:<br>|(?:[\t\n\f\r \u00A0]|&nbsp;)*)$/i;

/**
 * Takes out of HTML what Word, WPS and browsers add to text: conditional comments, `<o:p>`, styles, classes and spans.
 * Its typed points become lists where a list says the same. What is left is well quoted, holds no element that hides
 * what follows it, and is no safer than before: it is still cleaned by the list of what is allowed.
 */
export function readPasted(html: string): Pasted {
  const { pieces, dropped } = withoutUnseenParts(htmlPieces(html));
  return {
    html: new Writer(pieces).write(),
    dropped: dropped.map((text) => text.replace(/<[^<>]*>|[<>]/g, " ")).join("\n"),
  };
}

/** Where the text between two tags must not look like a tag. */
const quoted = (text: string): string =>
  text.replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;"));

class Writer {
  private readonly out: string[] = [];
  /** What stands in the place of each span that is open. */
  private readonly spans: string[] = [];
  /** Where the paragraph began that is open; -1 while none is. */
  private paragraphAt = -1;
  private readonly pieces: readonly HtmlPiece[];
  private readonly points: ReadonlyMap<number, ListPoint>;
  private readonly paragraphs: ReadonlySet<number>;

  constructor(pieces: readonly HtmlPiece[]) {
    this.pieces = pieces;
    this.points = listPoints(pieces);
    this.paragraphs = divisionsWithoutBlocks(pieces);
  }

  write(): string {
    for (let at = 0; at < this.pieces.length; at++) {
      const point = this.points.get(at);
      if (point === undefined) this.writePiece(at);
      else at = this.writePoint(point);
    }
    return this.out.join("");
  }

  private writePoint({ from, to, sign, before, after }: ListPoint): number {
    this.paragraphAt = -1;
    this.out.push(before);
    for (let at = from + 1; at < to; at++) {
      const piece = this.pieces[at];
      const isSign = at >= sign[0] && at < sign[1];
      const isEnd = at === to - 1 && piece?.kind === "close" && piece.name === "p";
      if (!isSign && !isEnd) this.writePiece(at);
    }
    this.out.push(after);
    return to - 1;
  }

  private writePiece(at: number): void {
    const piece = this.pieces[at];
    if (piece?.kind === "text") this.out.push(quoted(piece.text));
    else if (piece?.kind === "open") this.writeOpen(piece.name, piece.attributes, at);
    else if (piece?.kind === "close") this.writeClose(piece.name, at);
  }

  private writeOpen(written: string, attributes: string, at: number): void {
    if (written === "span" || written === "font") {
      const tag = tagOfLook(attributesOf(attributes).get("style") ?? "");
      this.spans.push(tag);
      if (tag !== "") this.out.push(`<${tag}>`);
      return;
    }
    const name = this.paragraphs.has(at) ? "p" : (RENAMED[written] ?? written);
    if (!KEPT.has(name)) return;
    if (name === "p") this.paragraphAt = this.out.length;
    else if (name !== "br") this.paragraphAt = -1;
    this.out.push(`<${name}${keptAttributes(name, attributes)}>`);
  }

  private writeClose(written: string, at: number): void {
    if (written === "span" || written === "font") {
      const tag = this.spans.pop() ?? "";
      if (tag !== "") this.out.push(`</${tag}>`);
      return;
    }
    const name = this.paragraphs.has(at) ? "p" : (RENAMED[written] ?? written);
    if (!KEPT.has(name) || name === "br") return;
    const from = this.paragraphAt;
    this.paragraphAt = -1;
    const isEmpty =
      name === "p" && from !== -1 && this.out.slice(from + 1).every((one) => BLANK.test(one));
    if (isEmpty) this.out.length = from;
    else this.out.push(`</${name}>`);
  }
}

function keptAttributes(name: string, written: string): string {
  const kept = KEPT_ATTRIBUTES[name];
  if (kept === undefined) return "";
  const attributes = attributesOf(written);
  return kept
    .filter((attribute) => attributes.has(attribute))
    .map((key) => ` ${key}="${quoted(attributes.get(key) ?? "").replaceAll('"', "&quot;")}"`)
    .join("");
}

/** Some programs write by looks alone what has a tag of its own. */
/** Word's styles are shorter; a longer one would take more time than its length. */
const STYLE_READ = 1_000;

function tagOfLook(written: string): string {
  const style = written.slice(0, STYLE_READ);
  const [, place] = /vertical-align:\s*(super|sub)\b/i.exec(style) ?? [];
  if (place !== undefined) return place.toLowerCase() === "sub" ? "sub" : "sup";
  return /text-decoration[a-z-]*:[^;]*line-through/i.test(style) ? "s" : "";
}

/** The opening and closing tags of divisions in which no block stands. */
function divisionsWithoutBlocks(pieces: readonly HtmlPiece[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open: { at: number; hasBlocks: boolean }[] = [];
  pieces.forEach((piece, at) => {
    if (piece.kind !== "open" && piece.kind !== "close") return;
    const around = open.at(-1);
    if (piece.name === "div" && piece.kind === "close") {
      const division = open.pop();
      if (division && !division.hasBlocks) found.add(division.at).add(at);
    } else if (BLOCK.test(piece.name)) {
      if (around) around.hasBlocks = true;
      if (piece.name === "div") open.push({ at, hasBlocks: false });
    }
  });
  return found;
}
