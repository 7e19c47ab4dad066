import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import { markData } from "#src/platform/issued-slips/mark-data.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SheetCell, SheetFile } from "#src/platform/spreadsheets/write-sheet.ts";
import type { StatementFigures } from "./content.ts";
import { FIGURE_WORDS, figuresShown, readYuan, shownYuan } from "./figure-words.ts";
import { parsePeriod } from "./rules.ts";
import { renderStatement } from "./statement-slip/statement-slip.ts";
import { STATEMENT_NUMBERS } from "./statement-worth.ts";
import type { Statement } from "./statements.ts";

/** What printing a statement needs. */
export interface StatementPrintDeps {
  printer: Printer;
  /** Makes the code of the slip. */
  personalData: PersonalData;
  fundCentreName: string;
  publicUrl: string;
}

/** The printer answers within a few seconds for so many houses, also on a busy machine. */
const HOUSES_IN_PART = 1_000;

/** In how many parts a statement is printed. */
export function countParts({ content }: Statement): number {
  return Math.max(1, Math.ceil(content.houses.length / HOUSES_IN_PART));
}

/** Prints a part of a locked statement as it is to be posted; made anew each time from what is locked. */
export async function printStatement(
  deps: StatementPrintDeps,
  db: Db,
  statement: Statement,
  part: number,
): Promise<Uint8Array> {
  const { content } = statement;
  const shown = figuresShown(content.totals);
  const amounts = (row: StatementFigures) => shown.map((figure) => shownYuan(row[figure]));
  // What is locked has its own hash; printing it needs no other.
  const slip = {
    subject: statement.number,
    datedOn: shanghaiDate(statement.lockedAt),
    amountFen: readYuan(content.totals.closing),
    party: statement.institutionName,
    about: `${content.estate.name}，${content.period.startsOn} 至 ${content.period.endsOn}，编号 ${statement.number}`,
    content: statement.hash,
  };
  const mark = await issueSlip(deps, db, STATEMENT_NUMBERS, slip, statement.lockedAt);
  const data = {
    authority: deps.fundCentreName,
    mark: markData(mark),
    estateName: content.estate.name,
    estateNumber: content.estate.number,
    periodWords: parsePeriod(statement.period)?.words ?? statement.period,
    days: `${content.period.startsOn} 至 ${content.period.endsOn}`,
    number: statement.number,
    version: statement.version,
    lockedBy: statement.institutionName,
    lockedAt: formatShanghaiTime(statement.lockedAt),
    hash: statement.hash,
    heads: shown.map((figure) => FIGURE_WORDS[figure]),
    totals: amounts(content.totals),
    houseCount: content.totals.houseCount,
    buildings: content.buildings.map((one) => ({
      label: one.label,
      houseCount: one.houseCount,
      amounts: amounts(one),
    })),
    part,
    parts: countParts(statement),
    houses: content.houses.slice((part - 1) * HOUSES_IN_PART, part * HOUSES_IN_PART).map((one) => ({
      number: one.number,
      words: [one.building, one.unit, one.room].filter(Boolean).join(" "),
      area: one.area,
      amounts: amounts(one),
    })),
    estateUrl: `${deps.publicUrl}/my-estate/${content.estate.number}`,
  };
  return await renderStatement(deps.printer, data, statement.lockedAt);
}

/** The houses of a locked statement as a file, the totals below them. */
export function statementSheet({ content }: Statement): SheetFile {
  const figures = Object.keys(FIGURE_WORDS) as (keyof StatementFigures)[];
  const amounts = (row: StatementFigures) =>
    figures.map((figure): SheetCell => ({ figure: row[figure] }));
  async function* rows(): AsyncGenerator<SheetCell[]> {
    for (const one of content.houses) {
      yield [one.number, one.building, one.unit, one.room, { figure: one.area }, ...amounts(one)];
    }
    yield ["合计", "", "", "", "", ...amounts(content.totals)];
  }
  const heads = figures.map((figure) => `${FIGURE_WORDS[figure]}（元）`);
  return {
    name: "各户",
    heads: ["房屋编号", "幢", "单元", "房号", "建筑面积（㎡）", ...heads],
    rows: rows(),
  };
}
