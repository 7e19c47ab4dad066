import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { type VisitedEstate, visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { readEstateReconciledUntil } from "#src/bank/statements/custody-accounts.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { BuildingView } from "#src/ledger/estate-book/building-card.tsx";
import type { Building } from "#src/ledger/estate-book/building-totals.ts";
import {
  type EstateBook,
  openBuildings,
  openEstateBooks,
  type ReadEstateBook,
} from "#src/ledger/estate-book/estate-book.ts";
import { listBuildings } from "#src/ledger/estate-book/list-buildings.ts";
import { readHoldingsMark } from "#src/ledger/estate-figures.ts";
import { streamEstateHouses } from "#src/ledger/estate-houses.ts";
import { listEstateLines, streamEstateLines } from "#src/ledger/estate-lines.ts";
import { recordReading } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { streamSnapshot } from "#src/platform/database/snapshot.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { fileStream, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import {
  SHEET_MEDIA_TYPES,
  type SheetFile,
  type SheetFormat,
  writeSheet,
} from "#src/platform/spreadsheets/write-sheet.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { KeptEstatePage, keptBuildingHref } from "./estate-page.tsx";
import { EstatesPage } from "./estates-page.tsx";
import { housesFile, linesFile } from "./export-rows.ts";
import { LINES_ON_PAGE, LinesPage } from "./lines-page.tsx";
import { readEstateQuery, readLineQuery } from "./schema.ts";

export interface EstateKeepingDeps {
  db: Db;
  clock: Clock;
  shell: (visit: Visit) => PageShell;
}

interface Desk extends EstateKeepingDeps {
  readBook: ReadEstateBook;
  readBuilding: ReturnType<typeof openBuildings>;
}

/** The estates of a property company or a committee: chart and balances, lines, files of both. */
export function estateKeepingRoutes(deps: EstateKeepingDeps): Route[] {
  const desk = { ...deps, readBook: openEstateBooks(deps), readBuilding: openBuildings(deps) };
  const open = (
    path: string,
    handle: (visit: Visit) => Promise<Response>,
    audit: string | null = null,
  ): Route => ({ method: "GET", path, permission: "estate-keeper", audit, handle });
  const base = "/workbench/estates/:estate";
  return [
    open("/workbench/estates", (visit) => showEstates(desk, visit)),
    open(base, (visit) => showEstate(desk, visit)),
    open(`${base}/buildings/:building`, (visit) => showEstate(desk, visit)),
    open(`${base}/lines`, (visit) => showLines(desk, visit)),
    ...(["csv", "xlsx"] as const).flatMap((format) => [
      open(
        `${base}/houses.${format}`,
        (v) => sendHouses(desk, v, format),
        "estate-houses-exported",
      ),
      open(`${base}/lines.${format}`, (v) => sendLines(desk, v, format), "estate-lines-exported"),
    ]),
  ];
}

async function showEstates({ db, shell }: Desk, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const estates = await listBoundEstates(db, user.institution.id, shanghaiDate(visit.now));
  const person = introduceInstitutionUser(user);
  return page(visit, renderPage(<EstatesPage shell={shell(visit)} {...{ person, estates }} />));
}

function frameOf({ shell }: Desk, visit: Visit, { user, estate }: VisitedEstate) {
  return { shell: shell(visit), person: introduceInstitutionUser(user), estate };
}

async function showEstate(desk: Desk, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(desk.db, visit);
  const { estateId } = visited.estate;
  const mark = await readHoldingsMark(desk.db, estateId);
  const book = await desk.readBook(estateId, mark);
  const buildings = book.buildings.flatMap((one) => one.buildings);
  const key = visit.c.req.param("building");
  const building = key === undefined ? buildings[0] : buildings.find((one) => one.key === key);
  if (building === undefined && key !== undefined) throw new NotFound();
  const chart = building && (await viewBuilding(desk, visit, { visited, book, mark, building }));
  const html = renderPage(
    <KeptEstatePage
      {...frameOf(desk, visit, visited)}
      book={book}
      reconciledUntil={await readEstateReconciledUntil(desk.db, estateId)}
      chart={chart ?? null}
    />,
  );
  return page(visit, html);
}

async function viewBuilding(
  desk: Desk,
  visit: Visit,
  at: { visited: VisitedEstate; book: EstateBook; mark: string; building: Building },
): Promise<BuildingView> {
  const { estate } = at.visited;
  const { triggerPercent } = at.book;
  const asked = visit.c.req.param("building") === undefined ? () => undefined : queryOf(visit);
  return {
    hrefOf: (one, rest) => keptBuildingHref(estate.code, one.key, rest),
    houseHref: ({ code }) => `/workbench/estates/${estate.code}/lines?group=all&house=${code}`,
    hint: "点房号看这一户的收支。",
    buildings: at.book.buildings.flatMap((one) => one.buildings),
    building: at.building,
    houses: await desk.readBuilding(estate.estateId, at.building, triggerPercent, at.mark),
    triggerPercent,
    ...readEstateQuery(asked),
  };
}

function queryOf(visit: Visit): (name: string) => string | undefined {
  return (name) => visit.c.req.query(name);
}

async function showLines(desk: Desk, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(desk.db, visit);
  const { estateId } = visited.estate;
  const query = readLineQuery(queryOf(visit));
  const list = (n: number) =>
    listEstateLines(desk.db, estateId, {
      ...query,
      offset: (n - 1) * LINES_ON_PAGE,
      limit: LINES_ON_PAGE,
    });
  const [buildings, first] = await Promise.all([
    listBuildings(desk.db, estateId),
    list(query.page),
  ]);
  // An old link may ask for a page that is no longer there.
  const last = Math.max(1, Math.ceil(first.totalCount / LINES_ON_PAGE));
  const shown = Math.min(query.page, last);
  const found = shown === query.page ? first : await list(shown);
  const html = renderPage(
    <LinesPage
      {...frameOf(desk, visit, visited)}
      {...found}
      query={{ ...query, page: shown }}
      buildings={buildings}
    />,
  );
  return page(visit, html);
}

async function sendHouses(desk: Desk, visit: Visit, format: SheetFormat): Promise<Response> {
  const { estate, today } = await visitedEstate(desk.db, visit);
  const settings = await readCitySettings(desk.db, today);
  const triggerPercent = settings["top-up-trigger-percent"];
  const houses = streamSnapshot(desk.db, (tx) =>
    streamEstateHouses(tx, estate.estateId, triggerPercent),
  );
  await recordReading(desk.db, visit.audit, estate.code, "saved");
  return sendSheet(
    visit,
    format,
    housesFile(houses, triggerPercent),
    `房屋余额-${estate.code}-${today}`,
  );
}

async function sendLines(desk: Desk, visit: Visit, format: SheetFormat): Promise<Response> {
  const { estate, today } = await visitedEstate(desk.db, visit);
  const query = readLineQuery(queryOf(visit));
  const lines = streamSnapshot(desk.db, (tx) => streamEstateLines(tx, estate.estateId, query));
  await recordReading(desk.db, visit.audit, estate.code, "saved");
  return sendSheet(visit, format, linesFile(lines), `收支明细-${estate.code}-${today}`);
}

function sendSheet(visit: Visit, format: SheetFormat, sheet: SheetFile, name: string) {
  return fileStream(visit, writeSheet(format, sheet), {
    mediaType: SHEET_MEDIA_TYPES[format],
    name: `${name}.${format}`,
  });
}
