import { YEAR_AMOUNTS, type YearFigures } from "#src/ledger/locked-years/content.ts";
import type { LockedYear } from "#src/ledger/locked-years/read-locked-years.ts";
import type { SheetCell, SheetFile } from "#src/platform/spreadsheets/write-sheet.ts";
import { FIGURE_WORDS } from "./locked-words.ts";

/** Writes a locked year for spreadsheets: the city, its districts and its estates, one row each. */
export function lockedSheet({ year, version, hash, content }: LockedYear): SheetFile {
  return {
    name: `${year}`,
    heads: [
      ...["年份", "版", "层级", "编号", "名称", "区"],
      ...YEAR_AMOUNTS.map((figure) => `${FIGURE_WORDS[figure]}（元）`),
      ...["充足率（%）", "SHA-256"],
    ],
    rows: rowsOf(),
  };

  async function* rowsOf(): AsyncGenerator<readonly SheetCell[]> {
    const row = (words: readonly string[], figures: YearFigures): SheetCell[] => [
      { figure: `${year}` },
      { figure: `${version}` },
      ...words,
      ...YEAR_AMOUNTS.map((figure) => ({ figure: figures[figure] })),
      figures.sufficiencyPercent === null ? "" : { figure: figures.sufficiencyPercent },
      hash,
    ];
    yield row(["全市", "", "", ""], content.city);
    for (const one of content.districts) {
      yield row(["区", one.codes.join("、"), one.name, one.name], one);
    }
    for (const one of content.estates) {
      const name = one.name || "户数少的小区合计";
      yield row(["小区", one.numbers.join("、"), name, one.district], one);
    }
  }
}
