import type { HouseTable } from "#src/platform/database/tables/register.ts";

/** Where a house lies in its building. */
export interface Room {
  unitKey: string;
  unitLabel: string;
  roomKey: string;
  roomLabel: string;
  floor: number | null;
  houseUse: HouseTable["house_use"];
}

/** A unit (单元) of a grid: its columns are doors. */
export interface GridUnit {
  key: string;
  label: string;
  doors: readonly string[];
}

/** Floors × units, the highest floor first; null where no house is. */
export interface Grid<R> {
  kind: "grid";
  units: readonly GridUnit[];
  floors: readonly { floor: number; rooms: readonly (R | null)[] }[];
  houseCount: number;
}

/** Houses that no grid can hold: parking spaces, shops, basements, duplexes, rooms without a floor. */
export interface Group<R> {
  kind: "group";
  title: string;
  rooms: readonly R[];
  houseCount: number;
}

export type Section<R> = Grid<R> | Group<R>;

/** A table of more columns than this would have to be pushed sideways on every screen. */
const COLUMNS_MAX = 12;
/** So many houses weigh about ten kilobytes, and nobody looks through more at once. */
const HOUSES_MAX = 400;

/**
 * Lays a building out as 楼盘表. A house stands in the grid when its floor is on record, above ground, and its
 * number is that floor with a door behind it (502 on floor 5); everything else gets a group of its own. No
 * page holds more than 400 houses: wide buildings are cut between units, then between floors.
 */
export function layOutBuilding<R extends Room>(rooms: readonly R[]): Section<R>[][] {
  const placed = Map.groupBy(rooms, groupTitle);
  const grids = layOutGrids(placed.get(null) ?? []);
  const groups = [...placed]
    .filter((entry): entry is [string, R[]] => entry[0] !== null)
    .sort(([a], [b]) => GROUPS.indexOf(a) - GROUPS.indexOf(b))
    .flatMap(([title, members]) => layOutGroup(title, members));
  return fillPages([...grids, ...groups]);
}

const GROUPS = ["跃层", "商铺", "楼层未登记", "其他房屋", "地下", "储藏", "车位"];
const DUPLEX = /跃|复式|^[0-9]+[-~至][0-9]+(?:层|楼|F)/u;

/** The group of a house outside the grid; null for a house that has its place in it. */
function groupTitle(room: Room): string | null {
  if (room.houseUse === "parking") return "车位";
  if (room.houseUse === "storage") return "储藏";
  if (/^S[0-9]/.test(room.roomKey)) return "商铺";
  if (room.floor === null) return "楼层未登记";
  if (room.floor < 1) return "地下";
  if (DUPLEX.test(room.roomLabel.normalize("NFKC"))) return "跃层";
  return doorOf(room) === null ? "其他房屋" : null;
}

/** 02 of 502 on floor 5; null when the number does not begin with its floor. */
function doorOf({ floor, roomKey }: Room): string | null {
  const head = String(floor);
  const door = roomKey.startsWith(head) ? roomKey.slice(head.length) : "";
  return /^(?:[0-9]{2,3}[A-Z]?|[A-Z])$/.test(door) ? door : null;
}

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** Orders labels and keys as people count: 2 before 10, 一单元 before 二单元 by its key. */
export function compareLabels(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function layOutGrids<R extends Room>(rooms: readonly R[]): Grid<R>[] {
  const units = [...Map.groupBy(rooms, (room) => room.unitKey)]
    .sort(([a], [b]) => compareLabels(a, b))
    .map(([key, members]) => ({ key, members, doors: doorsOf(members) }));
  const packs: (typeof units)[] = [];
  for (const unit of units) {
    const pack = packs.at(-1);
    const isFitting =
      pack !== undefined &&
      sum(pack, (one) => one.doors.length) + unit.doors.length <= COLUMNS_MAX &&
      sum(pack, (one) => one.members.length) + unit.members.length <= HOUSES_MAX;
    if (isFitting) pack.push(unit);
    else packs.push([unit]);
  }
  return packs.flatMap((pack) => gridsOf(pack));
}

interface LaidUnit<R> {
  key: string;
  members: readonly R[];
  doors: readonly string[];
}

function gridsOf<R extends Room>(pack: readonly LaidUnit<R>[]): Grid<R>[] {
  const columns = pack.flatMap(({ key, doors }) => doors.map((door) => `${key}/${door}`));
  const units = pack.map(({ key, members, doors }) => ({
    key,
    label: members[0]?.unitLabel ?? "",
    doors,
  }));
  const byFloor = Map.groupBy(
    pack.flatMap(({ members }) => members),
    (room) => room.floor as number,
  );
  const floors = [...byFloor]
    .sort(([a], [b]) => b - a)
    .map(([floor, members]) => {
      const at = new Map(members.map((room) => [`${room.unitKey}/${doorOf(room)}`, room]));
      const line = columns.map((column) => at.get(column) ?? null);
      return { floor, rooms: line, houseCount: members.length };
    });
  return cut(floors, (floor) => floor.houseCount).map((part) => ({
    kind: "grid",
    units,
    floors: part,
    houseCount: sum(part, (floor) => floor.houseCount),
  }));
}

function doorsOf(rooms: readonly Room[]): string[] {
  const doors = new Set(rooms.map((room) => doorOf(room) as string));
  return [...doors].sort(compareLabels);
}

function layOutGroup<R extends Room>(title: string, members: readonly R[]): Group<R>[] {
  const sorted = members.toSorted(
    (a, b) =>
      compareLabels(a.unitKey, b.unitKey) ||
      (b.floor ?? 0) - (a.floor ?? 0) ||
      compareLabels(a.roomKey, b.roomKey),
  );
  return cut(sorted, () => 1).map((rooms) => ({
    kind: "group",
    title,
    rooms,
    houseCount: rooms.length,
  }));
}

/** Cuts a list so that no part counts more than a page may hold, unless a single item does. */
function cut<T>(items: readonly T[], countOf: (item: T) => number): T[][] {
  const parts: T[][] = [];
  let filled = 0;
  for (const item of items) {
    const count = countOf(item);
    const part = parts.at(-1);
    if (part === undefined || filled + count > HOUSES_MAX) {
      parts.push([item]);
      filled = count;
    } else {
      part.push(item);
      filled += count;
    }
  }
  return parts;
}

function fillPages<R>(sections: readonly Section<R>[]): Section<R>[][] {
  return cut(sections, (section) => section.houseCount);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
