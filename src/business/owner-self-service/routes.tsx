import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { findAndDescribe } from "#src/ledger/house-search/find-and-describe.ts";
import { HouseSearchPage, type SearchPurpose } from "#src/ledger/house-search/search-page.tsx";
import { searchStatus } from "#src/ledger/house-search/search-status.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { json, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { toSearchJson } from "./search-json.ts";

const PURPOSE: SearchPurpose = {
  title: "业主自主办理区",
  action: "/owner-service",
  mainAct: "deposit",
  hasDeposit: true,
};

export interface SelfServiceDeps {
  db: Db;
  search: HouseSearch;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
}

/** 业主自主办理区: the search from which an owner pays or claims back, as a page and as JSON. */
export function ownerSelfServiceRoutes(deps: SelfServiceDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/owner-service",
      permission: "anyone",
      audit: null,
      handle: (visit) => showHouses(deps, visit),
    },
    {
      method: "GET",
      path: "/search.json",
      permission: "anyone",
      audit: null,
      handle: (visit) => answerJson(deps, visit),
    },
  ];
}

async function showHouses(deps: SelfServiceDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "search");
  const typed = visit.c.req.query("q") ?? "";
  const found = await findAndDescribe(deps, typed, shanghaiDate(visit.now));
  const html = renderPage(
    <HouseSearchPage shell={deps.shell(visit)} purpose={PURPOSE} typed={typed} found={found} />,
  );
  return page(visit, html, searchStatus(found.answer));
}

async function answerJson(deps: SelfServiceDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "suggest");
  const answer = await deps.search.search(visit.c.req.query("q") ?? "");
  const isBad = searchStatus(answer) !== 200;
  return json(visit, toSearchJson(answer), isBad ? 400 : 200);
}
