import sanitize from "sanitize-html";
import { attributesOf, htmlPieces } from "#src/kernel/rich-text/html-pieces.ts";
import { unescapeHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { readPasted } from "#src/kernel/rich-text/read-pasted.ts";
import { withoutInvisible } from "#src/kernel/typed-text.ts";
import { DEPTH_READ_MAX } from "./clean-rich-text.ts";
import { limitNesting } from "./limit-nesting.ts";
import { safeHref } from "./safe-href.ts";

/**
 * Tells whether cleaning lost words that a reader would have seen: of a drawing, a title or a field, or what a part that
 * nobody sees has swallowed. Signs and blanks do not count, and neither does what only a word processor's own parts hold
 * or a list says by itself.
 */
export function hasLostWords(pasted: string, cleaned: string): boolean {
  const { html, dropped } = readPasted(pasted);
  const seen = countLetters(textOf(limitNesting(html, DEPTH_READ_MAX)));
  return countLetters(textOf(dropped)) + seen > countLetters(textOf(cleaned));
}

/**
 * Tells whether a link of what was pasted or typed leads where none may lead, so that cleaning keeps its words alone: to a
 * script, to a file, or to an address without its https://. Leaps within the same page do not count.
 */
export function hasLostLinks(pasted: string): boolean {
  return htmlPieces(pasted).some((piece) => {
    if (piece.kind !== "open" || piece.name !== "a") return false;
    const href = unescapeHtml(attributesOf(piece.attributes).get("href") ?? "").trim();
    return href !== "" && !href.startsWith("#") && safeHref(href) === null;
  });
}

/** Tells whether cleaning left out a picture: of another site, of the editor's own disk, or written into the text itself. */
export function hasLostPictures(pasted: string, cleaned: string): boolean {
  const pictures = htmlPieces(pasted).filter(
    (piece) => piece.kind === "open" && piece.name === "img",
  );
  return pictures.length > (cleaned.match(/<img /g)?.length ?? 0);
}

function textOf(html: string): string {
  return unescapeHtml(sanitize(html, { allowedTags: [], nonTextTags: [] }));
}

function countLetters(text: string): number {
  return withoutInvisible(text).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
