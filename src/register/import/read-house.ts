import { type AreaTextRefusal, parseAreaText } from "#src/kernel/area.ts";
import { type CalendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { chineseNumeralToInt } from "#src/kernel/chinese-numerals.ts";
import { type Fen, parseYuanText, ZERO_FEN } from "#src/kernel/money.ts";
import { buildingKey, roomKey, unitKey } from "../address/keys.ts";
import { AREA_KINDS, HOUSE_NATURES, HOUSE_USES, LIFT_WORDS, offeredWords } from "./cell-words.ts";
import { type EstateOrHouseColumn, headerOf } from "./columns.ts";
import { namesOwner, readOwners } from "./read-owners.ts";
import type { RegisterReference } from "./reference.ts";
import type { HouseOfRow } from "./row.ts";
import type { RowCells } from "./row-cells.ts";

const HOUSE_COLUMNS = [
  "building",
  "unit",
  "room",
  "houseCode",
  "area",
  "houseUse",
  "contractNo",
  "realEstateUnitNo",
] as const satisfies readonly EstateOrHouseColumn[];

const AREA_REASONS: Record<AreaTextRefusal, string> = {
  empty: "请填写建筑面积",
  "not-a-number": "建筑面积应是数字，例如 98.76",
  "not-positive": "建筑面积应大于 0",
  "too-large": "建筑面积不能超过 99999.99 平方米，请核对",
};

/** 1-2 becomes 2 January in a spreadsheet, and so comes back as a date. */
const TURNED_INTO_DATE =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}$|^[0-9]{1,2}月[0-9]{1,2}日$|^[0-9]{1,2}-[A-Z][a-z]{2}$/;

/** Remembers the last answer: rows of a file mostly repeat the one above them. */
function asAbove<Answer>(answer: (typed: string) => Answer): (typed: string) => Answer {
  let last: { typed: string; answer: Answer } | null = null;
  return (typed) => {
    if (last?.typed !== typed) last = { typed, answer: answer(typed) };
    return last.answer;
  };
}

const buildingKeyAsAbove = asAbove(buildingKey);
const unitKeyAsAbove = asAbove(unitKey);
// A spreadsheet's export often carries a time of day behind the date.
const dateAsAbove = asAbove((typed) =>
  parseCalendarDate(typed.replace(/[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?$/, "")),
);

/**
 * Reads what a row says about its house; null when every cell about a house is blank. Findings go to the
 * row; the answer counts only without any.
 */
export function readHouse(cells: RowCells, reference: RegisterReference): HouseOfRow | null {
  if (HOUSE_COLUMNS.every((key) => cells.text(key) === "") && !namesOwner(cells)) return null;
  const floors = readStoreys(cells, "floors", 1);
  const floor = readStoreys(cells, "floor", -9);
  if (floor !== null && floors !== null && floor > floors) {
    cells.refuse("floor", `所在层 ${floor} 高于总层数 ${floors}，请核对`);
  }
  return {
    ...readPlace(cells, floor),
    floors,
    floor,
    hasLift: readWord(cells, "lift", LIFT_WORDS),
    code: readHouseCode(cells),
    areaHundredths: readArea(cells),
    areaKind: readWord(cells, "areaKind", AREA_KINDS),
    houseUse: readHouseUse(cells),
    houseNature: readWord(cells, "houseNature", HOUSE_NATURES),
    standardCode: readStandardCode(cells, reference),
    standardDate: readStandardDate(cells, reference),
    priceFen: readPrice(cells),
    contractNo: cells.text("contractNo") || null,
    realEstateUnitNo: readRealEstateUnitNo(cells),
    owners: readOwners(cells),
  };
}

function readPlace(cells: RowCells, floor: number | null) {
  const buildingLabel = readLabel(cells, "building");
  const unitLabel = readLabel(cells, "unit");
  const roomLabel = readLabel(cells, "room");
  if (buildingLabel === "") cells.refuse("building", "请填写幢号，例如 12幢");
  if (roomLabel === "") cells.refuse("room", "请填写房号，例如 502");
  const keys = {
    buildingKey: buildingKeyAsAbove(buildingLabel),
    unitKey: unitKeyAsAbove(unitLabel),
    roomKey: roomKey(roomLabel, floor),
  };
  if (keys.buildingKey === "") cells.refuse("building", "幢号里没有号码或名称，请核对");
  if (keys.roomKey === "") cells.refuse("room", "房号里没有号码，请核对");
  return { buildingLabel, unitLabel, roomLabel, ...keys };
}

function readLabel(cells: RowCells, key: "building" | "unit" | "room"): string {
  const label = cells.text(key);
  if (TURNED_INTO_DATE.test(label)) {
    cells.refuse(
      key,
      `${headerOf(key)}被表格软件改成了日期（${label}）：请把这一列设为文本格式，重新填写`,
    );
  }
  return label;
}

/** Storeys as registers write them: 5, 5层, 五层, -1, 负一层, 地下1层, B1; of 5-6 the lower counts. */
function readStoreys(cells: RowCells, key: "floor" | "floors", lowest: number): number | null {
  const typed = cells.plain(key).replace(/\s/g, "").toUpperCase();
  if (typed === "") return null;
  const match =
    /^(-|\u2212|负|地下|B)?([0-9]{1,3}|[一二三四五六七八九十百]{1,5})(?:层|楼|F)?(?:[-~至/][0-9]{1,3}(?:层|楼|F)?)?$/u.exec(
      typed,
    );
  const [, below, number = ""] = match ?? [];
  const size = /^[0-9]+$/.test(number) ? Number(number) : (chineseNumeralToInt(number) ?? 0);
  const storey = below ? -size : size;
  if (match !== null && storey !== 0 && storey >= lowest && storey <= 200) return storey;
  cells.refuse(
    key,
    `${headerOf(key)}应是 ${lowest} 到 200 之间的整数${lowest < 0 ? "，地下一层写 -1" : ""}`,
  );
  return null;
}

function readArea(cells: RowCells): number {
  const parsed = parseAreaText(cells.text("area"));
  if (parsed.ok) return parsed.areaHundredths;
  cells.refuse("area", AREA_REASONS[parsed.reason]);
  return 0;
}

function readHouseUse(cells: RowCells): HouseOfRow["houseUse"] {
  const use = readWord(cells, "houseUse", HOUSE_USES);
  if (use !== null) return use;
  cells.refuse("houseUse", `请填写房屋用途：${offeredWords(HOUSE_USES)}`);
  return "other";
}

function readWord<Value>(
  cells: RowCells,
  key: EstateOrHouseColumn,
  words: ReadonlyMap<string, Value>,
): Value | null {
  const word = cells.plain(key).replace(/\s/g, "").toUpperCase();
  if (word === "") return null;
  const value = words.get(word);
  if (value !== undefined) return value;
  cells.refuse(key, `${headerOf(key)}请填写 ${offeredWords(words)} 之一`);
  return null;
}

function readHouseCode(cells: RowCells): string | null {
  const code = cells.plain("houseCode").replace(/\s/g, "").toUpperCase();
  if (code === "") return null;
  if (!/^[A-Z]{2}[0-9]{4,8}-[A-Z0-9-]{1,31}$/.test(code) || code.length > 40) {
    cells.refuse(
      "houseCode",
      "房屋编号应以物业区域编号和“-”开头，后面是字母、数字和“-”，例如 SL0126-12-3-0502；留空则自动编号",
    );
  }
  return code;
}

function readStandardCode(cells: RowCells, reference: RegisterReference): string | null {
  const code = cells.plain("standard");
  if (code === "") return null;
  if (!reference.standardsByCode.has(code)) {
    cells.refuse(
      "standard",
      "没有这个交存标准代码，请核对；留空则按用途、电梯、层数和合同签订日选定",
    );
  }
  return code;
}

function readStandardDate(cells: RowCells, reference: RegisterReference): CalendarDate | null {
  const typed = cells.text("standardDate");
  if (typed === "") return null;
  const date = dateAsAbove(typed);
  if (date === null) {
    cells.refuse("standardDate", "没有这一天，请按 2026-11-23 的样子填写合同签订日");
  } else if (date > reference.today) {
    cells.refuse("standardDate", `合同签订日 ${date} 在今天之后，请核对`);
  }
  return date;
}

function readPrice(cells: RowCells): Fen | null {
  const typed = cells.text("price");
  if (typed === "") return null;
  const parsed = parseYuanText(typed);
  if (parsed.ok && parsed.fen > ZERO_FEN) return parsed.fen;
  cells.refuse("price", "房屋总价应是大于 0 的金额，单位元，例如 1234567.89");
  return null;
}

function readRealEstateUnitNo(cells: RowCells): string | null {
  const no = cells.plain("realEstateUnitNo").replace(/\s/g, "").toUpperCase();
  if (no === "") return null;
  if (!/^[0-9]{12}[A-Z0-9]{16}$/.test(no)) {
    cells.refuse("realEstateUnitNo", `不动产单元号应是 28 位，这里有 ${no.length} 位`);
  }
  return no;
}
