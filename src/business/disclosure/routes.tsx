import { readEstateReconciledUntil } from "#src/bank/statements/custody-accounts.ts";
import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type FundYear, fundYears } from "#src/ledger/city-book/fund-years.ts";
import {
  findListedEstate,
  listEstates,
  readEstateYears,
} from "#src/ledger/city-book/list-estates.ts";
import { ALL_USES, listUses, type UseFilter } from "#src/ledger/city-book/list-uses.ts";
import {
  type CityBook,
  type DistrictBook,
  hiddenEstates,
} from "#src/ledger/city-book/read-city-book.ts";
import { type MonthsOf, readMonths } from "#src/ledger/city-book/read-months.ts";
import { listLockedYears } from "#src/ledger/locked-years/read-locked-years.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { keepPages } from "#src/platform/http/kept-pages.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { renderPage } from "#src/ui/render.ts";
import { CityPage, MissingPage } from "./city-page.tsx";
import { dataRoutes } from "./data-routes.tsx";
import type { Desk, DisclosureDeps } from "./desk.ts";
import { DistrictPage } from "./district-page.tsx";
import { EstatePage } from "./estate-page.tsx";
import { ESTATES_ON_PAGE, EstatesPage } from "./estates-page.tsx";
import { areEstateMonthsTold, askedMonthYear, monthYears } from "./month-years.ts";
import type { ToldMonths } from "./months-card.tsx";
import { reviewDisclosureRoutes } from "./review-routes.tsx";
import { readEstateQuery, readUseQuery } from "./schema.ts";
import { USES_ON_PAGE, UsesPage } from "./uses-page.tsx";
import { yearRoutes } from "./year-routes.tsx";

/** The city's page and a page for each district, in each display, and those of earlier years that are looked at. */
const PAGES_KEPT = 90;
const FEW = 5;
const ESTATES_OF_DISTRICT = 10;

/** 公示: city, districts, estates, uses, locked years and open data, and where years are locked. */
export function disclosureRoutes(deps: DisclosureDeps): Route[] {
  const desk: Desk = { ...deps, send: keepPages(PAGES_KEPT) };
  const open = (
    path: string,
    show: (visit: Visit, book: DatedCityBook) => Promise<Response>,
  ): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => {
      await deps.limit(visit, "search");
      const book = await desk.readBook();
      if (typeof book !== "string") return await show(visit, book);
      return page(visit, renderPage(<MissingPage shell={deps.shell(visit)} why={book} />), 200);
    },
  });
  return [
    open("/disclosure", (visit, book) => showCity(desk, visit, book)),
    open("/disclosure/estates", (visit, book) => showEstates(desk, visit, book)),
    open("/disclosure/estates/:estate", (visit, book) => showEstate(desk, visit, book)),
    open("/disclosure/districts/:district", (visit, book) => showDistrict(desk, visit, book)),
    open("/disclosure/uses", (visit, book) => showUses(desk, visit, book)),
    ...yearRoutes(desk),
    ...dataRoutes(desk),
    ...reviewDisclosureRoutes(deps),
  ];
}

function mannersOf(desk: Desk, book: DatedCityBook) {
  return {
    hidden: hiddenEstates(book),
    policy: desk.policy,
  };
}

async function showCity(desk: Desk, visit: Visit, book: DatedCityBook): Promise<Response> {
  const { uses } = await listUses(desk.db, ALL_USES, { offset: 0, limit: FEW });
  const locked = await listLockedYears(desk.db);
  const newest = locked.filter(
    (one, at) => locked.findIndex(({ year }) => year === one.year) === at,
  );
  const asked = monthsAsked(visit, book, book.years);
  const path = `/disclosure${asked.query}`;
  const shell = { ...desk.shell(visit), path };
  const marks = locked.map(({ hash }) => hash).join();
  return desk.send(visit, path, [book, marks], async () =>
    renderPage(
      <CityPage
        {...mannersOf(desk, book)}
        shell={shell}
        book={book}
        uses={uses}
        lockedYears={newest}
        months={await tellMonths(desk, visit, { ...asked, of: { kind: "city" } })}
      />,
    ),
  );
}

function findDistrict(book: DatedCityBook, code: string | null): DistrictBook | undefined {
  return book.districts.find(({ codes }) => code !== null && codes.includes(code));
}

async function showEstates(desk: Desk, visit: Visit, book: DatedCityBook): Promise<Response> {
  const query = readEstateQuery(visit.c.req.query());
  const { hidden } = mannersOf(desk, book);
  const filter = {
    districtCodes:
      query.district === null ? null : (findDistrict(book, query.district)?.codes ?? []),
    words: query.q,
    without: [...hidden],
  };
  const offset = (query.page - 1) * ESTATES_ON_PAGE;
  const found = await listEstates(desk.db, filter, {
    order: query.order,
    offset,
    limit: ESTATES_ON_PAGE,
  });
  if (found.estates.length === 0 && found.totalCount > 0) throw new NotFound();
  const parts = { shell: desk.shell(visit), book, query, ...found };
  return page(visit, renderPage(<EstatesPage {...parts} />), 200, "revalidate");
}

async function showEstate(desk: Desk, visit: Visit, book: DatedCityBook): Promise<Response> {
  const estate = await findListedEstate(desk.db, visit.c.req.param("estate") ?? "");
  const district = estate && findDistrict(book, estate.districtCode);
  if (estate === null || district === null || district === undefined) throw new NotFound();
  const until = book.years.at(-1)?.year ?? 0;
  const moved = (await readEstateYears(desk.db, [estate.id])).get(estate.id) ?? [];
  const { uses } = await listUses(
    desk.db,
    { ...ALL_USES, estateId: estate.id },
    { offset: 0, limit: USES_ON_PAGE },
  );
  const reconciledUntil = await readEstateReconciledUntil(desk.db, estate.id);
  const years = fundYears(moved, until);
  const manners = mannersOf(desk, book);
  const months = areEstateMonthsTold(desk.policy)
    ? await tellMonths(desk, visit, {
        ...monthsAsked(visit, book, years),
        of: { kind: "estates", estateIds: [estate.id] },
      })
    : null;
  const html = renderPage(
    <EstatePage
      {...manners}
      shell={desk.shell(visit)}
      book={{ ...book, reconciledUntil }}
      district={district}
      estate={estate}
      years={years}
      months={months}
      uses={uses}
    />,
  );
  return page(visit, html, 200, "revalidate");
}

async function showDistrict(desk: Desk, visit: Visit, book: DatedCityBook): Promise<Response> {
  const district = findDistrict(book, visit.c.req.param("district") ?? null);
  if (district === undefined) throw new NotFound();
  const manners = mannersOf(desk, book);
  const filter = { districtCodes: district.codes, words: "", without: [...manners.hidden] };
  const { estates } = await listEstates(desk.db, filter, {
    order: "balance",
    offset: 0,
    limit: ESTATES_OF_DISTRICT,
  });
  const ofDistrict: UseFilter = { ...ALL_USES, districtCodes: district.codes };
  const { uses } = await listUses(desk.db, ofDistrict, { offset: 0, limit: FEW });
  const asked = monthsAsked(visit, book, district.years);
  const path = `/disclosure/districts/${district.codes[0]}${asked.query}`;
  const shell = { ...desk.shell(visit), path };
  const parts = { ...manners, shell, book, district, estates, uses };
  const of = { kind: "districts", codes: district.codes } as const;
  return desk.send(visit, path, [book], async () => {
    const months = await tellMonths(desk, visit, { ...asked, of });
    return renderPage(<DistrictPage {...parts} months={months} />);
  });
}

interface MonthsAsked {
  year: number | null;
  years: number[];
  /** As it stands in the address; empty for the newest year. */
  query: string;
}

function monthsAsked(visit: Visit, book: CityBook, ofFund: readonly FundYear[]): MonthsAsked {
  const years = monthYears(book, ofFund);
  const year = askedMonthYear(visit, years);
  return { year, years, query: year === null || year === years[0] ? "" : `?year=${year}` };
}

async function tellMonths(
  desk: Desk,
  visit: Visit,
  { year, years, of }: MonthsAsked & { of: MonthsOf },
): Promise<ToldMonths | null> {
  if (year === null) return null;
  const today = shanghaiDate(visit.now);
  return { year, years, months: await readMonths(desk.db, of, { year, today }) };
}

async function showUses(desk: Desk, visit: Visit, book: DatedCityBook): Promise<Response> {
  const query = readUseQuery(visit.c.req.query());
  const manners = mannersOf(desk, book);
  const filter: UseFilter = {
    districtCodes:
      query.district === null ? null : (findDistrict(book, query.district)?.codes ?? []),
    estateId: null,
    year: query.year,
    words: query.q,
    without: [...manners.hidden],
  };
  const offset = (query.page - 1) * USES_ON_PAGE;
  const found = await listUses(desk.db, filter, { offset, limit: USES_ON_PAGE });
  if (found.uses.length === 0 && found.totalCount > 0) throw new NotFound();
  const parts = { ...manners, shell: desk.shell(visit), book, query, ...found };
  return page(visit, renderPage(<UsesPage {...parts} />), 200, "revalidate");
}
