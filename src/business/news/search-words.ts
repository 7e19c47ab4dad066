import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";
import { plainQuery, queryWords } from "#src/platform/query-words.ts";
import { simplify } from "#src/platform/simplify.ts";

const QUERY_LENGTH_MAX = 60;
const WORDS_MAX = 8;
const BEFORE = 24;
const AFTER = 60;

/** They join no word that the dictionary does not know. */
const PARTICLE = /^[的了吗呢吧在是和与或我您你要]$/u;

/** Reads what was typed into a search: on one line, cleaned, not longer than anybody types. */
export function readQuery(typed: string | undefined): string {
  const text = cleanText((typed ?? "").toWellFormed().replace(/\p{Cc}/gu, " "));
  return [...text].slice(0, QUERY_LENGTH_MAX).join("");
}

/**
 * Cuts a query into the words that a text must all have: 电梯维修 finds 维修电梯, 維修 and ｗｅｂ what the site
 * writes 维修 and web. A word of one character counts only where there is no longer one, because 的 and 了 are
 * everywhere.
 */
export function searchWords(query: string): string[] {
  const plain = plainQuery(simplify(toHalfWidth(query)).toLowerCase());
  const telling = queryWords(plain, (word) => PARTICLE.test(word));
  const words = telling.length > 0 ? telling : queryWords(plain, () => false);
  const long = words.filter((word) => [...word].length > 1);
  return [...new Set(long.length > 0 ? long : words)].slice(0, WORDS_MAX);
}

/** A piece of a text: found, or around what was found. */
export interface TextPart {
  text: string;
  isFound: boolean;
}

/** Cuts a text where the words stand in it. */
export function markWords(text: string, words: readonly string[]): TextPart[] {
  if (words.length === 0) return [{ text, isFound: false }];
  const signs = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text
    .split(new RegExp(`(${signs.join("|")})`, "gi"))
    .map((part, at) => ({ text: part, isFound: at % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/** The part of a text around the first word found in it, on one line; "" where none stands in it. */
export function snippet(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, " ");
  const lower = line.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  if (places.length === 0) return "";
  const at = Math.min(...places);
  const from = Math.max(0, at - BEFORE);
  const until = Math.min(line.length, at + AFTER);
  const piece = line.slice(from, until).toWellFormed().replaceAll("\uFFFD", "");
  return `${from > 0 ? "…" : ""}${piece}${until < line.length ? "…" : ""}`;
}
