import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { mayTell, type TellDeps } from "../disclosure/may-tell.ts";
import { findAndDescribe } from "./find-and-describe.ts";
import { HouseSearchPage, type SearchPurpose } from "./search-page.tsx";
import { searchStatus } from "./search-status.ts";

export interface HouseSearchDeps extends TellDeps {
  db: Db;
  search: HouseSearch;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
}

/** The house search of a quick service: the same page wherever a business starts from a house. */
export function houseSearchRoute(deps: HouseSearchDeps, purpose: SearchPurpose): Route {
  return {
    method: "GET",
    path: purpose.action,
    permission: "anyone",
    audit: null,
    handle: async (visit) => {
      await deps.limit(visit, "search");
      const typed = visit.c.req.query("q") ?? "";
      const tell = (houseCode: string) => mayTell(deps, visit, houseCode);
      const found = await findAndDescribe(deps, typed, shanghaiDate(visit.now), tell);
      const html = renderPage(
        <HouseSearchPage shell={deps.shell(visit)} purpose={purpose} typed={typed} found={found} />,
      );
      return page(visit, html, searchStatus(found.answer));
    },
  };
}
