import { attributesOf, type HtmlPiece } from "./html-pieces.ts";

/** How a paragraph is written that Word shows as a point of a list. Its pieces are those from `from` to before `to`. */
export interface ListPoint {
  from: number;
  to: number;
  before: string;
  after: string;
  /** Where the pieces of its sign stand, which are left out. */
  sign: readonly [from: number, to: number];
}

interface FoundPoint extends Pick<ListPoint, "from" | "to" | "sign"> {
  text: string;
}

const BLOCK = /^(?:p|div|h[1-6]|ul|ol|li|table|tr|td|th|blockquote)$/;
const BLANK = /^(?:\s|&nbsp;)*$/i;
/** Dots, dashes and boxes; Wingdings writes them as single letters. */
const BULLET = /^(?:[^\p{L}\p{N}]|[a-zØ])?$/iu;
const NUMBER = /^(\d{1,3})[.．、]$/;
const ENDED = /[、，.．:：)）]$/u;

/**
 * Finds the paragraphs that Word shows as points of a list, by the place of their opening tag. Only what a list says by
 * itself becomes one: bullets, and numbers that count 1, 2, 3 without a gap. Any other sign is part of what was
 * decreed（第一条、（二）、3.）and stays as words in its paragraph.
 */
export function listPoints(pieces: readonly HtmlPiece[]): ReadonlyMap<number, ListPoint> {
  const written = new Map<number, ListPoint>();
  for (const run of runsOf(pieces, foundPoints(pieces))) {
    const groups = groupsOf(run);
    const canCount = groups.every(({ tag, points }) => tag === "ul" || countsUp(points));
    for (const { tag, points } of groups) {
      points.forEach((point, at) => {
        const isListed = tag === "ul" || canCount;
        written.set(point.from, {
          ...point,
          ...(isListed ? asItem(tag, at, points.length) : asWords(point.text)),
        });
      });
    }
  }
  return written;
}

function asItem(tag: "ul" | "ol", at: number, count: number) {
  const isLast = at === count - 1;
  return {
    before: `${at === 0 ? `<${tag}>` : ""}<li>`,
    after: `</li>${isLast ? `</${tag}>` : ""}`,
  };
}

function asWords(sign: string) {
  return { before: `<p>${sign}${ENDED.test(sign) ? "" : " "}`, after: "</p>" };
}

function countsUp(points: readonly FoundPoint[]): boolean {
  return points.every(({ text }, at) => NUMBER.exec(text)?.[1] === String(at + 1));
}

function groupsOf(run: readonly FoundPoint[]) {
  const groups: { tag: "ul" | "ol"; points: FoundPoint[] }[] = [];
  for (const point of run) {
    const tag = BULLET.test(point.text) ? "ul" : "ol";
    const last = groups.at(-1);
    if (last?.tag === tag) last.points.push(point);
    else groups.push({ tag, points: [point] });
  }
  return groups;
}

/** Points that follow one another with nothing between them. */
function runsOf(pieces: readonly HtmlPiece[], points: readonly FoundPoint[]): FoundPoint[][] {
  const runs: FoundPoint[][] = [];
  let end = -1;
  for (const point of points) {
    const between = pieces.slice(end, point.from);
    const isNext = runs.length > 0 && between.every(isNothing);
    if (isNext) runs.at(-1)?.push(point);
    else runs.push([point]);
    end = point.to;
  }
  return runs;
}

function isNothing(piece: HtmlPiece): boolean {
  return piece.kind === "hidden" || (piece.kind === "text" && BLANK.test(piece.text));
}

function foundPoints(pieces: readonly HtmlPiece[]): FoundPoint[] {
  const points: FoundPoint[] = [];
  for (let from = 0; from < pieces.length; from++) {
    const piece = pieces[from];
    if (piece?.kind !== "open" || piece.name !== "p") continue;
    const attributes = attributesOf(piece.attributes);
    const isListed = /mso-list:\s*l\d/i.test(attributes.get("style") ?? "");
    if (!isListed && !/MsoListParagraph/i.test(attributes.get("class") ?? "")) continue;
    const end = endOfParagraph(pieces, from + 1);
    const sign = signIn(pieces, from + 1, end);
    // The class alone says no more than how far the paragraph is moved in.
    if (sign === null && !isListed) continue;
    const closing = pieces[end];
    const isClosed = closing?.kind === "close" && closing.name === "p";
    const place = sign ?? ([from, from] as const);
    points.push({
      from,
      to: isClosed ? end + 1 : end,
      sign: place,
      text: textOf(pieces.slice(...place)),
    });
    from = end - 1;
  }
  return points;
}

function endOfParagraph(pieces: readonly HtmlPiece[], from: number): number {
  let at = from;
  for (; at < pieces.length; at++) {
    const piece = pieces[at];
    if ((piece?.kind === "open" || piece?.kind === "close") && BLOCK.test(piece.name)) break;
  }
  return at;
}

/**
 * Where the sign of a point stands: between Word's conditions, or in a part of its own. A first one without an end is
 * the last that is looked for.
 */
function signIn(pieces: readonly HtmlPiece[], from: number, to: number): [number, number] | null {
  for (let at = from; at < to; at++) {
    const piece = pieces[at];
    if (piece?.kind === "hidden" && /^\[if !supportLists\]/i.test(piece.text)) {
      const end = endOfCondition(pieces, at, to);
      return end === null ? null : [at, end];
    }
    if (piece?.kind !== "open" || piece.name !== "span") continue;
    if (!/mso-list:\s*Ignore/i.test(piece.attributes)) continue;
    const end = endOfSpan(pieces, at, to);
    return end === null ? null : [at, end];
  }
  return null;
}

function endOfCondition(pieces: readonly HtmlPiece[], from: number, to: number): number | null {
  for (let at = from; at < to; at++) {
    const piece = pieces[at];
    if (piece?.kind === "hidden" && /^\[endif\]/i.test(piece.text)) return at + 1;
  }
  return null;
}

function endOfSpan(pieces: readonly HtmlPiece[], from: number, to: number): number | null {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const piece = pieces[at];
    if ((piece?.kind !== "open" && piece?.kind !== "close") || piece.name !== "span") continue;
    depth += piece.kind === "open" ? 1 : -1;
    if (depth === 0) return at + 1;
  }
  return null;
}

function textOf(pieces: readonly HtmlPiece[]): string {
  return pieces
    .map((piece) => (piece.kind === "text" ? piece.text : ""))
    .join("")
    .replace(/&nbsp;|\s/gi, "")
    .replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;"));
}
