import { plainQuery, queryWords } from "#src/platform/query-words.ts";
import { foldText } from "./fold-text.ts";
import { EMPTY_WORDS, SYNONYMS } from "./synonyms.ts";

/** One thing that is asked for, in all the words for it; the first is what was typed. */
export type Concept = readonly string[];

/** Many words would make one search cost like many. */
const CONCEPTS_MAX = 12;

const groupOf = new Map(SYNONYMS.flatMap((group) => group.map((word) => [word, group] as const)));
const longestFirst = [...groupOf.keys()].sort((a, b) => b.length - a.length);

/**
 * Reads what was typed as things asked for: known words of the field first, the longest first, each with its
 * synonyms; what is left is cut into words. Words that say nothing are dropped, unless nothing else was typed.
 */
export function readConcepts(typed: string): Concept[] {
  let rest = plainQuery(foldText(typed));
  const known: Concept[] = [];
  for (const word of longestFirst) {
    if (!rest.includes(word)) continue;
    const group = groupOf.get(word) ?? [];
    if (!known.some(([, ...others]) => others.some((other) => group.includes(other)))) {
      known.push([word, ...group.filter((other) => other !== word)]);
    }
    rest = rest.replaceAll(word, " ");
  }
  const telling = queryWords(rest, (word) => EMPTY_WORDS.has(word));
  const chosen = telling.length > 0 || known.length > 0 ? telling : queryWords(rest, () => false);
  return [...known, ...[...new Set(chosen)].map((word) => [word])].slice(0, CONCEPTS_MAX);
}
