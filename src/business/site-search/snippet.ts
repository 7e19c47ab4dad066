import { foldWithPlaces } from "./fold-text.ts";
import type { Concept } from "./read-query.ts";

/** A piece of text, and whether it is what was looked for. */
export interface MarkedPiece {
  words: string;
  isMarked: boolean;
}

/** How much of a text a result shows, and how much of that stands before the first find where no sentence begins. */
const SHOWN = 100;
const BEFORE = 24;
/** A sentence that begins so near before the first find is shown from its beginning. */
const SENTENCE_BEFORE = 60;

/** A full stop with what closes behind it; or a blank between characters, where two texts were joined. */
const SENTENCE_END =
  /[。！？!?\n][”’」』）)]*\s*|(?<=[\p{Script=Han}）”》])\s+(?=[\p{Script=Han}“《])/gu;

interface Place {
  start: number;
  end: number;
}

/** Marks what was looked for in a whole text. */
export function markWords(text: string, concepts: readonly Concept[]): MarkedPiece[] {
  return cut(text, placesOf(text, concepts), 0, text.length);
}

/**
 * Shows the part of a text around the first find, from the beginning of its sentence where that is near, with finds
 * marked; the beginning of the text where nothing is found.
 */
export function snippetOf(text: string, concepts: readonly Concept[]): MarkedPiece[] {
  const places = placesOf(text, concepts);
  const first = places[0]?.start ?? 0;
  const sentence = sentenceStart(text, first);
  const start = sentence ?? wholeFrom(text, first - BEFORE);
  const end = wholeFrom(text, Math.min(text.length, start + SHOWN));
  const pieces = cut(text, places, start, end);
  if (sentence === null) pieces.unshift({ words: "…", isMarked: false });
  if (end < text.length) pieces.push({ words: "…", isMarked: false });
  return pieces;
}

/** Where the sentence around a place begins; null where that is too far before it. */
function sentenceStart(text: string, place: number): number | null {
  const from = Math.max(0, place - SENTENCE_BEFORE);
  const starts = [...text.slice(from, place + 1).matchAll(SENTENCE_END)]
    .map(({ index, 0: end }) => from + index + end.length)
    .filter((start) => start <= place);
  return starts.at(-1) ?? (from === 0 ? 0 : null);
}

/** Where the words stand in the original, first to last, none over another. */
function placesOf(text: string, concepts: readonly Concept[]): Place[] {
  const folded = foldWithPlaces(text);
  const words = concepts.flat().sort((a, b) => b.length - a.length);
  const places: Place[] = [];
  for (const word of words) {
    for (let at = folded.text.indexOf(word); at >= 0; ) {
      const start = folded.from[at] ?? 0;
      const end = folded.from[at + word.length] ?? text.length;
      const isWhole = standsAlone(folded.text, at, word);
      if (isWhole && end > start && !places.some((one) => start < one.end && one.start < end)) {
        places.push({ start, end });
      }
      at = folded.text.indexOf(word, at + word.length);
    }
  }
  return places.sort((a, b) => a.start - b.start);
}

/** A number inside another is not what was looked for. */
function standsAlone(text: string, at: number, word: string): boolean {
  if (!/^[0-9]+$/.test(word)) return true;
  return !/[0-9]/.test(text.charAt(at - 1)) && !/[0-9]/.test(text.charAt(at + word.length));
}

function cut(text: string, places: readonly Place[], from: number, to: number): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = from;
  for (const place of places) {
    const start = Math.max(place.start, at);
    const end = Math.min(place.end, to);
    if (end <= start) continue;
    if (start > at) pieces.push({ words: text.slice(at, start), isMarked: false });
    pieces.push({ words: text.slice(start, end), isMarked: true });
    at = end;
  }
  if (at < to) pieces.push({ words: text.slice(at, to), isMarked: false });
  return pieces;
}

/** Never between the two halves of one character. */
function wholeFrom(text: string, at: number): number {
  const isInside = /[\uDC00-\uDFFF]/.test(text.charAt(at));
  return isInside ? at - 1 : at;
}
