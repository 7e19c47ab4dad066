import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Database } from "#src/platform/database/tables.ts";
import { foldCharacters, MAX_ADDRESS_LENGTH } from "../address/spelling.ts";
import { houseAddress } from "../house-address.ts";
import type { EstateIndex, IndexedEstate } from "./estate-index.ts";
import { loadEstateSource } from "./estate-source.ts";
import { findHouses } from "./find-houses.ts";
import { type HouseWish, houseWishes } from "./house-wishes.ts";
import { findHouseRow } from "./queries.ts";
import type { RankedHouse } from "./rank-houses.ts";
import { type Understanding, understandAddress } from "./understand-address.ts";

/** A house that a search found. Nothing of it is personal. */
export interface HouseHit {
  estateId: number;
  houseId: bigint;
  code: string;
  estateName: string;
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
  /** One line: 示例花园 12幢 3单元 502. */
  address: string;
  areaHundredths: number;
  houseUse: Database["house"]["house_use"];
  status: Database["house"]["status"];
  /** Why it is shown, when it is not simply what was written. */
  why?: string;
}

/** An estate that a search found. */
export interface EstateHit {
  estateId: number;
  code: string;
  name: string;
  districtName: string;
  address: string;
  why: string;
}

/** How the words were understood. */
export interface UnderstoodWords {
  estateName: string | null;
  /** Of the estate that was understood. */
  estateCode: string;
  /** ["示例花园", "12幢", "3单元", "502"] */
  parts: string[];
  /** 按 示例花园 12幢 3单元 502 匹配 */
  sentence: string;
}

export type SearchAnswer =
  | { kind: "guidance"; reason: "empty" | "too-short" | "too-long" | "no-letters" }
  | {
      kind: "answer";
      understood: UnderstoodWords | null;
      /** Houses that are what was written. */
      exact: HouseHit[];
      /** Houses near it, each with the reason. */
      near: HouseHit[];
      estates: EstateHit[];
      /** Words that nothing on record answers to, or that could not be read. */
      unknownParts?: string[];
    };

type Answer = Extract<SearchAnswer, { kind: "answer" }>;

/** The address search of the register. No answer holds more than twenty rows. */
export interface HouseSearch {
  /** Answers typed words: guidance when they are no address, else houses and estates, exact before near. */
  search(text: string): Promise<SearchAnswer>;
  /** Suggests up to eight estates for the beginning of an address. */
  suggest(text: string): EstateHit[];
  /** Finds a house by its code (房屋编号). */
  findHouse(code: string): Promise<HouseHit | null>;
  /** Finds estates by name, alias, street number, pinyin or likeness, best first; at most twenty. */
  findEstates(text: string, limit: number): EstateHit[];
  /** Reads the estates again, after some were added or renamed. */
  reload(): Promise<void>;
}

const MAX_ROWS = 20;
const MAX_SUGGESTIONS = 8;
const CODE = /^([A-Z]{2}[0-9]{4,8})-[A-Z0-9-]{1,32}$/u;

/** Loads the estates into memory and answers searches; the database is asked at most twice for one search. */
export async function createHouseSearch(
  db: Db,
  options: { clock?: Clock } = {},
): Promise<HouseSearch> {
  const source = await loadEstateSource(db, options.clock ?? (() => new Date()));

  const findHouse = async (code: string): Promise<HouseHit | null> => {
    const estateCode = CODE.exec(code)?.[1];
    if (estateCode === undefined) return null;
    const row = await findHouseRow(db, estateCode, code);
    return row === undefined ? null : toHouseHit({ row, why: "" }, row.estate_name);
  };
  const findEstates = (text: string, limit: number): EstateHit[] => {
    if (countMeaningful(text) < 2 || text.length > MAX_ADDRESS_LENGTH) return [];
    const { index, gazetteer } = source.current();
    const understanding = understandAddress(text, index, gazetteer);
    const coded = foldCharacters(text).trim();
    return estateHits(understanding, index, Math.min(limit, MAX_ROWS)).map((hit) =>
      hit.code === coded ? { ...hit, why: "小区编号一致" } : hit,
    );
  };
  return {
    async search(text) {
      const reason = guidanceFor(text);
      if (reason !== null) return { kind: "guidance", reason };
      const code = foldCharacters(text).replace(/\s/gu, "");
      const coded = CODE.test(code) ? await findHouse(code) : null;
      if (coded !== null) return answerOfCode(coded);
      const { index, gazetteer } = source.current();
      return answer(db, index, understandAddress(text, index, gazetteer));
    },
    suggest: (text) => findEstates(text, MAX_SUGGESTIONS),
    findHouse,
    findEstates,
    reload: () => source.reload(),
  };
}

function guidanceFor(text: string): Extract<SearchAnswer, { kind: "guidance" }>["reason"] | null {
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  if (trimmed.length > MAX_ADDRESS_LENGTH) return "too-long";
  if (!/\p{L}/u.test(foldCharacters(trimmed))) return "no-letters";
  return countMeaningful(trimmed) < 2 ? "too-short" : null;
}

function countMeaningful(text: string): number {
  return text.slice(0, MAX_ADDRESS_LENGTH).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

async function answer(db: Db, index: EstateIndex, understanding: Understanding): Promise<Answer> {
  const isSure = understanding.estates.length > 0;
  const meant = isSure ? understanding.estates : understanding.guesses.map((one) => one.estate);
  const wishes = houseWishes(meant.slice(0, 5), understanding.readings, index);
  const found = await findHouses(db, index, wishes, isSure);
  const toHit = (house: RankedHouse) => toHouseHit(house, found.nameOf(house.row.estate_id));
  const exact = found.exact.map(toHit);
  const near = found.near.map(toHit).slice(0, MAX_ROWS - exact.length);
  const room = Math.min(MAX_ROWS - exact.length - near.length, MAX_SUGGESTIONS);
  const unread = understanding.readings[0]?.unread.trim() ?? "";
  const unknownParts = [...found.unknown, unread].filter((part) => part !== "");
  return {
    kind: "answer",
    understood: isSure && found.wish !== undefined ? understoodWords(found.wish) : null,
    exact,
    near,
    estates: exact.length > 0 ? [] : estateHits(understanding, index, room),
    ...(unknownParts.length > 0 ? { unknownParts } : {}),
  };
}

function understoodWords(wish: HouseWish): UnderstoodWords {
  const parts = [wish.estate.name, ...wish.words];
  const { name: estateName, code: estateCode } = wish.estate;
  return { estateName, estateCode, parts, sentence: `按 ${parts.join(" ")} 匹配` };
}

function answerOfCode(hit: HouseHit): Answer {
  return {
    kind: "answer",
    understood: {
      estateName: hit.estateName,
      estateCode: CODE.exec(hit.code)?.[1] ?? "",
      parts: [hit.estateName, hit.buildingLabel, hit.unitLabel, hit.roomLabel].filter(
        (p) => p !== "",
      ),
      sentence: `按房屋编号 ${hit.code} 匹配`,
    },
    exact: [hit],
    near: [],
    estates: [],
  };
}

function estateHits(understanding: Understanding, index: EstateIndex, limit: number): EstateHit[] {
  const hits = new Map<number, EstateHit>();
  const add = (estate: IndexedEstate, why: string): void => {
    if (!hits.has(estate.id)) hits.set(estate.id, toEstateHit(estate, why));
  };
  const isSure = understanding.estates.length > 0;
  const named = isSure ? index.find(understanding.namePart, MAX_ROWS) : [];
  // The name, an alias, a street number or the sound of a name may have told which estate is meant.
  const reasons = new Map(named.map(({ estate, why }) => [estate.id, why]));
  for (const estate of understanding.estates) add(estate, reasons.get(estate.id) ?? "名称一致");
  for (const estate of understanding.estates) {
    for (const sister of index.sistersOf(estate)) add(sister, "同名小区的其他期");
  }
  for (const { estate, why } of understanding.guesses) add(estate, why);
  for (const { estate, why } of named) add(estate, why);
  return [...hits.values()].slice(0, limit);
}

function toEstateHit(estate: IndexedEstate, why: string): EstateHit {
  const { id, code, name, districtName, address } = estate;
  return { estateId: id, code, name, districtName, address, why };
}

function toHouseHit({ row, why }: RankedHouse, estateName: string): HouseHit {
  const labels = {
    estateName,
    buildingLabel: row.building_label,
    unitLabel: row.unit_label,
    roomLabel: row.room_label,
  };
  return {
    estateId: row.estate_id,
    houseId: row.id,
    code: row.code,
    ...labels,
    address: houseAddress(labels),
    areaHundredths: row.area_hundredths,
    houseUse: row.house_use,
    status: row.status,
    ...(why === "" ? {} : { why }),
  };
}
