import type { IndexedEstate } from "./estate-index.ts";
import type { HouseWish } from "./house-wishes.ts";
import type { HouseRow } from "./queries.ts";

/** A row with the reason for showing it. */
export interface RankedHouse {
  row: HouseRow;
  why: string;
}

/** Rows in two parts: those that are what was written, and those near it. */
export interface RankedHouses {
  exact: RankedHouse[];
  near: RankedHouse[];
  /** The wish that the exact rows fulfil, or the likeliest one. */
  wish: HouseWish | undefined;
}

const MAX_EXACT = 12;
const MAX_NEAR = 8;
const NEIGHBOURS = 4;

/** The keys of the rooms beside a room on its storey, nearest first: for 502 they are 501, 503, 504, 505, 506. */
export function neighbourRooms(room: string): string[] {
  const parts = /^(.*?)([0-9]{1,4})([A-Z]?)$/u.exec(room);
  if (parts === null) return [];
  const [, head, digits, letter] = parts as unknown as [string, string, string, string];
  const number = Number(digits);
  const isOnStorey = (other: number) =>
    other > 0 &&
    (number < 100 || (Math.floor(other / 100) === Math.floor(number / 100) && other % 100 > 0));
  const others = [-1, 1, -2, 2, -3, 3, 4].map((step) => number + step).filter(isOnStorey);
  return others.map((other) => `${head}${other}${letter}`);
}

/**
 * Ranks what the database holds for the wishes. Exact is the same estate, building, unit and room; when nothing is,
 * the same without the unit, if none was written. Everything else is near: a neighbour on the storey, the room in
 * another unit, the same address in another phase. A house is never exact when its room was not written.
 */
export function rankHouses(
  rows: readonly HouseRow[],
  wishes: readonly HouseWish[],
  sisters: readonly IndexedEstate[],
): RankedHouses {
  const graded = rows.flatMap((row) => {
    const grades = wishes.map((wish) => ({ row, wish, grade: exactGrade(row, wish) }));
    return grades.filter((one) => one.grade !== null) as Array<Graded>;
  });
  const best = Math.min(...graded.map(({ grade }) => grade));
  const chosen = graded.filter(({ grade }) => grade === best);
  const seen = new Set<bigint>();
  const exact = chosen
    .filter(({ row }) => !seen.has(row.id) && seen.add(row.id))
    .slice(0, MAX_EXACT);
  const wish = chosen[0]?.wish ?? wishes[0];
  const isUnitMissing = best >= UNIT_MISSING && exact.length > 1;
  return {
    exact: exact
      .map(({ row }) => ({ row, why: isUnitMissing ? "您没有写单元" : "" }))
      .sort((a, b) => compareKeys(a.row, b.row)),
    near: wish === undefined ? [] : nearHouses(rows, wishes, wish, sisters, seen),
    wish,
  };
}

interface Graded {
  row: HouseRow;
  wish: HouseWish;
  grade: number;
}

const UNIT_MISSING = 1000;

function exactGrade(row: HouseRow, wish: HouseWish): number | null {
  if (row.estate_id !== wish.estate.id || !isBuilding(row, wish.buildings)) return null;
  const room = wish.reading.rooms.indexOf(row.room_key);
  if (room < 0) return null;
  const unit = wish.reading.unit ?? "";
  if (wish.reading.unit !== null && row.unit_key !== unit) return null;
  const isMissing = wish.reading.unit === null && row.unit_key !== "";
  const order = Math.round(wish.reading.cost * 10);
  return (isMissing ? UNIT_MISSING : 0) + order * 2 + Math.min(room, 1);
}

function isBuilding(row: HouseRow, buildings: readonly string[] | null): boolean {
  return buildings === null || buildings.includes(row.building_key);
}

function nearHouses(
  rows: readonly HouseRow[],
  wishes: readonly HouseWish[],
  wish: HouseWish,
  sisters: readonly IndexedEstate[],
  seen: Set<bigint>,
): RankedHouse[] {
  const { reading, estate } = wish;
  const beside = neighbourRooms(reading.rooms[0] ?? "");
  const left = rows.filter((row) => !seen.has(row.id));
  const here = left.filter((row) => row.estate_id === estate.id && isBuilding(row, wish.buildings));
  const unit = reading.unit ?? here.find((row) => seen.has(row.id))?.unit_key ?? null;
  const exactUnits = new Set(rows.filter((row) => seen.has(row.id)).map((row) => row.unit_key));
  const isUnit = (row: HouseRow) =>
    unit !== null ? row.unit_key === unit : exactUnits.size === 0 || exactUnits.has(row.unit_key);
  const isRoom = (row: HouseRow) => reading.rooms.includes(row.room_key);
  const sisterIds = new Set(sisters.map((sister) => sister.id));

  const perhaps = left.filter((row) => isPerhapsMeant(row, wishes));
  const neighbours = here
    .filter((row) => isUnit(row) && beside.includes(row.room_key))
    .sort((a, b) => beside.indexOf(a.room_key) - beside.indexOf(b.room_key));
  const otherUnits = here.filter((row) => isRoom(row) && !isUnit(row)).sort(compareKeys);
  const otherPhases = left.filter(
    (row) =>
      sisterIds.has(row.estate_id) &&
      isRoom(row) &&
      (isBuilding(row, wish.buildings) || isBuilding(row, wish.nearBuildings)) &&
      (reading.unit === null || reading.unit === row.unit_key),
  );
  return unique([
    ...why(perhaps.slice(0, 4), "写法相近"),
    ...why(otherUnits.filter((row) => row.unit_key === "").slice(0, 1), "登记中没有单元"),
    ...why(neighbours.slice(0, NEIGHBOURS), "同一层的邻户"),
    ...why(otherUnits.slice(0, 3), "同一幢的其他单元"),
    ...why(otherPhases.slice(0, 3), "同名小区的其他期"),
  ]).slice(0, MAX_NEAR);
}

function isPerhapsMeant(row: HouseRow, wishes: readonly HouseWish[]): boolean {
  return wishes.some(({ estate, reading, buildings, nearBuildings }) => {
    if (row.estate_id !== estate.id) return false;
    if (reading.unit !== null && reading.unit !== row.unit_key) return false;
    if (isBuilding(row, buildings))
      return [...reading.rooms, ...reading.nearRooms].includes(row.room_key);
    return nearBuildings.includes(row.building_key) && reading.rooms.includes(row.room_key);
  });
}

function why(rows: readonly HouseRow[], reason: string): RankedHouse[] {
  return rows.map((row) => ({ row, why: reason }));
}

function unique(houses: readonly RankedHouse[]): RankedHouse[] {
  const seen = new Set<bigint>();
  return houses.filter(({ row }) => !seen.has(row.id) && seen.add(row.id));
}

function compareKeys(a: HouseRow, b: HouseRow): number {
  return (
    a.estate_id - b.estate_id ||
    compareText(a.building_key, b.building_key) ||
    compareText(a.unit_key, b.unit_key) ||
    compareText(a.room_key, b.room_key)
  );
}

function compareText(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
