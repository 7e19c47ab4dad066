import { type AddressReading, readAddress } from "../address/read-address.ts";
import { compactWithPlaces, type EstateIndex, type IndexedEstate } from "./estate-index.ts";
import type { KeyKind } from "./estate-names.ts";

/** A house written first and its estate behind it. */
export interface EstateLast {
  estates: readonly IndexedEstate[];
  readings: AddressReading[];
  namePart: string;
}

/** A generated name or a street is too little to turn an address round for. */
const NAMES: ReadonlySet<KeyKind> = new Set(["name", "alias", "first-phase"]);
const NUMBER = /[0-9A-Z零〇一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]/u;
const STARTS_LIKE_A_HOUSE = /^\s*第?[0-9A-Z一二三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾]/u;
const STREET = /[路街道巷]/u;

/**
 * Understands 12幢3单元502 示例花园, where the estate stands last. Only where it can mean nothing else: the text ends
 * with an estate's name, all before it reads as building and room, no street is among it, and no number runs
 * on into the name. Null otherwise.
 */
export function estateLast(folded: string, index: EstateIndex): EstateLast | null {
  if (!STARTS_LIKE_A_HOUSE.test(folded)) return null;
  const { compact, places } = compactWithPlaces(folded);
  const [span] = index
    .spansIn(compact)
    .filter(({ end, kind }) => end === compact.length && NAMES.has(kind))
    .sort((a, b) => a.start - b.start);
  if (span === undefined) return null;
  const at = places[span.start] ?? 0;
  const before = folded.slice(0, at);
  const runsOn = NUMBER.test(before.slice(-1)) && NUMBER.test(folded.slice(at, at + 1));
  if (runsOn || STREET.test(before)) return null;
  const readings = readAddress(before);
  return isWholeHouse(readings[0])
    ? { estates: span.estates, readings, namePart: compact.slice(span.start) }
    : null;
}

function isWholeHouse(reading: AddressReading | undefined): boolean {
  if (reading === undefined || reading.unread.trim() !== "") return false;
  return /[0-9A-Z]/u.test(reading.building ?? "") && reading.rooms.length > 0;
}
