import { formatArea } from "#src/kernel/area.ts";
import { addFen, type Fen, plainYuan } from "#src/kernel/money.ts";
import { standingWord } from "#src/ledger/estate-book/standing-words.ts";
import type { EstateHouse } from "#src/ledger/estate-houses.ts";
import type { EstateLine } from "#src/ledger/estate-lines.ts";
import type { SheetCell, SheetFile } from "#src/platform/spreadsheets/write-sheet.ts";
import { HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { lineWords } from "./line-words.ts";

const HOUSE_HEADS = [
  ...["房屋编号", "幢", "单元", "房号", "楼层", "用途", "建筑面积（㎡）"],
  ...["首期应交（元）", "首期已交（元）", "本金（元）", "利息（元）", "余额（元）", "交存情况"],
];

/** Every house of an estate with what it holds, as a file; nobody is named. */
export function housesFile(houses: AsyncIterable<EstateHouse>, triggerPercent: number): SheetFile {
  return { name: "房屋", heads: HOUSE_HEADS, rows: houseRows(houses, triggerPercent) };
}

async function* houseRows(
  houses: AsyncIterable<EstateHouse>,
  triggerPercent: number,
): AsyncGenerator<SheetCell[]> {
  for await (const house of houses) {
    yield [
      house.code,
      house.buildingLabel,
      house.unitLabel,
      house.roomLabel,
      house.floor === null ? "" : { figure: `${house.floor}` },
      HOUSE_USE_WORDS[house.houseUse],
      { figure: formatArea(house.areaHundredths) },
      house.dueFen === null ? "" : yuan(house.dueFen),
      yuan(house.firstPaidFen),
      yuan(house.principalFen),
      yuan(house.interestFen),
      yuan(addFen(house.principalFen, house.interestFen)),
      standingWord(house.standing, triggerPercent),
    ];
  }
}

const LINE_HEADS = [
  ...["记账日期", "到账日期", "房屋编号", "幢", "单元", "房号", "摘要"],
  ...["本金（元）", "利息（元）", "合计（元）"],
];

/** The lines of an estate as a file, house by house; nobody is named. */
export function linesFile(lines: AsyncIterable<EstateLine>): SheetFile {
  return { name: "明细", heads: LINE_HEADS, rows: lineRows(lines) };
}

async function* lineRows(lines: AsyncIterable<EstateLine>): AsyncGenerator<SheetCell[]> {
  for await (const line of lines) {
    yield [
      line.bookDate,
      line.valueDate,
      line.houseCode,
      line.buildingLabel,
      line.unitLabel,
      line.roomLabel,
      lineWords(line),
      yuan(line.principalFen),
      yuan(line.interestFen),
      yuan(addFen(line.principalFen, line.interestFen)),
    ];
  }
}

function yuan(amount: Fen): SheetCell {
  return { figure: plainYuan(amount) };
}
