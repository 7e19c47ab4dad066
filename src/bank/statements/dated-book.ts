import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type {
  CityBook,
  CityBookMissing,
  ReadCityBook,
} from "#src/ledger/city-book/read-city-book.ts";
import type { Db } from "#src/platform/database/client.ts";
import { readCityReconciledUntil } from "./custody-accounts.ts";

/** The city's book, with the day up to which every bank agrees with it; null for never. */
export interface DatedCityBook extends CityBook {
  reconciledUntil: CalendarDate | null;
}

/** Reads the city's book with its date of reconciliation. */
export type ReadDatedBook = () => Promise<DatedCityBook | CityBookMissing>;

/** Adds the date to each book as it is read. While neither changed it is the very same, so that kept pages stay kept. */
export function openDatedBook(db: Db, readBook: ReadCityBook): ReadDatedBook {
  let last: { book: CityBook; dated: DatedCityBook } | null = null;
  return async () => {
    const book = await readBook();
    if (typeof book === "string") return book;
    const reconciledUntil = await readCityReconciledUntil(db);
    if (last?.book !== book || last.dated.reconciledUntil !== reconciledUntil) {
      last = { book, dated: { ...book, reconciledUntil } };
    }
    return last.dated;
  };
}
