import { simplify } from "#src/platform/simplify.ts";

/** A text in one form, and for each of its UTF-16 units where in the original it came from. */
export interface FoldedText {
  text: string;
  from: readonly number[];
}

/**
 * Writes a text in one form, so that what is typed is found however it is written: half width, lower case,
 * simplified characters, nothing invisible. Every unit remembers where it came from, for the highlights.
 */
export function foldWithPlaces(original: string): FoldedText {
  let text = "";
  const from: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit++) from.push(at);
    text += folded;
    at += character.length;
  }
  return { text, from };
}

/** Writes a text in one form; see `foldWithPlaces`. */
export function foldText(original: string): string {
  return Array.from(original, foldCharacter).join("");
}

/** Written for one another, and nobody who types one means the other alone: 答覆 and 答复, 沿著 and 沿着. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ["覆", "复"],
  ["著", "着"],
]);

function foldCharacter(character: string): string {
  if (/[\p{Cf}\p{Cc}]/u.test(character)) return character === "\n" ? " " : "";
  const simple = simplify(character.normalize("NFKC").toLowerCase());
  return ALIKE.get(simple) ?? simple;
}
