import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { type VisitedEstate, visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Building } from "#src/ledger/estate-book/building-totals.ts";
import { listBuildingHouses, listBuildings } from "#src/ledger/estate-book/list-buildings.ts";
import { type OwedFigures, readOwedFigures } from "#src/ledger/owed-figures.ts";
import { recordReading } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { streamSnapshot } from "#src/platform/database/snapshot.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { fileStream, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import {
  SHEET_MEDIA_TYPES,
  type SheetFormat,
  writeSheet,
} from "#src/platform/spreadsheets/write-sheet.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { BuildingPage, buildingHref, EstateListPage, EstatePage } from "./estate-pages.tsx";
import { listOwingHouses, OWING_ON_PAGE, type OwingQuery, streamOwingHouses } from "./queries.ts";
import { readEstateQuery } from "./schema.ts";
import { addOwed } from "./totals.ts";
import { UnpaidPage, unpaidFile } from "./unpaid-page.tsx";

/** What the pages of a developer's estates are built on. */
export interface DeveloperEstatesDeps {
  db: Db;
  personalData: PersonalData;
  shell: (visit: Visit) => PageShell;
}

/** A developer's estates and buildings, and who has not paid; held to the estates it is bound to today. */
export function developerEstatesRoutes(deps: DeveloperEstatesDeps): Route[] {
  const open = (
    path: string,
    handle: (visit: Visit) => Promise<Response>,
    audit: string | null = null,
  ): Route => ({ method: "GET", path, permission: "developer", audit, handle });
  const base = "/workbench/own-estates/:estate";
  return [
    open("/workbench/own-estates", (visit) => showEstates(deps, visit)),
    open(base, (visit) => showEstate(deps, visit)),
    open(`${base}/buildings/:building`, (visit) => showBuilding(deps, visit)),
    open(`${base}/unpaid`, (visit) => showUnpaid(deps, visit)),
    ...(["csv", "xlsx"] as const).map((format) =>
      open(
        `${base}/unpaid.${format}`,
        (v) => sendUnpaid(deps, v, format),
        "unpaid-houses-exported",
      ),
    ),
  ];
}

async function showEstates({ db, shell }: DeveloperEstatesDeps, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const bound = await listBoundEstates(db, user.institution.id, shanghaiDate(visit.now));
  const ids = bound.map(({ estateId }) => estateId);
  const figures = Map.groupBy(await readOwedFigures(db, ids), ({ estateId }) => estateId);
  const estates = bound.map((estate) => ({
    ...estate,
    totals: addOwed(figures.get(estate.estateId) ?? []),
  }));
  const person = introduceInstitutionUser(user);
  return page(visit, renderPage(<EstateListPage shell={shell(visit)} {...{ person, estates }} />));
}

function frameOf({ shell }: DeveloperEstatesDeps, visit: Visit, { user, estate }: VisitedEstate) {
  return { shell: shell(visit), person: introduceInstitutionUser(user), estate };
}

async function showEstate(deps: DeveloperEstatesDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const { estateId } = visited.estate;
  const [figures, buildings] = await Promise.all([
    readOwedFigures(deps.db, [estateId]),
    listBuildings(deps.db, estateId),
  ]);
  const rows = buildings.map((building) => ({ building, totals: totalsOf(figures, building) }));
  const html = renderPage(
    <EstatePage {...frameOf(deps, visit, visited)} totals={addOwed(figures)} buildings={rows} />,
  );
  return page(visit, html);
}

function totalsOf(figures: readonly OwedFigures[], { id }: Building) {
  return addOwed(figures.filter(({ buildingId }) => buildingId === id));
}

async function showBuilding(deps: DeveloperEstatesDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const { estateId, code } = visited.estate;
  const buildings = await listBuildings(deps.db, estateId);
  const building = buildings.find(({ key }) => key === visit.c.req.param("building"));
  if (building === undefined) throw new NotFound();
  const settings = await readCitySettings(deps.db, visited.today);
  const triggerPercent = settings["top-up-trigger-percent"];
  const [houses, figures] = await Promise.all([
    listBuildingHouses(deps.db, estateId, building.key, triggerPercent),
    readOwedFigures(deps.db, [estateId]),
  ]);
  const { page: shown, view } = readEstateQuery(visit.c.req.query());
  const chart = {
    hrefOf: (one: Building, rest?: string) => buildingHref(code, one, rest),
    houseHref: null,
    hint: "",
    ...{ buildings, building, houses, triggerPercent, page: shown, view },
  };
  const totals = totalsOf(figures, building);
  const html = renderPage(
    <BuildingPage {...frameOf(deps, visit, visited)} chart={chart} totals={totals} />,
  );
  return page(visit, html);
}

async function showUnpaid(deps: DeveloperEstatesDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const query = readEstateQuery(visit.c.req.query());
  const asked = owingQuery(visit, visited);
  const list = (n: number) => listOwingHouses(deps.db, deps.personalData, { ...asked, page: n });
  const [buildings, first] = await Promise.all([
    listBuildings(deps.db, asked.estateId),
    list(query.page),
  ]);
  // An old link may ask for a page that is no longer there.
  const shown = Math.min(query.page, Math.max(1, Math.ceil(first.totalCount / OWING_ON_PAGE)));
  const found = shown === query.page ? first : await list(shown);
  const html = renderPage(
    <UnpaidPage
      {...frameOf(deps, visit, visited)}
      {...found}
      buildings={buildings}
      query={{ ...query, page: shown }}
    />,
  );
  return page(visit, html);
}

function owingQuery(visit: Visit, { estate }: VisitedEstate): OwingQuery {
  const { kind, building } = readEstateQuery(visit.c.req.query());
  return { estateId: estate.estateId, kind, buildingKey: building };
}

async function sendUnpaid(
  deps: DeveloperEstatesDeps,
  visit: Visit,
  format: SheetFormat,
): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const { code } = visited.estate;
  await recordReading(deps.db, visit.audit, code, "saved");
  const query = owingQuery(visit, visited);
  const houses = streamSnapshot(deps.db, (tx) => streamOwingHouses(tx, deps.personalData, query));
  return fileStream(visit, writeSheet(format, unpaidFile(houses)), {
    mediaType: SHEET_MEDIA_TYPES[format],
    name: `没有交清的房屋-${code}-${visited.today}.${format}`,
  });
}
