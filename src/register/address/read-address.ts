import {
  type AddressPiece,
  type AddressPieces,
  cutIntoPieces,
  foldTail,
} from "./address-pieces.ts";
import { buildingKey, roomKey, unitKey } from "./keys.ts";

/** One way to understand the part of an address behind the estate's name. */
export interface AddressReading {
  /** Phase, zone, lane and courtyard in the form of building keys: "2期-", "A区-"; "" when none. */
  scope: string;
  /** Search keys; null where nothing was said. */
  building: string | null;
  unit: string | null;
  floor: number | null;
  /** The room's search keys, best first: the one that was said, then other ways to record the same. */
  rooms: string[];
  /** Keys that might be meant as well, such as shop 5 for room 5. */
  nearRooms: string[];
  /** What was understood, in words: ["12幢", "3单元", "502"]. */
  words: string[];
  /** What could not be read; `isHeadUnread` when it stands right behind the estate's name. */
  unread: string;
  isHeadUnread: boolean;
  /** Small is likely; readings come sorted by it. */
  cost: number;
}

const MAX_READINGS = 6;
const SLOTS = ["building", "unit", "floor", "room"] as const;
type Slot = (typeof SLOTS)[number];
type Assignment = Partial<Record<Slot, AddressPiece>>;

const WORD_COSTS: Record<string, Partial<Record<Slot, number>>> = {
  号楼: { building: 0 },
  "#楼": { building: 0 },
  幢: { building: 0 },
  栋: { building: 0 },
  座: { building: 0, unit: 4 },
  排: { building: 0 },
  "#": { building: 0, unit: 2, room: 2 },
  楼: { building: 2, floor: 1 },
  号: { building: 1, unit: 2, room: 1 },
  单元: { unit: 0 },
  单: { unit: 0 },
  门洞: { unit: 0 },
  门: { unit: 0, room: 3 },
  梯: { unit: 0 },
  街: { unit: 0 },
  层: { floor: 0 },
  室: { room: 0 },
  房: { room: 0 },
  号房: { room: 0 },
  户: { room: 0 },
  市: { room: 0 },
};

/**
 * Reads the tail of an address ("12幢3单元502室", "12-3-502", "24-3号3-5-2", "负一层车位A103") and returns the ways
 * to understand it, the likeliest first, at most six. Lists of bare numbers are building-room,
 * building-unit-room or building-unit-floor-door; the first 号 is the building, a later one the unit or the
 * room. Looks at the first 100 characters only. An empty tail gives one reading that says nothing.
 */
export function readAddress(tail: string): AddressReading[] {
  const folded = foldTail(tail);
  const readings = new Map<string, AddressReading>();
  for (const isCompound of [true, false]) {
    const cut = cutIntoPieces(folded, isCompound);
    for (const pieces of [cut.pieces, splitLetterHead(cut.pieces)]) {
      for (const [assignment, cost] of assignments(pieces)) {
        const reading = toReading(cut, assignment, cost + (pieces === cut.pieces ? 0 : 1));
        const name = JSON.stringify([reading.scope, reading.building, reading.unit, reading.rooms]);
        const known = readings.get(name);
        if (known === undefined || known.cost > reading.cost) readings.set(name, reading);
      }
    }
  }
  return [...readings.values()].sort((a, b) => a.cost - b.cost).slice(0, MAX_READINGS);
}

/** A502 may be building A, room 502. */
function splitLetterHead(pieces: AddressPiece[]): AddressPiece[] {
  return pieces.flatMap((piece) => {
    const parts = /^([A-Z])([0-9]{3,4})$/u.exec(piece.stem);
    if (parts === null) return [piece];
    return [
      { stem: parts[1] as string, word: "" },
      { stem: parts[2] as string, word: piece.word },
    ];
  });
}

/** Gives every piece a slot in the order building, unit, storey, room, in all ways that the words allow. */
function assignments(pieces: AddressPiece[]): Array<[Assignment, number]> {
  const found: Array<[Assignment, number]> = [];
  const place = (index: number, from: number, assignment: Assignment, cost: number): void => {
    const piece = pieces[index];
    if (piece === undefined) {
      found.push([assignment, cost + shapeCost(assignment)]);
      return;
    }
    const costs = pieceCosts(piece);
    for (let slot = from; slot < SLOTS.length; slot++) {
      const name = SLOTS[slot] as Slot;
      const price = costs[name];
      if (price === undefined) continue;
      place(index + 1, slot + 1, { ...assignment, [name]: piece }, cost + price);
    }
    if (assignment.room !== undefined && isSecondRoom(assignment.room, piece)) {
      place(index + 1, SLOTS.length, assignment, cost + 1);
    }
    if (index === 0 && piece.word === "号" && pieces.length > 1) {
      place(index + 1, 0, assignment, cost + 4); // a street number before the building
    }
  };
  place(0, 0, {}, 0);
  return found;
}

function pieceCosts({ stem, word }: AddressPiece): Partial<Record<Slot, number>> {
  const said = WORD_COSTS[word];
  if (said !== undefined) {
    const isNumber = /^[0-9]+$/u.test(stem);
    return isNumber || said.floor === undefined ? said : { ...said, floor: 9 };
  }
  if (/^[0-9]+$/u.test(stem)) return bareNumberCosts(stem);
  if (/^[A-Z]+$/u.test(stem)) return { building: 1, unit: 1, room: 3 };
  if (/^\p{Script=Han}{2,}$/u.test(stem)) return { building: 1 };
  const isLong = /[0-9]{3}/u.test(stem);
  return { building: isLong ? 4 : 1, unit: 3, room: isLong ? 0 : 1 };
}

function bareNumberCosts(stem: string): Partial<Record<Slot, number>> {
  const size = stem.replace(/^0+/u, "").length;
  if (size > 2) return { building: size, room: 0 };
  const costs = { building: 1, unit: 1, room: stem.length > 2 ? 0 : 1 };
  return Number(stem) > 0 && Number(stem) <= 80 ? { ...costs, floor: 2 } : costs;
}

function shapeCost({ building, unit, floor, room }: Assignment): number {
  let cost = 0;
  if (building === undefined && (unit ?? floor ?? room) !== undefined) cost += 3;
  if (room === undefined && (unit ?? floor) !== undefined) cost += 2.5;
  if (room !== undefined && floor === undefined && /^[0-9]{1,2}$/u.test(room.stem)) cost += 2;
  if (room !== undefined && floor !== undefined && /^[0-9]{3,}$/u.test(room.stem)) {
    cost += Number(room.stem.slice(0, -2)) === Number(floor.stem) ? 0 : 3;
  }
  return cost;
}

/** 501、502 and 501-502 are one house that was joined from two; the first number names it. */
function isSecondRoom(first: AddressPiece, second: AddressPiece): boolean {
  const [a, b] = [first.stem, second.stem];
  return /^[0-9]{3,5}$/u.test(a) && a.length === b.length && a.slice(0, -2) === b.slice(0, -2);
}

function toReading(cut: AddressPieces, assignment: Assignment, cost: number): AddressReading {
  const building =
    assignment.building === undefined ? null : buildingKey(said(assignment.building));
  const unit = assignment.unit === undefined ? null : unitKey(said(assignment.unit));
  const floor = assignment.floor === undefined ? null : Number(assignment.floor.stem);
  const room =
    cut.special === "" ? roomKey(assignment.room?.stem ?? "", floor) : roomKey(cut.special);
  const rooms = roomAlternatives(room);
  return {
    scope: cut.scope,
    building,
    unit: unit === "" ? null : unit,
    floor,
    rooms,
    nearRooms: nearAlternatives(room, floor),
    words: readingWords(cut.scope, building, unit, floor, rooms[0]),
    unread: cut.unread,
    isHeadUnread: cut.isHeadUnread,
    cost: cost + (cut.special !== "" && assignment.room !== undefined ? 3 : 0),
  };
}

function said(piece: AddressPiece): string {
  return /^[东南西北中左右前后主副]/u.test(piece.stem) ? piece.stem + piece.word : piece.stem;
}

/** A basement is often left out when a parking space is named, and the other way round. */
function roomAlternatives(key: string): string[] {
  const parking = /^(?:B[1-9]-|P)([A-Z]?[0-9]+[A-Z]?)$/u.exec(key)?.[1];
  if (parking !== undefined) {
    const below = ["B1", "B2", "B3"].map((basement) => `${basement}-${parking}`);
    return key.startsWith("P") ? [key, ...below] : [key, `P${parking}`];
  }
  if (key.startsWith("储")) return [key, `B1-${key}`];
  return key === "" ? [] : [key];
}

function nearAlternatives(key: string, floor: number | null): string[] {
  if (/^S[0-9]+$/u.test(key)) return [key.slice(1)];
  if (/^P[A-Z]?[0-9]+$/u.test(key)) return [key.slice(1)];
  const lettered = letteredTwin(key);
  if (lettered !== null) return [lettered];
  if (/^[0-9]{1,2}$/u.test(key) && floor === null) return [roomKey(key, 1), `S${key}`];
  return /^[0-9]{3,4}$/u.test(key) ? [`S${key}`] : [];
}

/** 7A may be door 7A of storey 7, which is 707A, and 707A may be recorded as 7A. */
function letteredTwin(key: string): string | null {
  const [, digits = "", letter = ""] = /^([0-9]{1,4})([A-Z])$/u.exec(key) ?? [];
  if (digits === "") return null;
  if (digits.length <= 2) return `${Number(digits) * 101}${letter}`;
  return Number(digits) % 101 === 0 ? `${Number(digits) / 101}${letter}` : null;
}

function readingWords(
  scope: string,
  building: string | null,
  unit: string | null,
  floor: number | null,
  room: string | undefined,
): string[] {
  const words = scope.split("-").filter((part) => part !== "");
  if (building !== null) words.push(buildingWords(building));
  if (unit !== null && unit !== "") words.push(/单元$/u.test(unit) ? unit : `${unit}单元`);
  if (room !== undefined) words.push(roomWords(room));
  else if (floor !== null) words.push(`${floor}层`);
  return words;
}

function buildingWords(key: string): string {
  if (/^[A-Z]+$/u.test(key)) return `${key}座`;
  return /[0-9A-Z甲乙丙丁戊己庚辛]$/u.test(key) ? `${key}幢` : key;
}

function roomWords(key: string): string {
  const space = /^(B[1-9]-)?P?([A-Z]?[0-9]+[A-Z]?)$/u.exec(key);
  if (space !== null && (space[1] !== undefined || key.startsWith("P")))
    return `车位${key.replace(/^P/u, "")}`;
  if (/^S[0-9]+$/u.test(key)) return `商铺${key.slice(1)}`;
  return key.startsWith("储") ? `储藏室${key.slice(1)}` : key;
}
