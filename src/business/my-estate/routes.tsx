import { readEstateReconciledUntil } from "#src/bank/statements/custody-accounts.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { isToldAlone, type ReadCityBook } from "#src/ledger/city-book/read-city-book.ts";
import type { BuildingView } from "#src/ledger/estate-book/building-card.tsx";
import type { Building, BuildingTotals } from "#src/ledger/estate-book/building-totals.ts";
import {
  type EstateBook,
  openBuildings,
  openEstateBooks,
  type ReadEstateBook,
} from "#src/ledger/estate-book/estate-book.ts";
import { readHoldingsMark } from "#src/ledger/estate-figures.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { keepPages, type SendKeptPage } from "#src/platform/http/kept-pages.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, json, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { buildingHref } from "./addresses.ts";
import { openDataCsv, openDataJson } from "./open-data.ts";
import { BuildingPage, EstatePage, totalsOf, UsesPage } from "./pages.tsx";
import { type Estate, findEstate } from "./queries.ts";
import { guidanceFor, publishableTotals, tellUses } from "./rules.ts";
import { readEstateQuery } from "./schema.ts";
import { ESTATES_MAX, EstateSearchPage } from "./search-page.tsx";

export interface MyEstateDeps {
  db: Db;
  clock: Clock;
  search: HouseSearch;
  policy: DisclosurePolicy;
  readCityBook: ReadCityBook;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
}

/** 进入我的小区: find an estate, see what it is and what its fund holds, building by building. */
export function myEstateRoutes(deps: MyEstateDeps): Route[] {
  const desk: Desk = {
    ...deps,
    readBook: openEstateBooks(deps),
    readBuilding: openBuildings(deps),
    send: keepPages(PAGES_KEPT),
  };
  const open = (path: string, handle: (visit: Visit) => Response | Promise<Response>): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => {
      await deps.limit(visit, "search");
      return await handle(visit);
    },
  });
  return [
    open("/my-estate", (visit) => searchEstates(deps, visit)),
    open("/my-estate/:estate", (visit) => showEstate(desk, visit)),
    open("/my-estate/:estate/buildings/:building", (visit) => showBuilding(desk, visit)),
    open("/my-estate/:estate/uses", (visit) => showUses(desk, visit)),
    open("/my-estate/:estate/houses.csv", (visit) => handOut(desk, visit, answerCsv)),
    open("/my-estate/:estate/houses.json", (visit) => handOut(desk, visit, answerJson)),
  ];
}

/** About a hundred kilobytes each, with its compressed form. */
const PAGES_KEPT = 100;

interface Desk extends MyEstateDeps {
  readBook: ReadEstateBook;
  readBuilding: ReturnType<typeof openBuildings>;
  send: SendKeptPage;
}

function searchEstates(deps: MyEstateDeps, visit: Visit): Response {
  const typed = visit.c.req.query("q") ?? "";
  const guidance = guidanceFor(typed);
  const found =
    guidance === null ? { estates: deps.search.findEstates(typed, ESTATES_MAX) } : { guidance };
  const html = renderPage(
    <EstateSearchPage shell={deps.shell(visit)} typed={typed} found={found} />,
  );
  return page(visit, html, guidance === "too-long" ? 422 : 200);
}

/** An estate with its book, and the mark under which both were read. */
interface OpenEstate {
  estate: Estate;
  book: EstateBook;
  mark: string;
  reconciledUntil: CalendarDate | null;
  published: BuildingTotals[] | null;
}

async function openEstate(desk: Desk, visit: Visit): Promise<OpenEstate> {
  const estate = await findEstate(desk.db, visit.c.req.param("estate") ?? "");
  if (estate === null) throw new NotFound();
  const mark = await readHoldingsMark(desk.db, estate.id);
  const book = await desk.readBook(estate.id, mark);
  const reconciledUntil = await readEstateReconciledUntil(desk.db, estate.id);
  return {
    estate,
    book,
    mark,
    reconciledUntil,
    published: await findPublished(desk, estate, book),
  };
}

/** Where the policy opens every house the city's book is not even asked. */
async function findPublished(desk: Desk, estate: Estate, { buildings }: EstateBook) {
  const { policy } = desk;
  const isAlone = policy === "open" || isToldAlone(await desk.readCityBook(), estate.id, policy);
  return isAlone ? publishableTotals(buildings, policy) : null;
}

async function showEstate(desk: Desk, visit: Visit): Promise<Response> {
  const opened = await openEstate(desk, visit);
  const { estate, book } = opened;
  const query = readEstateQuery(visit.c.req.query());
  const first = book.buildings[0]?.buildings[0];
  const view = { page: 1, view: "chart" } as const;
  const chart = first === undefined ? null : await viewBuilding(desk, opened, first, view);
  const path = `/my-estate/${estate.code}${query.page === 1 ? "" : `?page=${query.page}`}`;
  const shell = { ...desk.shell(visit), path };
  const uses = tellUses(book.history.uses, desk.policy);
  const parts = { ...opened, shell, chart, uses, page: query.page };
  return desk.send(
    visit,
    path,
    [book, chart?.houses, opened.published === null, opened.reconciledUntil],
    () => renderPage(<EstatePage {...parts} />),
  );
}

async function showBuilding(desk: Desk, visit: Visit): Promise<Response> {
  const opened = await openEstate(desk, visit);
  const { estate, book, reconciledUntil, published } = opened;
  const key = visit.c.req.param("building") ?? "";
  const building = book.buildings.flatMap((one) => one.buildings).find((one) => one.key === key);
  if (building === undefined) throw new NotFound();
  const query = readEstateQuery(visit.c.req.query());
  const chart = await viewBuilding(desk, opened, building, query);
  const totals = totalsOf(published, building.id);
  const path = buildingHref(estate.code, building, `?view=${query.view}&page=${query.page}`);
  const isWithheld = published === null;
  const shell = { ...desk.shell(visit), path };
  const parts = { shell, estate, book, reconciledUntil, chart, totals, isWithheld };
  return desk.send(visit, path, [book, chart.houses, isWithheld, reconciledUntil], () =>
    renderPage(<BuildingPage {...parts} />),
  );
}

/** Where the policy does not open every house, how a house stands is not even read. */
async function viewBuilding(
  desk: Desk,
  { estate, book, mark }: OpenEstate,
  building: Building,
  view: Pick<BuildingView, "page" | "view">,
): Promise<BuildingView> {
  const isOpen = desk.policy === "open";
  const trigger = isOpen ? book.triggerPercent : null;
  return {
    hrefOf: (one, rest) => buildingHref(estate.code, one, rest),
    houseHref: isOpen ? ({ code }) => `/fund/${code}` : null,
    hint: isOpen ? "点房号看明细。" : "每户的交存情况不在这里公布，查自家的请用维修资金查询。",
    buildings: book.buildings.flatMap((one) => one.buildings),
    building,
    houses: await desk.readBuilding(estate.id, building, trigger, mark),
    triggerPercent: book.triggerPercent,
    ...view,
  };
}

async function showUses(desk: Desk, visit: Visit): Promise<Response> {
  const { estate, book, published } = await openEstate(desk, visit);
  if (published === null) throw new NotFound();
  const { page: wanted } = readEstateQuery(visit.c.req.query());
  const parts = {
    shell: desk.shell(visit),
    estate,
    uses: tellUses(book.history.uses, desk.policy),
    page: wanted,
  };
  return page(visit, renderPage(<UsesPage {...parts} />), 200, "revalidate");
}

type Answer = (visit: Visit, data: Parameters<typeof openDataCsv>[0]) => Response;

async function handOut(desk: Desk, visit: Visit, answer: Answer): Promise<Response> {
  const opened = await openEstate(desk, visit);
  const { published } = opened;
  if (published === null) throw new NotFound();
  const uses = tellUses(opened.book.history.uses, desk.policy);
  return answer(visit, { ...opened, published, uses });
}

const answerCsv: Answer = (visit, data) =>
  file(visit, Buffer.from(openDataCsv(data)), {
    mediaType: "text/csv; charset=utf-8",
    name: `小区维修资金-${data.estate.code}.csv`,
    isInline: false,
  });

const answerJson: Answer = (visit, data) => json(visit, openDataJson(data));
