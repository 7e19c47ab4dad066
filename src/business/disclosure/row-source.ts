import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import {
  type EstateFilter,
  type ListedEstate,
  listEstatesById,
} from "#src/ledger/city-book/list-estates.ts";
import {
  type CityBook,
  type DistrictBook,
  hiddenEstates,
} from "#src/ledger/city-book/read-city-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";

/** What the rows of a dataset are made from. */
export interface RowSource {
  db: Db;
  book: CityBook;
  policy: DisclosurePolicy;
  today: CalendarDate;
  /** Of a dataset that is taken by the year. */
  year: number;
}

/** Rows that are few enough to be one piece. */
export async function* once<Row>(rows: Row[]): AsyncGenerator<Row[]> {
  yield rows;
}

/** Every estate that is told by itself. */
export function aloneFilter({ book }: RowSource): EstateFilter {
  return { districtCodes: null, words: "", without: [...hiddenEstates(book)] };
}

/** The estates of each district that are told as one row. */
export async function togetherOf({ db, book }: RowSource) {
  const told: { district: DistrictBook; estates: ListedEstate[] }[] = [];
  for (const district of book.districts) {
    if (district.together.length === 0) continue;
    told.push({ district, estates: await listEstatesById(db, district.together) });
  }
  return told;
}
