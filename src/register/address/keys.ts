import { asciiPart } from "./ascii-part.ts";
import { readRoomLabel } from "./room-label.ts";
import { foldCharacters, mendSlips, stripLeadingZeros, writeNumeralsAsDigits } from "./spelling.ts";

const SIDE = "[东南西北中左右前后主副]{1,2}";
const BUILDING_SIDE = new RegExp(`^(${SIDE})(?:号楼|栋|幢|座|楼|区)?$`, "u");
const UNIT_SIDE = new RegExp(`^(${SIDE})(?:单元|单|门|梯|座)?$`, "u");
const ZONE = new RegExp(`^([A-Z]|[0-9]{1,2}|${SIDE})(?:区|组团)-?(?=.)`, "u");
const NUMBERED = /^(.*[0-9A-Z甲乙丙丁戊己庚辛])(?:号楼|#楼|号院|号|栋|幢|座|楼|排|弄|#)$/u;
const UNIT_WORD = /^(.*[0-9A-Z甲乙丙丁戊己庚辛])(?:单元|单|门洞|门|梯|号|座|街|#)$/u;
const GARAGE =
  /^(?:地下|负[1-9]层?|-[1-9]层?|B[1-9]层?)*[1-9]?层?(?:停车场|停车库|车库|车位|地库)$/u;

/**
 * The search key of a building: 12幢, 12栋, 12号楼, 12#, 012 and 十二幢 are all "12", A座 and Ａ栋 are "A".
 * A name keeps its characters (南座, 综合楼), 甲 is not A. A phase, zone, lane or courtyard written before the
 * building stays part of the key: 二期12幢 is "2期-12", A区5幢 is "A区-5". Every underground garage is 车库.
 */
export function buildingKey(label: string): string {
  let rest = foldLabel(label);
  if (GARAGE.test(rest)) return "车库";
  let key = "";
  for (const [pattern, word] of BUILDING_PREFIXES) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    key += `${found[1]}${word}-`;
    rest = rest.slice(found[0].length);
  }
  return key + bareBuildingKey(rest);
}

/** The search key of a unit: 3单元, 3门, 3梯 and 三单元 are "3"; 东单元 keeps its name; no unit is "". */
export function unitKey(label: string): string {
  const folded = foldLabel(label);
  if (/^(?:无|无单元|-|0)?$/u.test(folded)) return "";
  const side = UNIT_SIDE.exec(folded);
  if (side !== null) return `${side[1]}单元`;
  return joinLetters(UNIT_WORD.exec(folded)?.[1] ?? folded);
}

/**
 * The search key of a room, parking space, shop or storage room: 0502, 502室, 5楼2号 and 5-2 are "502", a
 * parking space is "B1-A103" (with its basement) or "P103" (without), a shop "S5", a storage room "储12".
 * `floor` is the storey that the register records beside the label; it completes a door number that does
 * not say its storey itself. "" when the label holds no number and no name.
 */
export function roomKey(label: string, floor?: number | null): string {
  const read = readRoomLabel(label);
  const storey = read.floor ?? floor ?? null;
  const { number, kind } = read;
  if (number === "") return "";
  const marked = kind === "shop" ? `S${number}` : kind === "storage" ? `储${number}` : number;
  if (storey !== null && storey < 0) return `B${-storey}-${marked}`;
  if (kind === "parking") return read.floor === null ? `P${number}` : `P${read.floor}-${number}`;
  if (kind === "storage") return marked;
  if (kind === "shop") return read.floor === null ? marked : `S${onStorey(read.floor, number)}`;
  return storey === null ? number : onStorey(storey, number);
}

/**
 * The code of a house (房屋编号): estate, building, unit and room in ASCII, such as SL0126-12-3-0502. A missing
 * part is 0, names become a short form that stays the same for ever. At most 40 characters of A-Z, 0-9 and "-".
 */
export function houseCode(
  estateCode: string,
  building: string,
  unit: string,
  room: string,
): string {
  const padded = /^[0-9]{1,3}$/u.test(room) ? room.padStart(4, "0") : room;
  return [
    estateCode,
    asciiPart(building, { maxLength: 9, dash: "D" }),
    asciiPart(unit, { maxLength: 5, dash: "D" }),
    asciiPart(padded, { maxLength: 12, dash: "-" }),
  ].join("-");
}

const BUILDING_PREFIXES: ReadonlyArray<[RegExp, string]> = [
  [/^第?([0-9]{1,2})期-?(?=.)/u, "期"],
  [ZONE, "区"],
  [/^([0-9]{1,5})弄-?(?=.)/u, "弄"],
  [/^([0-9]{1,4})号院-?(?=.)/u, "院"],
];

function foldLabel(label: string): string {
  const folded = writeNumeralsAsDigits(mendSlips(foldCharacters(label)));
  return stripLeadingZeros(folded.replace(/[\s.·•,、"“”'()]/gu, "").replace(/^第/u, ""));
}

function bareBuildingKey(folded: string): string {
  const side = BUILDING_SIDE.exec(folded);
  if (side !== null) return `${side[1]}座`;
  return joinLetters(NUMBERED.exec(folded)?.[1] ?? folded);
}

/** A hyphen between a letter and a digit says nothing (A-5 is A5); between two digits it does (24-3). */
function joinLetters(key: string): string {
  return key
    .replace(/^-+|-+$/gu, "")
    .replace(/(?<=[A-Z])-(?=[0-9])|(?<=[0-9])-(?=[A-Z])/gu, "")
    .replace(/(?<=[A-Z])0+(?=[0-9])/gu, "");
}

function onStorey(storey: number, number: string): string {
  const door = /^([0-9]{1,2})([A-Z]?)$/u.exec(number);
  // 7A on storey 7 is its door A: the label says the storey itself, as whoever types 7A does.
  if (door !== null && door[2] !== "" && Number(door[1]) === storey) return number;
  if (door !== null) return `${storey * 100 + Number(door[1])}${door[2]}`;
  return /^[A-Z]$/u.test(number) ? `${storey}${number}` : number;
}
