import sanitize from "sanitize-html";
import { unescapeHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { readPasted } from "#src/kernel/rich-text/read-pasted.ts";
import { withoutInvisible } from "#src/kernel/typed-text.ts";
import { DEPTH_READ_MAX } from "./clean-rich-text.ts";
import { limitNesting } from "./limit-nesting.ts";

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

function textOf(html: string): string {
  return unescapeHtml(sanitize(html, { allowedTags: [], nonTextTags: [] }));
}

function countLetters(text: string): number {
  return withoutInvisible(text).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
