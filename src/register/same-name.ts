import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";

/**
 * Tells whether two names are one: compared without blanks, in half width, with one form of the dot that
 * parts names of other languages (阿依夏木·买买提) and one form of brackets.
 */
export function isSameName(first: string, second: string): boolean {
  return comparable(first) === comparable(second);
}

function comparable(name: string): string {
  return toHalfWidth(cleanText(name).normalize("NFKC"))
    .replace(/[·•‧∙・.．]/g, "·")
    .replace(/\s/g, "")
    .toUpperCase();
}
