import { simplify } from "#src/platform/simplify.ts";
import { type AddressReading, readAddress } from "../address/read-address.ts";
import { foldCharacters, MAX_ADDRESS_LENGTH } from "../address/spelling.ts";
import { compactWithPlaces, type EstateIndex, type IndexedEstate } from "./estate-index.ts";
import { estateLast } from "./estate-last.ts";
import { compactName, foldPhases, KEY_KINDS, type KeyKind } from "./estate-names.ts";
import type { Gazetteer } from "./gazetteer.ts";

/** How typed words were understood: the estates that are meant, and the readings of what follows. */
export interface Understanding {
  /** Estates that the words name; empty when no estate was recognised for sure. */
  estates: readonly IndexedEstate[];
  /** Estates that the words may mean (likeness, sound), with the reason. */
  guesses: ReadonlyArray<{ estate: IndexedEstate; why: string }>;
  /** Readings of the tail, the likeliest first. */
  readings: readonly AddressReading[];
  /** The part of the words that names an estate, or seems to. */
  namePart: string;
}

interface Candidate {
  estates: readonly IndexedEstate[];
  readings: AddressReading[];
  namePart: string;
  isSure: boolean;
  kind: KeyKind;
  length: number;
}

const KIND_ADDED =
  /^[\s]*(?:花园|花苑|苑|大?院)(?=[^\p{Script=Han}]|$|[一二三四五六七八九十东南西北])/u;
const TAIL_START =
  /第?[0-9一二三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾]{1,4}(?:期|幢|栋|棟|座|号楼|號樓|号|號|单元|單元|楼|樓|排|撞|懂|#|-)|[A-Z](?:座|栋|幢|区)|[A-Z]?[0-9]{1,}|[甲乙丙][座栋幢]|[东南西北][座栋幢楼]|地下|负[一二三1-3]|车位|商铺|网点/u;

/**
 * Finds the estate that typed words name and reads what stands behind it. The longest name wins that has only
 * places or streets before it and a readable tail behind it. Without one, letters are tried as pinyin, then
 * likeness gives guesses, which never count as sure.
 */
export function understandAddress(
  text: string,
  index: EstateIndex,
  gazetteer: Gazetteer,
): Understanding {
  const folded = foldPhases(foldCharacters(text.slice(0, MAX_ADDRESS_LENGTH)));
  const coded = index.byCode(folded);
  if (coded !== undefined) {
    return {
      estates: [coded],
      guesses: [],
      readings: readAddress(""),
      namePart: compactName(coded.name),
    };
  }
  const last = estateLast(folded, index);
  if (last !== null) return { ...last, guesses: [] };
  const whole = candidatesIn(folded, index, gazetteer);
  const sure = whole.find((candidate) => candidate.isSure);
  if (sure !== undefined) return named(sure);
  const shorter = folded.replace(/\([^()]{0,60}\)/gu, " ");
  if (shorter !== folded) {
    const found = candidatesIn(shorter, index, gazetteer).find((candidate) => candidate.isSure);
    if (found !== undefined) return named(found);
  }
  const spoken = pinyinCandidate(folded, index);
  if (spoken !== null) return spoken;
  return guess(folded, whole, index);
}

function named(candidate: Candidate): Understanding {
  const { readings, namePart } = candidate;
  return { estates: candidate.estates, guesses: [], readings, namePart };
}

function candidatesIn(folded: string, index: EstateIndex, gazetteer: Gazetteer): Candidate[] {
  const { compact: typed, places } = compactWithPlaces(folded);
  // Of the same length. What stands behind the name is compared as it is written: labels of buildings are.
  const compact = simplify(typed);
  const candidates = index.spansIn(compact).map((span): Candidate => {
    const prefix = compact.slice(0, span.start);
    const after = folded.slice((places[span.end - 1] ?? 0) + 1);
    const readings = readAddress(after.replace(KIND_ADDED, " "));
    return {
      estates: chooseByDistrict(span.estates, prefix),
      readings,
      namePart: compact.slice(span.start, span.end),
      isSure: isReadable(readings[0]) && gazetteer.explains(prefix),
      kind: span.kind,
      length: span.end - span.start,
    };
  });
  return candidates.sort(
    (a, b) =>
      Number(b.isSure) - Number(a.isSure) ||
      Number(a.kind === "street") - Number(b.kind === "street") ||
      b.length - a.length ||
      KEY_KINDS.indexOf(a.kind) - KEY_KINDS.indexOf(b.kind),
  );
}

/** What cannot be read must come last: behind the room, or without any more numbers. */
function isReadable(reading: AddressReading | undefined): boolean {
  if (reading === undefined || reading.isHeadUnread) return false;
  return reading.rooms.length > 0 || !/[0-9]/u.test(reading.unread);
}

/** Of estates with one name in several districts those of the district that was written, when one was. */
function chooseByDistrict(
  estates: readonly IndexedEstate[],
  prefix: string,
): readonly IndexedEstate[] {
  if (estates.length < 2) return estates;
  const inDistrict = estates.filter(
    (estate) => estate.districtName !== "" && prefix.includes(compactName(estate.districtName)),
  );
  return (inDistrict.length > 0 ? inDistrict : estates).slice(0, 5);
}

/** wkc12-3-502: the letters at the head are the sound of a name, as many of them as one is known for. */
function pinyinCandidate(folded: string, index: EstateIndex): Understanding | null {
  const head = /^[A-Z' ]{2,60}(?:[0-9]期)?/u.exec(folded)?.[0];
  if (head === undefined) return null;
  const letters = head.replace(/[^A-Z]/gu, "");
  for (let length = letters.length; length >= 2; length--) {
    const estates = index.soundingLike(letters.slice(0, length));
    if (estates.length === 0) continue;
    const left = letters.slice(length);
    const tail = left + folded.slice(head.replace(/[0-9]期$/u, "").length);
    const readings = readAddress(tail);
    if (readings[0]?.isHeadUnread || (left !== "" && readings[0]?.building === null)) continue;
    const namePart = letters.slice(0, length);
    if (estates.length === 1 || hasOneFamily(estates)) {
      return { estates: estates.slice(0, 1), guesses: [], readings, namePart };
    }
    const guesses = estates.slice(0, 5).map((estate) => ({ estate, why: "拼音一致" }));
    return { estates: [], guesses, readings, namePart };
  }
  return null;
}

function hasOneFamily(estates: readonly IndexedEstate[]): boolean {
  return estates.every((estate) => estate.family === estates[0]?.family);
}

function guess(
  folded: string,
  candidates: readonly Candidate[],
  index: EstateIndex,
): Understanding {
  const cutAt = TAIL_START.exec(folded)?.index ?? folded.length;
  const namePart = compactName(dropPlaces(folded.slice(0, cutAt)));
  const tail = folded.slice(cutAt);
  const found = namePart.length < 2 ? [] : index.find(namePart, 8);
  const guesses = found.map(({ estate, why }) => ({ estate, why }));
  for (const { estates } of candidates.slice(0, 2)) {
    for (const estate of estates) {
      if (guesses.length >= 8 || guesses.some((known) => known.estate.id === estate.id)) continue;
      guesses.push({ estate, why: "名称相近" });
    }
  }
  return { estates: [], guesses, readings: readAddress(tail), namePart };
}

/** Province, city, county and street at the head go, as long as a name of two characters is left. */
function dropPlaces(head: string): string {
  const place = /^.{1,12}?(?:省|自治区|市|(?<!小)区|县|镇|街道)(?=.{2,})/u;
  const once = head.replace(place, "");
  return once.replace(place, "").replace(/^.{1,10}?(?:路|街|大道|巷)[0-9]{0,5}号?(?=.{2,})/u, "");
}
