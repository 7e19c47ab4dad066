import { readXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { EstateHouse } from "#src/ledger/estate-houses.ts";
import type { EstateLine } from "#src/ledger/estate-lines.ts";
import {
  type SheetFile,
  type SheetFormat,
  writeSheet,
} from "#src/platform/spreadsheets/write-sheet.ts";
import { housesFile, linesFile } from "./export-rows.ts";

/** What an import could have brought into the labels of a building, a unit or a room. */
const FORMULAS = ["=1+1", '+HYPERLINK("http://x")', "-2+3", "@SUM(A1)", "\t=1+1"];

const houseCalled = (label: string): EstateHouse => ({
  houseId: 1n,
  code: "TS0001-12-3-501",
  buildingKey: "12",
  buildingLabel: label,
  unitKey: "3",
  unitLabel: label,
  roomKey: "501",
  roomLabel: label,
  floor: -1,
  houseUse: "residential",
  areaHundredths: 9_876,
  dueFen: fen(1_185_120n),
  firstPaidFen: fen(1_185_120n),
  principalFen: fen(1_185_120n),
  interestFen: fen(5n),
  standing: "paid-in-full",
});

const lineCalled = (label: string): EstateLine => ({
  journalId: 1n,
  kind: "deposit",
  isReversal: true,
  depositKind: "00",
  bookDate: calendarDate("2026-03-01"),
  valueDate: calendarDate("2026-03-01"),
  houseCode: "TS0001-12-3-501",
  buildingLabel: label,
  unitLabel: label,
  roomLabel: label,
  principalFen: fen(-1_185_120n),
  interestFen: fen(0n),
});

async function* each<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

async function bytesOf(format: SheetFormat, file: SheetFile): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeSheet(format, file)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const FILES: readonly (readonly [string, () => SheetFile])[] = [
  ["houses", () => housesFile(each(FORMULAS.map(houseCalled)), 30)],
  ["lines", () => linesFile(each(FORMULAS.map(lineCalled)))],
];

describe.each(FILES)("the export of an estate's %s", (_what, file) => {
  test("holds no cell in CSV that a spreadsheet would count with, but figures", async () => {
    const text = (await bytesOf("csv", file())).toString("utf8").slice(1);
    const cells = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell);
    const counting = cells.filter((cell) => /^[=+\-@\t\r]/.test(cell));
    expect(counting.filter((cell) => !/^-[0-9]+(\.[0-9]{2})?$/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'"))).toHaveLength(3 * FORMULAS.length);
  });

  test("holds no formula in a workbook, and the same words as words", async () => {
    const bytes = await bytesOf("xlsx", file());
    const { sheets } = await readXlsx(bytes);
    const cells = (sheets[0]?.rows ?? []).flat();
    const words = cells.filter((cell) => typeof cell === "string");
    expect(words.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(words.filter((cell) => cell.startsWith("'"))).toHaveLength(3 * FORMULAS.length);
    expect(cells.filter((cell) => typeof cell === "number").length).toBeGreaterThan(0);
  });
});
