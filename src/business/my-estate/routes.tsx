import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, json, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BuildingView } from "./building-card.tsx";
import { type EstateBook, openEstateBooks } from "./estate-book.ts";
import { openDataCsv, openDataJson } from "./open-data.ts";
import { BuildingPage, EstatePage, totalsOf, UsesPage } from "./pages.tsx";
import { type Estate, findEstate, listBuildingHouses } from "./queries.ts";
import { type Building, guidanceFor, publishableTotals } from "./rules.ts";
import { readEstateQuery } from "./schema.ts";
import { ESTATES_MAX, EstateSearchPage } from "./search-page.tsx";

export interface MyEstateDeps {
  db: Db;
  clock: Clock;
  search: HouseSearch;
  policy: DisclosurePolicy;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
}

type ReadBook = (estateId: number) => Promise<EstateBook>;

/** 进入我的小区: find an estate, see what it is and what its fund holds, building by building. */
export function myEstateRoutes(deps: MyEstateDeps): Route[] {
  const readBook = openEstateBooks(deps);
  const open = (path: string, handle: (visit: Visit) => Promise<Response>): Route => ({
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
    open("/my-estate", async (visit) => searchEstates(deps, visit)),
    open("/my-estate/:estate", (visit) => showEstate(deps, visit, readBook)),
    open("/my-estate/:estate/buildings/:building", (visit) => showBuilding(deps, visit, readBook)),
    open("/my-estate/:estate/uses", (visit) => showUses(deps, visit, readBook)),
    open("/my-estate/:estate/houses.csv", (visit) => handOut(deps, visit, readBook, answerCsv)),
    open("/my-estate/:estate/houses.json", (visit) => handOut(deps, visit, readBook, answerJson)),
  ];
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

async function estateOf(deps: MyEstateDeps, visit: Visit): Promise<Estate> {
  const estate = await findEstate(deps.db, visit.c.req.param("estate") ?? "");
  if (estate === null) throw new NotFound();
  return estate;
}

async function showEstate(deps: MyEstateDeps, visit: Visit, readBook: ReadBook): Promise<Response> {
  const estate = await estateOf(deps, visit);
  const book = await readBook(estate.id);
  const first = book.buildings[0]?.buildings[0];
  const query = readEstateQuery(visit.c.req.query());
  const chart =
    first === undefined
      ? null
      : await viewBuilding(deps, visit, { estate, book, building: first, page: 1, view: "chart" });
  const published = publishableTotals(book.buildings, deps.policy);
  const parts = { shell: deps.shell(visit), estate, book, published, chart, page: query.page };
  return page(visit, renderPage(<EstatePage {...parts} />), 200, "revalidate");
}

async function showBuilding(
  deps: MyEstateDeps,
  visit: Visit,
  readBook: ReadBook,
): Promise<Response> {
  const estate = await estateOf(deps, visit);
  const key = visit.c.req.param("building") ?? "";
  const book = await readBook(estate.id);
  const building = book.buildings.flatMap((one) => one.buildings).find((one) => one.key === key);
  if (building === undefined) throw new NotFound();
  const query = readEstateQuery(visit.c.req.query());
  const chart = await viewBuilding(deps, visit, { estate, book, building, ...query });
  const totals = totalsOf(publishableTotals(book.buildings, deps.policy), building.id);
  const parts = { shell: deps.shell(visit), estate, book, chart, totals };
  return page(visit, renderPage(<BuildingPage {...parts} />), 200, "revalidate");
}

interface WantedView extends Pick<BuildingView, "page" | "view"> {
  estate: Estate;
  book: EstateBook;
  building: Building;
}

/** Where the policy does not open every house, how a house stands is not even read. */
async function viewBuilding(
  { db, policy }: MyEstateDeps,
  visit: Visit,
  wanted: WantedView,
): Promise<BuildingView> {
  const { estate, book, building, page, view } = wanted;
  const isOpen = policy === "open";
  const settings = isOpen ? await getCitySettings(db, shanghaiDate(visit.now)) : null;
  return {
    estateCode: estate.code,
    buildings: book.buildings.flatMap((one) => one.buildings),
    building,
    houses: await listBuildingHouses(db, estate.id, building.key, settings),
    triggerPercent: book.triggerPercent,
    isOpen,
    page,
    view,
  };
}

async function showUses(deps: MyEstateDeps, visit: Visit, readBook: ReadBook): Promise<Response> {
  const estate = await estateOf(deps, visit);
  const book = await readBook(estate.id);
  if (publishableTotals(book.buildings, deps.policy) === null) throw new NotFound();
  const { page: wanted } = readEstateQuery(visit.c.req.query());
  const parts = { shell: deps.shell(visit), estate, uses: book.history.uses, page: wanted };
  return page(visit, renderPage(<UsesPage {...parts} />), 200, "revalidate");
}

type Answer = (visit: Visit, data: Parameters<typeof openDataCsv>[0]) => Response;

async function handOut(
  deps: MyEstateDeps,
  visit: Visit,
  readBook: ReadBook,
  answer: Answer,
): Promise<Response> {
  const estate = await estateOf(deps, visit);
  const book = await readBook(estate.id);
  const published = publishableTotals(book.buildings, deps.policy);
  if (published === null) throw new NotFound();
  return answer(visit, { estate, book, published });
}

const answerCsv: Answer = (visit, data) =>
  file(visit, Buffer.from(openDataCsv(data)), {
    mediaType: "text/csv; charset=utf-8",
    name: `小区维修资金-${data.estate.code}.csv`,
    isInline: false,
  });

const answerJson: Answer = (visit, data) => json(visit, openDataJson(data));
