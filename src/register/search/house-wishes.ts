import type { AddressReading } from "../address/read-address.ts";
import type { EstateIndex, IndexedEstate } from "./estate-index.ts";

/** One house that the words may mean: an estate, and the keys under which its register may hold it. */
export interface HouseWish {
  estate: IndexedEstate;
  reading: AddressReading;
  /** Keys of the building, or null when no building was said. */
  buildings: readonly string[] | null;
  /** The building's key without the zone or phase that was written; only near hits come from it. */
  nearBuildings: readonly string[];
  /** What was understood, without words that the estate's name says already. */
  words: readonly string[];
}

/** How much less likely than the best a reading may be to count. */
const MAX_EXTRA_COST = 2;
const MAX_WISHES = 12;

/**
 * Combines estates and readings. A phase that is written behind a name leads to the estate of that phase; zones,
 * lanes and courtyards that the estate's own name or address holds are left out of the building's key.
 */
export function houseWishes(
  estates: readonly IndexedEstate[],
  readings: readonly AddressReading[],
  index: EstateIndex,
): HouseWish[] {
  const best = readings[0]?.cost ?? 0;
  const likely = readings.filter((reading) => reading.cost <= best + MAX_EXTRA_COST);
  return likely
    .flatMap((reading) =>
      estates.map((estate) => toWish(ofPhase(estate, reading, index), reading, index)),
    )
    .slice(0, MAX_WISHES);
}

function ofPhase(
  estate: IndexedEstate,
  reading: AddressReading,
  index: EstateIndex,
): IndexedEstate {
  const phase = Number(/^([0-9]+)期-/u.exec(reading.scope)?.[1] ?? 0);
  if (phase === 0 || phase === estate.phase) return estate;
  return index.sistersOf(estate).find((sister) => sister.phase === phase) ?? estate;
}

function toWish(estate: IndexedEstate, reading: AddressReading, index: EstateIndex): HouseWish {
  const parts = reading.scope.split("-").filter((part) => part !== "");
  const left = parts.filter((part) => !isSaidByEstate(part, estate, index));
  const scope = left.map((part) => `${part}-`).join("");
  const words = reading.words.filter((word) => !parts.includes(word) || left.includes(word));
  if (reading.building === null) {
    return { estate, reading, buildings: null, nearBuildings: [], words };
  }
  const buildings = [scope + reading.building, ...zoneSpellings(scope, reading.building)];
  return {
    estate,
    reading,
    buildings,
    nearBuildings: scope === "" ? [] : [reading.building],
    words,
  };
}

function isSaidByEstate(part: string, estate: IndexedEstate, index: EstateIndex): boolean {
  const phase = /^([0-9]+)期$/u.exec(part)?.[1];
  if (phase !== undefined) {
    if (Number(phase) === estate.phase) return true;
    const hasFirst = index.sistersOf(estate).some((sister) => sister.phase === 1);
    return phase === "1" && estate.phase === 0 && !hasFirst;
  }
  if (part.endsWith("院")) {
    return estate.keys.some(
      ({ key }) =>
        key.endsWith(`${part.slice(0, -1)}号院`) || key.endsWith(`${part.slice(0, -1)}号`),
    );
  }
  if (part.endsWith("弄"))
    return estate.keys.some(({ key }) => new RegExp(`(?<![0-9])${part}`, "u").test(key));
  return estate.keys.some(({ key, kind }) => kind !== "generated" && key.endsWith(part));
}

/** A区5幢 and A5幢 are written for the same building. */
function zoneSpellings(scope: string, building: string): string[] {
  const zone = /^([A-Z])区-$/u.exec(scope)?.[1];
  if (zone !== undefined && /^[0-9]+$/u.test(building)) return [zone + building];
  const parts = /^([A-Z])([0-9]+)$/u.exec(building);
  return scope === "" && parts !== null ? [`${parts[1]}区-${parts[2]}`] : [];
}
