import { foldCharacters, mendSlips, stripLeadingZeros, writeNumeralsAsDigits } from "./spelling.ts";

/** What a room's label says: the storey when it is written, the kind of space, and the number itself. */
export interface RoomLabel {
  /** 1 is the ground storey, -1 the first basement; null when the label does not say. */
  floor: number | null;
  kind: "room" | "parking" | "shop" | "storage";
  /** Upper-case letters and digits without leading zeros, such as 502, A103, 502A or 502-1. */
  number: string;
}

const PARKING =
  /(?:地下|地面|机械|子母|人防|产权)*(?:停车位|车位|停车库|停车场|车库|地库|泊位)号?/gu;
const SHOP =
  /(?:商铺|网点|门市房?|门面房?|店铺|店面|底商|铺面|门头房?|商业|档口|铺位|铺|档|店)号?/gu;
const STORAGE = /(?:储藏室|储藏间|储物间|储物室|杂物间|杂物房|地下室|柴房|储)号?/gu;
const ENDING = /(?:室|房|户|号|间|位|市|#)+$/u;
const BASEMENT = /^(?:地下|负|-)([1-9])(?:层|楼|F|(?=-))-?|^B([1-9])(?:层|楼|F|(?=-))-?/u;
const STOREY = /^([1-9][0-9]?)(?:-[1-9][0-9]?)?(?:层|楼|F(?=-|[0-9])|L(?=-|[0-9]))-?(?=.)/u;

/**
 * Reads the label of a room, parking space, shop or storage room as registers and people write it: 502室,
 * 5楼2号, 5-2, 地下一层A区103号, 商铺5, 5-6层501, or 501、502 of which the first room counts.
 */
export function readRoomLabel(label: string): RoomLabel {
  const folded = writeNumeralsAsDigits(mendSlips(foldCharacters(label)))
    .replace(/[\s.·•"“”'()]/gu, "")
    .replace(/^(?:首|底)(?:层|楼)/u, "1层")
    .replace(/跃层|复式|跃/gu, "");
  const first = stripLeadingZeros(folded.split(/[、,&+和;]/u)[0] ?? "");
  const { floor, rest } = takeStorey(first);
  const { kind, text } = takeKind(rest);
  const inner = takeStorey(text.replace(/^-/u, ""));
  return splitStoreyAndDoor(floor ?? inner.floor, kind, trimNumber(inner.rest));
}

function takeStorey(text: string): { floor: number | null; rest: string } {
  const below = BASEMENT.exec(text);
  if (below !== null) {
    return { floor: -Number(below[1] ?? below[2]), rest: text.slice(below[0].length) };
  }
  const above = STOREY.exec(text);
  if (above === null) return { floor: null, rest: text };
  return { floor: Number(above[1]), rest: text.slice(above[0].length) };
}

function takeKind(text: string): { kind: RoomLabel["kind"]; text: string } {
  const kinds = [
    ["parking", PARKING],
    ["shop", SHOP],
    ["storage", STORAGE],
  ] as const;
  for (const [kind, words] of kinds) {
    const without = text.replace(words, "");
    if (without !== text) return { kind, text: without };
  }
  const short = /^([PS])(?=[1-9])/u.exec(text);
  if (short === null) return { kind: "room", text };
  return { kind: short[1] === "P" ? "parking" : "shop", text: text.slice(1) };
}

function trimNumber(text: string): string {
  const bare = text.replace(ENDING, "").replace(/^第/u, "");
  const joined = bare
    .replace(/^([A-Z])(?:区|组团)/u, "$1")
    .replace(/^([0-9]+)(?:区|组团)/u, "$1-")
    .replace(/(?<=[A-Z])-(?=[0-9])|(?<=[0-9])-(?=[A-Z])/gu, "");
  return stripLeadingZeros(joined.replace(/^-+|-+$/gu, ""));
}

function splitStoreyAndDoor(
  floor: number | null,
  kind: RoomLabel["kind"],
  number: string,
): RoomLabel {
  const pair = /^([0-9]{1,4})-([0-9]{1,4})$/u.exec(number);
  if (pair === null || kind !== "room") return { floor, kind, number };
  const [head, tail] = [pair[1] as string, pair[2] as string];
  if (head.length <= 2 && tail.length <= 2 && floor === null) {
    return { floor: Number(head), kind, number: tail };
  }
  if (head.length <= 2 && tail.length >= 3 && tail.slice(0, -2) === head) {
    return { floor: Number(head), kind, number: tail };
  }
  if (head.length >= 3 && tail.length === head.length && isSameStorey(head, tail)) {
    return { floor, kind, number: head };
  }
  return { floor, kind, number };
}

function isSameStorey(a: string, b: string): boolean {
  return a.slice(0, -2) === b.slice(0, -2);
}
