import { openSheet } from "#src/platform/spreadsheets/open-sheet.ts";
import { UnreadableFile } from "#src/platform/spreadsheets/sheet.ts";
import type { AskedHouse } from "./rules.ts";
import { readHouseCode } from "./schema.ts";

/** The names under which a list carries its codes. */
const HEADERS = new Set(["房屋编号", "房屋编码", "房屋代码"]);
/** A list may have a title and a header above its codes. */
const HEADER_WITHIN_ROWS = 20;

/** What a file holds of house codes, or why it cannot be read. */
export type HouseList = { ok: true; houses: AskedHouse[] } | { ok: false; reason: string };

/**
 * Reads the house codes of an uploaded list, CSV or xlsx: the column 房屋编号, or the first one where no row names it.
 * Refuses a file that is no table, holds no code, or more than `max`.
 */
export async function readHouseList(path: string, max: number): Promise<HouseList> {
  try {
    return await readRows(path, max);
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, reason: error.message };
    throw error;
  }
}

async function readRows(path: string, max: number): Promise<HouseList> {
  const sheet = await openSheet(path);
  let houses: AskedHouse[] = [];
  let column = 0;
  let rowCount = 0;
  for await (const rows of sheet.rows) {
    for (const { line, cells } of rows) {
      rowCount += 1;
      const named = cells.findIndex((cell) => HEADERS.has(cell.replace(/[\s*]/g, "")));
      if (named >= 0 && rowCount <= HEADER_WITHIN_ROWS) {
        column = named;
        houses = [];
        continue;
      }
      const code = readHouseCode(cells[column] ?? "");
      if (code !== "") houses.push({ code: code.slice(0, 60), line });
      if (houses.length > max) {
        return { ok: false, reason: `名单最多 ${max} 套房屋，请分成几个文件` };
      }
    }
  }
  if (houses.length > 0) return { ok: true, houses };
  return { ok: false, reason: "名单里没有房屋编号。请在“房屋编号”一列里一行写一个" };
}
