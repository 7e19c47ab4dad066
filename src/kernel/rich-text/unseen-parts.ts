import type { HtmlPiece } from "./html-pieces.ts";

/** What is left of HTML when its unseen parts are gone. */
export interface SeenParts {
  pieces: HtmlPiece[];
  /** What went and may have been seen by a reader, with tags in it. */
  dropped: string[];
}

/** Drawings and formulas: their words are seen, and no article can show them. */
const DRAWN: ReadonlySet<string> = new Set(["svg", "math"]);
/** What no reader sees, or only one whose browser is very old; the XML is a word processor's own. */
const UNSEEN: ReadonlySet<string> = new Set(["template", "audio", "video", "xml"]);
/** A browser would let the reader see these, as a field or above the page. */
const SEEN_RAW: ReadonlySet<string> = new Set(["title", "textarea"]);
/** Where this stands in something unseen, it is more than the thing itself: part of the article was swallowed. */
const ARTICLE = /<\/?(?:p|h[1-6]|li|ul|ol|td|tr|table|div|blockquote|section|article)[\s/>]/i;

/**
 * Takes out of HTML the elements and comments that no reader sees, as far as they are closed; of others the tag alone
 * goes, later. Whatever may have swallowed words of the article is told in `dropped`.
 */
export function withoutUnseenParts(all: readonly HtmlPiece[]): SeenParts {
  const ends = endsOfParts(all);
  const pieces: HtmlPiece[] = [];
  const dropped: string[] = [];
  let isInHead = false;
  for (let at = 0; at < all.length; at++) {
    const piece = all[at] as HtmlPiece;
    const end = ends.get(at);
    if (piece.kind === "open" && end !== undefined) {
      dropped.push(...seenInPart(piece.name, all.slice(at, end + 1)));
      at = end;
      continue;
    }
    if (piece.kind === "open" && piece.name === "head") isInHead = true;
    else if (!isOfHead(piece)) isInHead = false;
    if (piece.kind === "hidden") {
      dropped.push(...swallowedBy(piece));
      // Word tells by a comment where the sign of a point stands.
      pieces.push(piece);
    } else if (piece.kind !== "raw") {
      if (piece.kind === "open") dropped.push(...swallowedByTag(piece.attributes));
      pieces.push(piece);
    } else if (piece.name === "xmp") {
      pieces.push({ kind: "text", text: piece.text.replaceAll("&", "&amp;") });
    } else if (SEEN_RAW.has(piece.name) && !(isInHead && piece.name === "title"))
      dropped.push(piece.text);
    else dropped.push(...swallowedBy(piece));
  }
  return { pieces, dropped };
}

function isOfHead(piece: HtmlPiece): boolean {
  switch (piece.kind) {
    case "text":
      return piece.text.trim() === "";
    case "open":
      return ["meta", "link", "base"].includes(piece.name);
    case "close":
      return piece.name !== "head";
    default:
      return true;
  }
}

/** What Word writes around what only its own readers shall see: no words of anybody's. */
const CONDITION = /^\s*\[if[^\]>]*\]>?|<!\[endif\]$/gi;

function swallowedBy({ kind, text }: Extract<HtmlPiece, { text: string }>): string[] {
  if (!ARTICLE.test(`${text}>`)) return [];
  return [kind === "hidden" ? text.replace(CONDITION, "") : text];
}

/** A tag whose ">" came late holds words where names of attributes should stand, or tags in what should be a value. */
function swallowedByTag(attributes: string): string[] {
  const names = attributes.replace(/=[\t\n\f\r ]*(?:"[^"]*"|'[^']*'|[^\t\n\f\r "'>]+)/g, "");
  return ARTICLE.test(`${attributes}>`) || /[<\u0080-\uFFFF]/.test(names) ? [attributes] : [];
}

/** What a reader may have seen of an element that goes with all that is in it. */
function seenInPart(name: string, part: readonly HtmlPiece[]): string[] {
  if (name === "xml") return textOutsideOfficeTags(part);
  const isSeen = DRAWN.has(name) || part.some((piece) => isArticleTag(piece));
  return part.flatMap((piece) => {
    if (piece.kind === "text") return isSeen ? [piece.text] : [];
    if (piece.kind === "raw" || piece.kind === "hidden") return swallowedBy(piece);
    return piece.kind === "open" ? swallowedByTag(piece.attributes) : [];
  });
}

function isArticleTag(piece: HtmlPiece): boolean {
  return (piece.kind === "open" || piece.kind === "close") && ARTICLE.test(`<${piece.name}>`);
}

/** Settings of a document stand in `<w:Zoom>` and the like; what stands beside them was meant for readers. */
function textOutsideOfficeTags(part: readonly HtmlPiece[]): string[] {
  const open: string[] = [];
  const texts: string[] = [];
  for (const piece of part) {
    if (piece.kind === "open") {
      if (!piece.isSelfClosing) open.push(piece.name);
    } else if (piece.kind === "close") {
      if (open.at(-1) === piece.name) open.pop();
    } else if (piece.kind === "text") {
      if (!open.at(-1)?.includes(":")) texts.push(piece.text);
    } else texts.push(...swallowedBy(piece));
  }
  return texts;
}

/** Where each part ends that goes whole, by the place of its opening tag; one that is never closed has no end. */
function endsOfParts(all: readonly HtmlPiece[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open = new Map<string, number[]>();
  all.forEach((piece, at) => {
    if (piece.kind !== "open" && piece.kind !== "close") return;
    const { name } = piece;
    if (!DRAWN.has(name) && !UNSEEN.has(name)) return;
    const places = open.get(name) ?? [];
    open.set(name, places);
    if (piece.kind === "close") {
      const from = places.pop();
      if (from !== undefined) ends.set(from, at);
    } else if (piece.isSelfClosing && DRAWN.has(name)) ends.set(at, at);
    else places.push(at);
  });
  return ends;
}
