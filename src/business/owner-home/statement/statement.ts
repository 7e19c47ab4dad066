import { join } from "node:path";
import { explainLine } from "#src/bank/explain-line.ts";
import { formatArea } from "#src/kernel/area.ts";
import {
  type CalendarDate,
  calendarDate,
  compareDates,
  formatShanghaiTime,
  shanghaiDate,
} from "#src/kernel/calendar-date.ts";
import { maskName } from "#src/kernel/masking.ts";
import { addFen, type Fen, formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { HouseParts, HouseYear } from "#src/ledger/house-year.ts";
import type { HouseLine } from "#src/ledger/list-house-entries.ts";
import { sumLines } from "#src/ledger/sum-lines.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import { markData } from "#src/platform/issued-slips/mark-data.ts";
import { qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { House } from "#src/register/find-house.ts";

import { STATEMENT_NUMBERS } from "./statement-worth.ts";

const TEMPLATE = join(import.meta.dirname, "statement.typ");

export interface StatementDeps {
  printer: Printer;
  /** Makes the code of the slip. */
  personalData: PersonalData;
  publicUrl: string;
  config: { fundCentreName: string };
}

/** What a statement is about. The owner's name is in clear: it is printed for himself alone. */
export interface StatementSubject {
  house: House;
  ownerName: string;
  year: HouseYear;
}

/** Prints 年度对账单: one year of a house, every line with its explanation, between two balances. */
export async function printStatement(
  deps: StatementDeps,
  db: Db,
  subject: StatementSubject,
  now: Date,
): Promise<Uint8Array> {
  const { house, year } = subject;
  const fundUrl = `${deps.publicUrl}/fund/${house.code}`;
  const authority = deps.config.fundCentreName;
  const content = { ...statementContent(subject, now), authority };
  const slip = {
    subject: `${house.code}/${year.year}`,
    datedOn: lastDayOf(year.year, now),
    amountFen: totalOf(year.closing),
    party: maskName(subject.ownerName),
    about: `${house.address}，${year.year} 年度`,
    content,
  };
  const mark = await issueSlip(deps, db, STATEMENT_NUMBERS, slip, now);
  return await deps.printer.print({
    template: TEMPLATE,
    createdAt: now,
    data: {
      ...content,
      mark: markData(mark),
      printedAt: formatShanghaiTime(now),
      fundCode: qrCode(fundUrl).svg,
      fundUrl,
    },
  });
}

/** What stands on a statement, every value formatted. */
export function statementContent({ house, ownerName, year }: StatementSubject, now: Date) {
  const until = lastDayOf(year.year, now);
  const sums = sumLines(year.lines);
  return {
    title: "物业专项维修资金对账单",
    year: `${year.year} 年度`,
    facts: [
      ["业主", ownerName],
      ["房屋编号", house.code],
      ["坐落", house.address],
      ["建筑面积", `${formatArea(house.areaHundredths)} ㎡`],
      ["起止", `${year.year}-01-01 至 ${until}`],
      ["专户银行", house.custody.bankName],
    ],
    sums: [
      ["年初余额", formatYuan(totalOf(year.opening))],
      ["交存", changeText(sums.depositFen)],
      ["利息", changeText(sums.interestFen)],
      ["使用", changeText(sums.usedFen)],
      ["退款", changeText(sums.refundedFen)],
      [until.endsWith("-12-31") ? "年末余额" : "截至今天余额", formatYuan(totalOf(year.closing))],
    ],
    closingCapitals: rmbInCapitals(totalOf(year.closing)),
    opening: partRow(year.opening),
    rows: year.lines.map(lineRow),
    closing: partRow(year.closing),
    until,
  };
}

/** Of a year that is not over, today. */
function lastDayOf(year: number, now: Date): CalendarDate {
  const last = calendarDate(`${year}-12-31`);
  const today = shanghaiDate(now);
  return compareDates(today, last) < 0 ? today : last;
}

function totalOf({ principalFen, interestFen }: HouseParts): Fen {
  return addFen(principalFen, interestFen);
}

function partRow(parts: HouseParts) {
  return [
    formatYuan(parts.principalFen),
    formatYuan(parts.interestFen),
    formatYuan(totalOf(parts)),
  ];
}

function lineRow(line: HouseLine) {
  const { summary, explanation } = explainLine(line);
  return {
    date: line.bookDate,
    summary,
    // A unit stays with its figure.
    explanation: explanation.replaceAll(" ㎡", "\u00a0㎡"),
    principal: changeText(line.principalFen),
    interest: changeText(line.interestFen),
    balance: formatYuan(line.balanceFen),
  };
}

/** A change says whether it came or went. */
function changeText(amount: Fen): string {
  return amount > 0n ? `+${formatYuan(amount)}` : formatYuan(amount);
}
