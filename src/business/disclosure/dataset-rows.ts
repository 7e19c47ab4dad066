import { readCityReconciledUntil } from "#src/bank/statements/custody-accounts.ts";
import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { formatArea } from "#src/kernel/area.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, plainYuan } from "#src/kernel/money.ts";
import { addFundNow, balanceNow, type FundNow, liableNow } from "#src/ledger/city-book/fund-now.ts";
import { type FundYear, fundYears } from "#src/ledger/city-book/fund-years.ts";
import { readEstateYears, streamEstates } from "#src/ledger/city-book/list-estates.ts";
import { streamUses } from "#src/ledger/city-book/list-uses.ts";
import {
  type DistrictBook,
  hiddenEstates,
  readCityBook,
} from "#src/ledger/city-book/read-city-book.ts";
import { writtenYear } from "#src/ledger/locked-years/content.ts";
import { writtenUse } from "#src/ledger/locked-years/written-use.ts";
import { formatTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { streamSnapshot } from "#src/platform/database/snapshot.ts";
import type { DatasetName, DatasetRow } from "./datasets.ts";
import { cityMonthRows, districtMonthRows, estateMonthRows } from "./month-rows.ts";
import { aloneFilter, once, type RowSource, togetherOf } from "./row-source.ts";

/** Some rows of a dataset, with the book of the same moment. */
export interface DatasetPiece {
  book: DatedCityBook;
  rows: DatasetRow[];
}

/**
 * Reads a dataset piece by piece, so that memory does not grow with the city, and book and rows from one snapshot, so
 * that a file adds up whatever is written meanwhile. The first piece has no rows.
 */
export function readDataset(
  name: DatasetName,
  { db, ...asked }: { db: Db; today: CalendarDate; policy: DisclosurePolicy; year: number },
): AsyncGenerator<DatasetPiece> {
  return streamSnapshot(
    db,
    async function* (tx) {
      const book = await readCityBook(tx, asked.today, asked.policy);
      if (typeof book === "string") throw new Error(`no book any more: ${book}`);
      const dated = { ...book, reconciledUntil: await readCityReconciledUntil(tx) };
      yield { book: dated, rows: [] };
      const source = { ...asked, db: tx, book: dated };
      for await (const rows of datasetRows(name, source)) yield { book: dated, rows };
    },
    "public",
  );
}

function datasetRows(name: DatasetName, source: RowSource): AsyncGenerator<DatasetRow[]> {
  switch (name) {
    case "city-years":
      return once(source.book.years.map(yearRow));
    case "district-years":
      return once(source.book.districts.flatMap(districtYearRows));
    case "estates":
      return estateRows(source);
    case "estate-years":
      return estateYearRows(source);
    case "city-months":
      return cityMonthRows(source);
    case "district-months":
      return districtMonthRows(source);
    case "estate-months":
      return estateMonthRows(source);
    case "uses":
      return useRows(source);
  }
}

function yearRow(year: FundYear): DatasetRow<"city-years"> {
  return { year: year.year, ...writtenYear(year) };
}

function districtYearRows({ codes, name, years }: DistrictBook): DatasetRow<"district-years">[] {
  return years.map((year) => ({ codes, name, ...yearRow(year) }));
}

async function* estateRows(source: RowSource): AsyncGenerator<DatasetRow<"estates">[]> {
  for await (const some of streamEstates(source.db, aloneFilter(source))) {
    yield some.map((estate) => ({
      numbers: [estate.code],
      name: estate.name,
      district: estate.districtName,
      completedYear: estate.completedYear,
      ...writtenNow(estate.now),
    }));
  }
  for (const { district, estates } of await togetherOf(source)) {
    yield [
      {
        numbers: estates.map(({ code }) => code),
        name: "",
        district: district.name,
        completedYear: null,
        ...writtenNow(addFundNow(estates.map(({ now }) => now))),
      },
    ];
  }
}

async function* estateYearRows(source: RowSource): AsyncGenerator<DatasetRow<"estate-years">[]> {
  const until = source.book.years.at(-1)?.year ?? 0;
  for await (const some of streamEstates(source.db, aloneFilter(source))) {
    const moved = await readEstateYears(
      source.db,
      some.map(({ id }) => id),
    );
    yield some.flatMap((estate) =>
      fundYears(moved.get(estate.id) ?? [], until).map((year) => ({
        numbers: [estate.code],
        name: estate.name,
        district: estate.districtName,
        ...yearRow(year),
      })),
    );
  }
  for (const { district, estates } of await togetherOf(source)) {
    const moved = await readEstateYears(source.db, district.together);
    const years = fundYears([...moved.values()].flat(), until);
    const numbers = estates.map(({ code }) => code);
    yield years.map((year) => ({ numbers, name: "", district: district.name, ...yearRow(year) }));
  }
}

async function* useRows({ db, book, policy }: RowSource): AsyncGenerator<DatasetRow<"uses">[]> {
  const manners = { hidden: hiddenEstates(book), policy };
  for await (const some of streamUses(db)) yield some.map((use) => writtenUse(use, manners));
}

function writtenNow(now: FundNow) {
  const balance = balanceNow(now);
  return {
    houseCount: now.houseCount,
    area: formatArea(Number.parseInt(`${now.areaHundredths}`, 10)),
    balance: plainYuan(balance),
    principalHeld: plainYuan(now.principalFen),
    interestHeld: plainYuan(now.interestFen),
    firstDeposits: plainYuan(now.firstPaidFen),
    sufficiencyPercent: percentOf(balance, now.firstPaidFen),
    housesLiable: liableNow(now),
    housesPaid: now.paidCount,
    housesBelowTrigger: now.belowCount,
    housesPartPaid: now.partPaidCount,
    housesUnpaid: now.unpaidCount,
  };
}

function percentOf(balance: Fen, firstPaid: Fen): string | null {
  const tenths = sufficiencyTenths(balance, firstPaid);
  return tenths === null ? null : formatTenths(tenths).slice(0, -1);
}
