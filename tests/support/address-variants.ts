import type { SeededRandom } from "#src/kernel/random.ts";

/** What is true of a house's address, from which every spelling of it can be written. */
export interface AddressFacts {
  /** The estate's name, and other names that lead to it for certain. */
  estateNames: readonly string[];
  /** A number (12), a letter with or without one (A, A12), or a name that is written one way (南座). */
  building: { number: number } | { letter: string } | { name: string } | null;
  /** A number, a name that is written one way (东单元), or null for a building without units. */
  unit: number | string | null;
  room:
    | { floor: number; door: number; letter?: string }
    | { basement: number; zone: string; space: number }
    | { shop: number }
    | { storage: number };
  /** In an estate of lanes the building is written as a 号. */
  isLane?: boolean;
}

/** One spelling, with the name of its form for the message of a failing test. */
export interface AddressVariant {
  form: string;
  text: string;
}

type Forms = Array<[form: string, text: string]>;

const DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** Writes 1–99 in Chinese numerals: 二十一. */
function inChineseNumerals(n: number): string {
  const tens = Math.floor(n / 10);
  const head = tens === 0 ? "" : `${tens === 1 ? "" : DIGITS[tens]}十`;
  return head + (n % 10 === 0 && tens > 0 ? "" : DIGITS[n % 10]);
}

const FORMAL_DIGITS = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/** Writes 1–99 as on a bank's slip: 贰拾壹; a ten has its 壹 or, as people write it, not. */
function inFormalNumerals(n: number): string {
  const tens = Math.floor(n / 10);
  const head = tens === 0 ? "" : `${tens === 1 ? "" : FORMAL_DIGITS[tens]}拾`;
  return head + (n % 10 === 0 && tens > 0 ? "" : FORMAL_DIGITS[n % 10]);
}

/** Writes a number digit by digit: 伍零贰. */
function digitByDigit(number: string): string {
  return number.replace(/[0-9]/gu, (digit) => FORMAL_DIGITS[Number(digit)] as string);
}

/** Writes a house's address in every form that registers and people use, typing slips included. */
export function addressVariants(facts: AddressFacts, random: SeededRandom): AddressVariant[] {
  const name = facts.estateNames[0] as string;
  const tails = [...wordTails(facts, random), ...listTails(facts)];
  const written = tails.map(([form, tail]) => ({ form, text: name + tail }));
  const [plainForm, plain] = tails[0] as [string, string];
  const others = facts.estateNames
    .slice(1)
    .map((alias) => ({ form: `alias ${alias}`, text: alias + plain }));
  return [
    ...written,
    ...estateLast(facts, tails, random),
    ...others,
    ...dressed(name, plain).map(([form, text]) => ({ form: `${form}, ${plainForm}`, text })),
  ];
}

/** 12幢3单元502 示例花园: some spellings of a numbered house with its estate behind them. */
function estateLast(
  { estateNames, building, room }: AddressFacts,
  tails: Forms,
  random: SeededRandom,
): AddressVariant[] {
  const [name = ""] = estateNames;
  const isNumbered = building !== null && "number" in building && "floor" in room;
  if (!isNumbered || !/^\p{Script=Han}/u.test(name)) return [];
  return tails
    .filter(() => random.chance(0.2))
    .map(([form, tail]) => ({ form: `estate last, ${form}`, text: `${tail} ${name}` }));
}

/** Every form of each part once, the other parts drawn at random. */
function wordTails(facts: AddressFacts, random: SeededRandom): Forms {
  const buildings = buildingForms(facts);
  const units = unitForms(facts.unit);
  const rooms = roomForms(facts.room);
  const longest = Math.max(buildings.length, units.length, rooms.length);
  const tails: Forms = [["plain", [buildings[0]?.[1], units[0]?.[1], rooms[0]?.[1]].join("")]];
  for (let n = 0; n < longest; n++) {
    const parts = [
      buildings[n] ?? random.pick(buildings),
      units[n] ?? random.pick(units),
      rooms[n] ?? random.pick(rooms),
    ];
    const glue = random.pick(["", "", " "]);
    const tail = parts.map(([, text]) => text).filter((text) => text !== "");
    tails.push([parts.map(([form]) => form).join(" "), tail.join(glue)]);
  }
  return tails;
}

function buildingForms({ building, isLane }: AddressFacts): Forms {
  if (building === null) return [["", ""]];
  if ("name" in building) return [[building.name, building.name]];
  if ("letter" in building) {
    const { letter } = building;
    const words = ["座", "栋", "幢", "号楼"].map((word): [string, string] => [
      `X${word}`,
      letter + word,
    ]);
    return [...words, ["x座", `${letter.toLowerCase()}座`]];
  }
  const n = building.number;
  if (isLane === true)
    return [
      ["N号", `${n}号`],
      ["N号楼", `${n}号楼`],
      ["N幢", `${n}幢`],
    ];
  const words = ["幢", "栋", "号楼", "座", "#", "#楼", "楼", "号", "撞", "懂", "号搂", "高楼"];
  return [
    ...words.map((word): [string, string] => [`N${word}`, n + word]),
    ["0N幢", `0${n}幢`],
    ["第N栋", `第${n}栋`],
    ["中文幢", `${inChineseNumerals(n)}幢`],
    ["中文栋", `${inChineseNumerals(n)}栋`],
    ["中文号楼", `${inChineseNumerals(n)}号楼`],
    ["N棟", `${n}棟`],
    ["N號樓", `${n}號樓`],
    ["大写幢", `${inFormalNumerals(n)}幢`],
  ];
}

function unitForms(unit: AddressFacts["unit"]): Forms {
  if (unit === null) return [["", ""]];
  if (typeof unit === "string") return [[unit, unit]];
  const words = ["单元", "门", "梯", "单无", "单"];
  return [
    ...words.map((word): [string, string] => [`N${word}`, unit + word]),
    ["0N单元", `0${unit}单元`],
    ["中文单元", `${inChineseNumerals(unit)}单元`],
    ["中文门", `${inChineseNumerals(unit)}门`],
    ["N單元", `${unit}單元`],
    ["大写单元", `${inFormalNumerals(unit)}单元`],
  ];
}

function roomForms(room: AddressFacts["room"]): Forms {
  if ("shop" in room)
    return ["商铺", "网点", "门市", "店铺"].map((word) => [word, word + room.shop]);
  if ("storage" in room)
    return [
      ["储藏室", `储藏室${room.storage}`],
      ["储藏间", `储藏间${room.storage}号`],
    ];
  if ("basement" in room) return parkingForms(room);
  const { floor, door, letter = "" } = room;
  const number = `${floor}${String(door).padStart(2, "0")}${letter}`;
  const whole: Forms = ["", "室", "房", "号", "户", "市"].map((word) => [
    `R${word}`,
    number + word,
  ]);
  if (floor < 10) whole.push(["0R", `0${number}`]);
  whole.push(["N楼R", `${floor}楼${number}`], ["N层R室", `${floor}层${number}室`]);
  if (letter !== "") return whole;
  return [
    ...whole,
    ["大写室", `${digitByDigit(number)}室`],
    ["大写", digitByDigit(number)],
    ["N樓N號", `${floor}樓${door}號`],
    ["N楼N号", `${floor}楼${door}号`],
    ["N楼0N", `${floor}楼${String(door).padStart(2, "0")}`],
    ["N层N室", `${floor}层${door}室`],
    ["中文楼中文号", `${inChineseNumerals(floor)}楼${inChineseNumerals(door)}号`],
    ["NL0N", `${floor}L${String(door).padStart(2, "0")}`],
  ];
}

function parkingForms(room: { basement: number; zone: string; space: number }): Forms {
  const { basement, zone, space } = room;
  const place = `${zone}${space}`;
  return [
    ["地下一层A区N号", `地下${inChineseNumerals(basement)}层${zone}区${space}号`],
    ["负一层车位AN", `负${inChineseNumerals(basement)}层车位${place}`],
    ["B1层A区N号车位", `B${basement}层${zone}区${space}号车位`],
    ["B1-AN", `B${basement}-${place}`],
    ["负1楼AN车位", `负${basement}楼${place}车位`],
  ];
}

/** 12-3-502, 12-3-5-2 and the signs that people put between the parts. */
function listTails(facts: AddressFacts): Forms {
  const { building, unit, room } = facts;
  if (building === null || "name" in building || typeof unit === "string") return [];
  if (!("floor" in room)) return [];
  const head = "number" in building ? String(building.number) : building.letter;
  const number = `${room.floor}${String(room.door).padStart(2, "0")}${room.letter ?? ""}`;
  const parts = [head, ...(unit === null ? [] : [String(unit)]), number];
  const forms: Forms = ["-", "—", "－", "–", "~", "/", " ", ".", "_", "一", "九"].map((sign) => [
    `list with ${sign}`,
    (sign === " " || sign === "." ? " " : "") + parts.join(sign),
  ]);
  forms.push(
    ["list and 室", `${parts.join("-")}室`],
    ["list of zeros", parts.map((part) => part.replace(/^(?=[0-9])/u, "0")).join("-")],
  );
  const isLetter = !("number" in building);
  if (room.letter === undefined && unit !== null && !isLetter) {
    const doors = [...parts.slice(0, -1), room.floor, room.door].join("-");
    forms.push(
      ["list of four", doors],
      ["幢 and list", doors.replace("-", "幢")],
      ["# and list", doors.replace("-", "#")],
    );
    forms.push(["号 and list", doors.replace("-", "号")]);
  }
  return forms;
}

/** The same words with what stands around them: division and street, full width, blanks, remarks. */
function dressed(name: string, tail: string): Forms {
  const text = name + tail;
  return [
    ["with division and street", `某某市某区示例路8号${text}`],
    ["with province", `某某省某某市某某县某某镇${text}`],
    [
      "full width",
      text.replace(/[!-~]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    ],
    ["with blanks", ` ${Array.from(text).join(" ")} `.replace(/(?<=[0-9A-Z]) (?=[0-9A-Z])/giu, "")],
    ["with 小区", name.endsWith("小区") ? text : `${name}小区${tail}`],
    ["with a remark", `${text}（自住）`],
    ["with a comma", `${name}，${tail}`],
    ["in quotes", `“${name}”${tail}`],
    ["with dots", `${name}·${tail}`],
    ["lower case", text.toLowerCase()],
  ];
}
