import { formatArea } from "#src/kernel/area.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, plainYuan } from "#src/kernel/money.ts";
import {
  type BuildingTotals,
  balanceOf,
  countLiable,
  countStanding,
} from "#src/ledger/estate-book/building-totals.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import { formatTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { csvText, textCell } from "#src/platform/spreadsheets/csv-text.ts";
import type { Estate } from "./queries.ts";
import type { ToldUse } from "./rules.ts";
import { yearsOf } from "./years.ts";

/** What both files are written from; docs/open-data.md describes their fields. */
export interface OpenData {
  estate: Estate;
  book: EstateBook;
  /** Up to which day the estate's bank agrees; null for never. */
  reconciledUntil: CalendarDate | null;
  published: readonly BuildingTotals[];
  uses: readonly ToldUse[];
}

const HEAD = [
  "物业区域编号",
  "物业区域名称",
  "幢",
  "幢数",
  "户数",
  "建筑面积（㎡）",
  "余额（元）",
  "本金（元）",
  "利息（元）",
  "首次交存（元）",
  "充足率（%）",
  "应交户数",
  "已交户数",
  "不足续交线户数",
  "未交清户数",
  "未交户数",
  "读取时间",
];

/** Writes the totals of each building as CSV, one row each, amounts in yuan. */
export function openDataCsv({ estate, book, published }: OpenData): string {
  const rows = published.map((one) => [
    estate.code,
    textCell(estate.name),
    textCell(labelOf(one)),
    `${one.buildings.length}`,
    `${one.houseCount}`,
    areaOf(one.areaHundredths),
    plainYuan(balanceOf(one)),
    plainYuan(one.principalFen),
    plainYuan(one.interestFen),
    plainYuan(one.firstPaidFen),
    rateOf(one) ?? "",
    `${countLiable(one)}`,
    `${countStanding(one, "paid-in-full", "below-trigger")}`,
    `${countStanding(one, "below-trigger")}`,
    `${countStanding(one, "part-paid")}`,
    `${countStanding(one, "unpaid")}`,
    book.readAt.toISOString(),
  ]);
  return csvText([HEAD, ...rows]);
}

/** Builds the same for programs, with the estate, its years and its uses. Money is text in yuan. */
export function openDataJson({ estate, book, reconciledUntil, published, uses }: OpenData) {
  const { months, bookedUntil } = book.history;
  const sum = (of: (month: (typeof months)[number]) => Fen) => plainYuan(addFen(...months.map(of)));
  return {
    format: "estate-fund/1",
    readAt: book.readAt.toISOString(),
    bookedUntil,
    reconciledUntil,
    topUpTriggerPercent: book.triggerPercent,
    estate: {
      number: estate.code,
      name: estate.name,
      district: estate.districtName,
      address: estate.address,
      developer: estate.developerName,
      propertyCompany: estate.propertyCompanyName,
      ownersCommittee: estate.committeeName,
      completedYear: estate.completedYear,
      bank: estate.bankName,
      branch: estate.branchName,
      buildingCount: book.buildings.length,
    },
    totals: {
      deposited: sum((month) => month.depositedFen),
      interest: sum((month) => month.interestFen),
      used: sum((month) => month.usedFen),
      refunded: sum((month) => month.refundedFen),
      other: sum((month) => month.otherFen),
      ...figuresOf(book.totals),
    },
    buildings: published.map((one) => ({
      labels: one.buildings.map(({ label }) => label),
      ...figuresOf(one),
    })),
    years: yearsOf(months).map((year) => ({
      year: year.year,
      deposited: plainYuan(year.depositedFen),
      interest: plainYuan(year.interestFen),
      used: plainYuan(year.usedFen),
      refunded: plainYuan(year.refundedFen),
      other: plainYuan(year.otherFen),
      balance: plainYuan(year.balanceFen),
    })),
    uses: uses.map((use) => ({
      bookDate: use.bookDate,
      project: use.projectName,
      scope: use.scopeWords,
      houseCount: use.houseCount,
      amount: plainYuan(use.amountFen),
    })),
  };
}

function figuresOf(one: BuildingTotals) {
  return {
    houseCount: one.houseCount,
    area: areaOf(one.areaHundredths),
    balance: plainYuan(balanceOf(one)),
    principalHeld: plainYuan(one.principalFen),
    interestHeld: plainYuan(one.interestFen),
    firstDeposits: plainYuan(one.firstPaidFen),
    sufficiencyPercent: rateOf(one),
    housesLiable: countLiable(one),
    housesPaid: countStanding(one, "paid-in-full", "below-trigger"),
    housesBelowTrigger: countStanding(one, "below-trigger"),
    housesPartPaid: countStanding(one, "part-paid"),
    housesUnpaid: countStanding(one, "unpaid"),
  };
}

function labelOf({ buildings }: BuildingTotals): string {
  return buildings.map(({ label }) => label).join("、");
}

/** 91.0, or null where nothing was deposited. */
function rateOf(one: BuildingTotals): string | null {
  const tenths = sufficiencyTenths(balanceOf(one), one.firstPaidFen);
  return tenths === null ? null : formatTenths(tenths).slice(0, -1);
}

function areaOf(hundredths: bigint): string {
  return formatArea(Number.parseInt(`${hundredths}`, 10));
}
