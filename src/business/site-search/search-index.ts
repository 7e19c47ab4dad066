import MiniSearch, { type Query } from "minisearch";
import type { SiteText, SiteTextKind } from "#src/platform/site-text.ts";
import { soundOf } from "#src/register/search/pinyin-keys.ts";
import { foldText } from "./fold-text.ts";
import { type Concept, readConcepts } from "./read-query.ts";
import { pairsIn, termsOf } from "./words.ts";

/** What a search found: every page that fits, best first, and the words that were looked for. */
export interface SiteAnswer {
  hits: readonly SiteText[];
  concepts: readonly Concept[];
  /** Nothing has all that was asked for, so pages with a part of it are shown. */
  isPartial: boolean;
}

export interface SiteIndex {
  search(typed: string): SiteAnswer;
}

/** Titles count most; a kind that answers a task stands before one that reports on it. */
const BOOST = { title: 6, names: 4, sound: 3, text: 1 };
const KIND_WEIGHT: Record<SiteTextKind, number> = {
  办事入口: 1.6,
  办事指南: 1.3,
  帮助: 1.2,
  政策: 1,
  维修资金公示: 1.3,
  资料下载: 1,
  新闻: 0.9,
};
/** Where things are done; what is called by all the words that were typed is what was meant. */
const STARTS_BUSINESS: SiteTextKind = "办事入口";
/** Longer texts are looked at only so far: a page is found by what it says first. */
const TEXT_MAX = 20_000;

interface Entry {
  id: number;
  title: string;
  names: string;
  sound: string;
  text: string;
}

/** Builds the index over all texts; one of a thousand pages takes well under a second. */
export function buildSiteIndex(texts: readonly SiteText[]): SiteIndex {
  const index = new MiniSearch<Entry>({
    fields: ["title", "names", "sound", "text"],
    tokenize: (text, field) => (field === "sound" ? text.split(" ") : termsOf(text)),
    processTerm: (term) => term,
    searchOptions: { boost: BOOST, tokenize: (text) => [text] },
  });
  const entries = texts.map(({ title, names = "", text }, id) => ({
    id,
    title: foldText(title),
    names: foldText(names),
    sound: soundsOf(foldText(title)).join(" "),
    text: foldText(text.slice(0, TEXT_MAX)),
  }));
  index.addAll(entries);
  return {
    search(typed) {
      const concepts = readConcepts(typed);
      if (concepts.length === 0) return { hits: [], concepts, isPartial: false };
      const boostDocument = (id: number) => KIND_WEIGHT[texts[id]?.kind ?? "新闻"];
      const find = (combineWith: "AND" | "OR", wanted: readonly Concept[]) => {
        const queries = wanted.map(conceptQuery);
        if (queries.length === 0) return [];
        const hold = (id: number) => (concept: Concept) => holds(entries[id], concept);
        return index
          .search({ combineWith, queries }, { boostDocument })
          .filter(({ id }) =>
            combineWith === "AND" ? wanted.every(hold(id)) : wanted.some(hold(id)),
          )
          .map(({ id }) => id);
      };
      const whole = find("AND", concepts);
      const found = whole.length > 0 ? whole : find("OR", concepts.filter(canStandAlone));
      const starts = (id: number) =>
        texts[id]?.kind === STARTS_BUSINESS &&
        concepts.every((concept) => isCalled(entries[id], concept));
      // Among themselves in the order in which the services are listed: what most people come for first.
      const first = found.filter(starts).sort((a, b) => a - b);
      const ordered = [...first, ...found.filter((id) => !starts(id))];
      return {
        hits: ordered.map((id) => texts[id]).filter((text) => text !== undefined),
        concepts,
        isPartial: whole.length === 0 && found.length > 0,
      };
    },
  };
}

/** One Chinese character out of several words stands on too many pages to mean any of them. */
function canStandAlone(concept: Concept): boolean {
  return concept.some((word) => Array.from(word).length > 1);
}

/** Any of the words; a Chinese one also by its pairs, all of them, however the text was cut. */
function conceptQuery(concept: Concept): Query {
  return { combineWith: "OR", queries: concept.flatMap(wordQueries) };
}

/** Pairs of a word may stand apart in a text that has the word nowhere; sounds are the index's own matter. */
function holds(entry: Entry | undefined, concept: Concept): boolean {
  if (entry === undefined) return false;
  const { title, names, text } = entry;
  return concept.some(
    (word) => isLatin(word) || [title, names, text].some((one) => one.includes(word)),
  );
}

/** Title or names have one of the words: the page is about it, and does not only mention it. */
function isCalled(entry: Entry | undefined, concept: Concept): boolean {
  if (entry === undefined) return false;
  const { title, names, sound } = entry;
  return concept.some((word) =>
    isLatin(word)
      ? sound.split(" ").some((one) => one.startsWith(word))
      : title.includes(word) || names.includes(word),
  );
}

function isLatin(word: string): boolean {
  return /^[a-z0-9]+$/.test(word);
}

function wordQueries(word: string): Query[] {
  if (isLatin(word)) {
    return [
      {
        queries: [word],
        prefix: /^[a-z]{2}/.test(word),
        fields: ["title", "names", "sound", "text"],
      },
    ];
  }
  const inWords = ["title", "names", "text"];
  if (Array.from(word).length === 1) return [{ queries: [word], prefix: true, fields: inWords }];
  const pairs = pairsIn(word);
  const exact: Query = { queries: [word], fields: inWords };
  if (pairs.length < 2) return [exact];
  return [exact, { combineWith: "AND", queries: pairs, fields: inWords }];
}

/** How a title sounds from each of its characters on, whole and by first letters: 维修资金 is found by wxzj and zijin. */
function soundsOf(title: string): string[] {
  const characters = Array.from(title).filter((one) => /[\p{Script=Han}a-z0-9]/u.test(one));
  return characters.flatMap((_, at) => {
    const { full, initials } = soundOf(characters.slice(at).join("").toUpperCase());
    return [full.toLowerCase(), initials.toLowerCase()];
  });
}
