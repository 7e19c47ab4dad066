import { emptyYear, type FundYear } from "#src/ledger/city-book/fund-years.ts";
import type { CityBook } from "#src/ledger/city-book/read-city-book.ts";
import { findLaterChanges, type LaterChange } from "#src/ledger/locked-years/compare-years.ts";
import {
  findLockedYear,
  type LockedYear,
  listLockedYears,
} from "#src/ledger/locked-years/read-locked-years.ts";
import { readEstatesOfYear } from "#src/ledger/locked-years/reckon-year.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { openData, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { keptWhile } from "#src/platform/kept-while.ts";
import { writeSheet } from "#src/platform/spreadsheets/write-sheet.ts";
import { renderPage } from "#src/ui/render.ts";
import type { Desk } from "./desk.ts";
import { monthYears } from "./month-years.ts";
import { readPage, readVersion, readYear } from "./schema.ts";
import { YearPage } from "./year-page.tsx";
import { lockedSheet } from "./year-sheet.ts";
import { YearsPage } from "./years-page.tsx";

/** A year that is over seldom moves; when its sums do, it is read again at once. */
const KEPT_MS = 10 * 60_000;
const YEARS_KEPT = 12;

interface YearDesk extends Desk {
  readLater: (locked: LockedYear, book: CityBook) => Promise<LaterChange[]>;
}

/** 历年锁定: what was locked, as pages and files, compared with another year and with the books of today. */
export function yearRoutes(desk: Desk): Route[] {
  const years: YearDesk = { ...desk, readLater: openLaterChanges(desk) };
  const open = (path: string, handle: (visit: Visit) => Promise<Response>): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => {
      await desk.limit(visit, "search");
      return await handle(visit);
    },
  });
  return [
    open("/disclosure/years", async (visit) => {
      const locked = await listLockedYears(desk.db);
      const html = renderPage(<YearsPage shell={desk.shell(visit)} locked={locked} />);
      return page(visit, html, 200, "revalidate");
    }),
    open("/disclosure/compare", compare),
    open("/disclosure/years/:year", (visit) => showYear(years, visit)),
    open("/disclosure/years/:year/locked.json", (visit) => sendText(desk, visit)),
    open("/disclosure/years/:year/estates.csv", (visit) => sendSheet(desk, visit)),
  ];
}

/** A form cannot write a path: it is sent on to the page of the year that was chosen. */
async function compare(visit: Visit): Promise<Response> {
  const year = readYear(visit.c.req.query("year"));
  const other = readYear(visit.c.req.query("with"));
  if (year === null) return seeOther(visit, "/disclosure/years");
  const rest = other === null || other === year ? "" : `?with=${other}`;
  return seeOther(visit, `/disclosure/years/${year}${rest}`);
}

async function visitedYear(desk: Desk, visit: Visit): Promise<LockedYear> {
  const year = readYear(visit.c.req.param("year"));
  const asked = visit.c.req.query("version");
  const version = readVersion(asked);
  if (year === null || (asked && version === null)) throw new NotFound();
  const locked = await findLockedYear(desk.db, year, version);
  if (locked === null) throw new NotFound();
  return locked;
}

async function showYear(desk: YearDesk, visit: Visit): Promise<Response> {
  const locked = await visitedYear(desk, visit);
  const all = await listLockedYears(desk.db);
  const withYear = readYear(visit.c.req.query("with"));
  const isOther = withYear !== null && withYear !== locked.year;
  const other = isOther ? await findLockedYear(desk.db, withYear, null) : null;
  if (isOther && other === null) throw new NotFound();
  const book = await desk.readBook();
  const html = renderPage(
    <YearPage
      shell={desk.shell(visit)}
      locked={locked}
      versions={all.filter(({ year }) => year === locked.year)}
      other={other}
      years={[...new Set(all.map(({ year }) => year))]}
      laterChanges={typeof book === "string" ? null : await desk.readLater(locked, book)}
      hasMonths={typeof book !== "string" && monthYears(book, book.years).includes(locked.year)}
      page={readPage(visit.c.req.query("page"))}
    />,
  );
  return page(visit, html, 200, "revalidate");
}

/** Compares a locked year with the books once for all visitors, and anew when the books have moved. */
function openLaterChanges(desk: Desk) {
  const options = { clock: desk.clock, ms: KEPT_MS, keysMax: YEARS_KEPT };
  const read = keptWhile(options, async (key) => {
    const [year = 0, version = 0] = key.split("-").map((part) => Number.parseInt(part, 10));
    const locked = await findLockedYear(desk.db, year, version);
    const book = await desk.readBook();
    if (locked === null || typeof book === "string")
      throw new Error(`${key} is not there any more`);
    return await laterChanges(desk, locked, book);
  });
  return async ({ year, version }: LockedYear, book: CityBook) =>
    await read(`${year}-${version}`, markOf(yearOf(book, year)));
}

async function laterChanges(
  desk: Desk,
  locked: LockedYear,
  book: CityBook,
): Promise<LaterChange[]> {
  const estates = await desk.db
    .transaction()
    .setAccessMode("read only")
    .execute((tx) => readEstatesOfYear(tx, locked.year));
  return findLaterChanges(locked.content, { city: yearOf(book, locked.year), estates });
}

/** What the books say of a year by now; a year before the first entry says nothing. */
function yearOf(book: CityBook, year: number): FundYear {
  return book.years.find((one) => one.year === year) ?? emptyYear(year);
}

function markOf(year: FundYear): string {
  return Object.values(year).join("/");
}

/** The locked text itself, byte for byte: its SHA-256 is the one on the page. */
async function sendText(desk: Desk, visit: Visit): Promise<Response> {
  const locked = await visitedYear(desk, visit);
  return openData(visit, () => new Blob([locked.text]).stream() as ReadableStream<Uint8Array>, {
    mediaType: "application/json; charset=utf-8",
    name: `维修资金公示-${locked.year}-第${locked.version}版.json`,
    etag: `"${locked.hash}"`,
  });
}

async function sendSheet(desk: Desk, visit: Visit): Promise<Response> {
  const locked = await visitedYear(desk, visit);
  return openData(visit, () => writeSheet("csv", lockedSheet(locked)), {
    mediaType: "text/csv; charset=utf-8",
    name: `维修资金公示-${locked.year}-第${locked.version}版.csv`,
    etag: `W/"${locked.hash}"`,
  });
}
