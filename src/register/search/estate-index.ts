import { setImmediate } from "node:timers/promises";
import {
  compactName,
  type EstateKey,
  type EstateNaming,
  estateKeys,
  KEY_KINDS,
  type KeyKind,
  shareOwnWords,
  splitPhase,
} from "./estate-names.ts";
import { type FuzzyNames, makeFuzzyNames } from "./fuzzy-names.ts";
import { soundOf } from "./pinyin-keys.ts";

/** An estate as the index keeps it. */
export interface IndexedEstate extends EstateNaming {
  id: number;
  code: string;
  /** The name without its phase, and the phase's number (0 when the name has none). */
  family: string;
  phase: number;
  keys: readonly EstateKey[];
  /** Whole pinyin and first letters of its names. */
  sounds: readonly string[];
}

/** A place in a compact text where the key of one or more estates stands. */
export interface NameSpan {
  start: number;
  end: number;
  kind: KeyKind;
  estates: readonly IndexedEstate[];
}

/** An estate found by a name, with the reason in words and how well it fits (1 is the name itself). */
export interface EstateMatch {
  estate: IndexedEstate;
  why: string;
  score: number;
}

/** Tens of thousands of estates in memory, found by name, alias, street number, pinyin or likeness. */
export interface EstateIndex {
  readonly size: number;
  /** The places of estate names in a compact text, the longest and best first; at most eight. */
  spansIn(compact: string): NameSpan[];
  /** Estates whose name sounds exactly so: whole pinyin or first letters, in capitals. */
  soundingLike(letters: string): IndexedEstate[];
  /** The other phases of an estate, nearest phase first. */
  sistersOf(estate: IndexedEstate): IndexedEstate[];
  byCode(code: string): IndexedEstate | undefined;
  /** Estates for typed words, best first: the name, its beginning, its middle, its sound, its likeness. */
  find(text: string, limit: number): EstateMatch[];
}

interface KeyUse {
  kind: KeyKind;
  estates: IndexedEstate[];
}

type EstateRow = Omit<IndexedEstate, "family" | "phase" | "keys" | "sounds">;

/** Prepares one estate for the index; a loader may do this in portions. */
export function indexEstate(row: EstateRow): IndexedEstate {
  const { family, phase } = splitPhase(compactName(row.name));
  const keys = estateKeys(row);
  return { ...row, family, phase, keys, sounds: soundsOf(keys) };
}

function soundsOf(keys: readonly EstateKey[]): string[] {
  const spoken = keys.filter(({ kind }) => SPOKEN_KINDS.has(kind));
  const sounds = spoken.map(({ key }) => soundOf(key));
  const letters = sounds.flatMap(({ full, initials }) => [full, initials]);
  return [...new Set(letters)].filter((text) => text.length >= 2);
}

/** Builds the index of all estates, in steps between which other work goes on. */
export async function buildEstateIndex(estates: readonly IndexedEstate[]): Promise<EstateIndex> {
  const uses = collectUses(estates);
  await setImmediate();
  const lengths = collectLengths(uses.keys());
  await setImmediate();
  const sounds = collectSounds(estates);
  await setImmediate();
  const families = Map.groupBy(estates, (estate) => estate.family);
  const codes = new Map(estates.map((estate) => [estate.code, estate]));
  const names = [...uses.keys()].sort();
  const soundNames = [...sounds.keys()].sort();
  await setImmediate();
  const parts: IndexParts = {
    uses,
    sounds,
    codes,
    names,
    soundNames,
    fuzzy: makeFuzzyNames(names),
  };
  return {
    size: estates.length,
    spansIn: (compact) => findSpans(compact, uses, lengths),
    soundingLike: (letters) => sounds.get(letters) ?? [],
    sistersOf: (estate) =>
      (families.get(estate.family) ?? [])
        .filter((other) => other.id !== estate.id && other.phase !== estate.phase)
        .sort((a, b) => a.phase - b.phase || a.id - b.id),
    byCode: (code) => codes.get(code),
    find: (text, limit) => findEstates(parts, compactName(text), limit),
  };
}

interface IndexParts {
  uses: ReadonlyMap<string, KeyUse>;
  sounds: ReadonlyMap<string, IndexedEstate[]>;
  codes: ReadonlyMap<string, IndexedEstate>;
  names: readonly string[];
  soundNames: readonly string[];
  fuzzy: FuzzyNames;
}

function findEstates(parts: IndexParts, key: string, limit: number): EstateMatch[] {
  const found = new Map<number, EstateMatch>();
  const add = (matches: readonly IndexedEstate[] | undefined, why: string, score: number): void => {
    for (const estate of matches ?? []) {
      const known = found.get(estate.id);
      if (known === undefined || known.score < score) found.set(estate.id, { estate, why, score });
    }
  };
  const addNames = (names: readonly string[], why: string, score: number): void => {
    for (const name of names) add(parts.uses.get(name)?.estates, why, score);
  };
  if (key.length < 2) return [];
  const coded = parts.codes.get(key);
  if (coded !== undefined) add([coded], "小区编号一致", 1);
  const use = parts.uses.get(key);
  if (use !== undefined) add(use.estates, KIND_WORDS[use.kind], useScore(use.kind));
  addNames(withPrefix(parts.names, key, limit * 4), "名称开头一致", 0.9);
  addNames(parts.fuzzy.containing(key, limit * 4), "名称中含有", 0.8);
  if (/^[A-Z0-9]+$/u.test(key)) {
    add(parts.sounds.get(key), "拼音一致", 0.95);
    for (const sound of withPrefix(parts.soundNames, key, limit * 4)) {
      add(parts.sounds.get(sound), "拼音开头一致", 0.75);
    }
  } else if (found.size < limit) {
    add(parts.sounds.get(soundOf(key).full), "读音相同", 0.85);
    for (const { name, score } of parts.fuzzy.like(key, limit * 2)) {
      if (!shareOwnWords(key, name)) continue;
      add(parts.uses.get(name)?.estates, "名称相近", score * 0.7);
    }
  }
  return [...found.values()].sort(byScore).slice(0, limit);
}

/** Where the characters of a compact text stand in the folded text it came from. */
export function compactWithPlaces(folded: string): { compact: string; places: number[] } {
  let compact = "";
  const places: number[] = [];
  let at = 0;
  for (const character of folded) {
    if (/[\p{L}\p{N}]/u.test(character)) {
      compact += character;
      for (let unit = 0; unit < character.length; unit++) places.push(at + unit);
    }
    at += character.length;
  }
  return { compact, places };
}

const SPOKEN_KINDS: ReadonlySet<KeyKind> = new Set(["name", "alias", "first-phase"]);

const KIND_WORDS: Record<KeyKind, string> = {
  name: "名称一致",
  alias: "别名一致",
  street: "地址一致",
  "first-phase": "一期",
  generated: "名称一致",
  "later-phase": "同一小区的其他期",
};

function useScore(kind: KeyKind): number {
  return 1 - KEY_KINDS.indexOf(kind) / 100;
}

function byScore(a: EstateMatch, b: EstateMatch): number {
  return (
    b.score - a.score || a.estate.name.length - b.estate.name.length || a.estate.id - b.estate.id
  );
}

function collectUses(estates: readonly IndexedEstate[]): Map<string, KeyUse> {
  const uses = new Map<string, KeyUse>();
  for (const estate of estates) {
    for (const { key, kind } of estate.keys) {
      const known = uses.get(key);
      const difference = known && KEY_KINDS.indexOf(kind) - KEY_KINDS.indexOf(known.kind);
      if (difference === undefined || difference < 0) uses.set(key, { kind, estates: [estate] });
      else if (difference === 0) known?.estates.push(estate);
    }
  }
  return uses;
}

/** For the first two characters of every key the lengths that occur, longest first. */
function collectLengths(keys: Iterable<string>): Map<string, number[]> {
  const lengths = new Map<string, Set<number>>();
  for (const key of keys) {
    const head = key.slice(0, 2);
    const known = lengths.get(head);
    if (known === undefined) lengths.set(head, new Set([key.length]));
    else known.add(key.length);
  }
  return new Map([...lengths].map(([head, set]) => [head, [...set].sort((a, b) => b - a)]));
}

function collectSounds(estates: readonly IndexedEstate[]): Map<string, IndexedEstate[]> {
  const sounds = new Map<string, IndexedEstate[]>();
  for (const estate of estates) {
    for (const letters of estate.sounds) {
      const known = sounds.get(letters);
      if (known === undefined) sounds.set(letters, [estate]);
      else known.push(estate);
    }
  }
  return sounds;
}

function findSpans(
  compact: string,
  uses: ReadonlyMap<string, KeyUse>,
  lengths: ReadonlyMap<string, number[]>,
): NameSpan[] {
  const spans: NameSpan[] = [];
  for (let start = 0; start < compact.length - 1; start++) {
    for (const length of lengths.get(compact.slice(start, start + 2)) ?? []) {
      const use = uses.get(compact.slice(start, start + length));
      const end = start + length;
      if (use === undefined || end > compact.length) continue;
      spans.push({ start, end, kind: use.kind, estates: use.estates });
    }
  }
  return spans.sort((a, b) => b.end - b.start - (a.end - a.start) || b.start - a.start).slice(0, 8);
}

function withPrefix(sorted: readonly string[], prefix: string, limit: number): string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < prefix) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let at = low; at < sorted.length && found.length < limit; at++) {
    const name = sorted[at] as string;
    if (!name.startsWith(prefix)) break;
    found.push(name);
  }
  return found;
}
