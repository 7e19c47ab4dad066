import { type FundMonth, fundMonths } from "#src/ledger/city-book/fund-months.ts";
import { streamEstates } from "#src/ledger/city-book/list-estates.ts";
import {
  type MovedMonths,
  monthsOfYear,
  readDistrictMonths,
  readEstateMonths,
} from "#src/ledger/city-book/read-months.ts";
import { writtenYear } from "#src/ledger/locked-years/content.ts";
import type { DatasetRow } from "./datasets.ts";
import { aloneFilter, type RowSource } from "./row-source.ts";

/** Every month of the city, from the first that may be told to this one. */
export async function* cityMonthRows(
  source: RowSource,
): AsyncGenerator<DatasetRow<"city-months">[]> {
  const moved = await readDistrictMonths(source.db);
  const months = fundMonths(null, [...moved.values()].flat(), source.today.slice(0, 7));
  yield toldMonths(source, months).map(monthRow);
}

/** Every month of each district. */
export async function* districtMonthRows(
  source: RowSource,
): AsyncGenerator<DatasetRow<"district-months">[]> {
  const moved = await readDistrictMonths(source.db);
  for (const { codes, name } of source.book.districts) {
    const ofDistrict = codes.flatMap((code) => moved.get(code) ?? []);
    const months = fundMonths(null, ofDistrict, source.today.slice(0, 7));
    yield toldMonths(source, months).map((month) => ({ codes, name, ...monthRow(month) }));
  }
}

/** The months of one year of each estate; only where the policy opens every house (`areEstateMonthsTold`). */
export async function* estateMonthRows(
  source: RowSource,
): AsyncGenerator<DatasetRow<"estate-months">[]> {
  for await (const some of streamEstates(source.db, aloneFilter(source))) {
    const ids = some.map(({ id }) => id);
    const moved = await readEstateMonths(source.db, ids, source.year);
    yield some.flatMap(({ id, code, name, districtName }) =>
      monthsOf([moved.get(id) ?? UNMOVED], source).map((month) => ({
        numbers: [code],
        name,
        district: districtName,
        ...monthRow(month),
      })),
    );
  }
}

const UNMOVED: MovedMonths = { earlier: [], moved: [] };

function monthsOf(moved: readonly MovedMonths[], { year, today }: RowSource): FundMonth[] {
  return monthsOfYear(moved, { year, today });
}

/** Leaves out the years that are told only as years. */
function toldMonths({ book }: RowSource, months: readonly FundMonth[]): FundMonth[] {
  return months.filter(({ month }) => Number.parseInt(month, 10) >= book.monthsFrom);
}

function monthRow(month: FundMonth): DatasetRow<"city-months"> {
  return { month: month.month, ...writtenYear(month) };
}
