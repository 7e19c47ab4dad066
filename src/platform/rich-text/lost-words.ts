import sanitize from "sanitize-html";
import { withoutListSigns } from "#src/kernel/rich-text/clean-word-paste.ts";
import { unescapeHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { withoutInvisible } from "#src/kernel/typed-text.ts";
import { DEPTH_READ_MAX } from "./clean-rich-text.ts";
import { limitNesting } from "./limit-nesting.ts";

/** What no reader of the page sees, from its beginning to its end; without an end it runs to the end of the text. */
const UNSEEN =
  /<!--([\s\S]*?)(-->|$)|<(style|script|head|xml|noscript|template|iframe|audio|video)\b([\s\S]*?)(<\/\3\s*>|$)/gi;

/**
 * Tells whether cleaning lost words that a reader would have seen: of a drawing or a title, or all that follows a
 * comment, script or style that was never closed. Signs and blanks do not count, and neither does what only a word
 * processor's own parts hold.
 */
export function hasLostWords(pasted: string, cleaned: string): boolean {
  return countLetters(seenText(pasted)) > countLetters(textOf(cleaned));
}

function seenText(html: string): string {
  const seen = withoutListSigns(html).replace(
    UNSEEN,
    (_whole, comment = "", commentEnd = "", _name = "", inside: string = "", end = "") => {
      const isClosed = commentEnd !== "" || end !== "";
      return isClosed ? "" : comment + inside.slice(inside.indexOf(">") + 1);
    },
  );
  return textOf(limitNesting(seen, DEPTH_READ_MAX));
}

function textOf(html: string): string {
  return unescapeHtml(sanitize(html, { allowedTags: [], nonTextTags: [] }));
}

function countLetters(text: string): number {
  return withoutInvisible(text).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
