import type { Clock } from "#src/kernel/clock.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import {
  SITE_TEXT_KINDS,
  type SiteTextKind,
  type SiteTextSource,
} from "#src/platform/site-text.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { guessMeant } from "./guess-meant.ts";
import { keepSiteIndex } from "./keep-index.ts";
import { type SiteFound, SiteSearchPage } from "./pages.tsx";
import { readSiteQuery, type SiteQuery } from "./schema.ts";
import type { SiteIndex } from "./search-index.ts";

const PAGE_SIZE = 10;

export interface SiteSearchDeps {
  clock: Clock;
  limit: LimitVisit;
  search: HouseSearch;
  shell: (visit: Visit) => PageShell;
  /** What the businesses publish; each lists its own. */
  texts: readonly SiteTextSource[];
}

/** 搜索: one search over everything that the site publishes. */
export function siteSearchRoutes(deps: SiteSearchDeps): Route[] {
  const readIndex = keepSiteIndex(deps.clock, deps.texts);
  return [
    {
      method: "GET",
      path: "/search",
      permission: "anyone",
      audit: null,
      handle: async (visit) => {
        const asked = readSiteQuery(visit.c.req.query(), SITE_TEXT_KINDS);
        await deps.limit(visit, "suggest");
        const found = asked.q === "" ? null : await find(deps, await readIndex(), asked);
        const query = found === null ? asked : withinPages(asked, found.totalCount);
        const html = renderPage(
          <SiteSearchPage
            shell={deps.shell(visit)}
            query={query}
            isBlank={asked.q === "" && visit.c.req.query("q") !== undefined}
            found={found}
          />,
        );
        return page(visit, html);
      },
    },
  ];
}

async function find(deps: SiteSearchDeps, index: SiteIndex, query: SiteQuery): Promise<SiteFound> {
  const meant = await guessMeant(query.q, deps.search);
  const answer =
    meant === null || meant.kind === "estate"
      ? index.search(query.q)
      : { hits: [], concepts: [], isPartial: false };
  const counts = new Map<SiteTextKind, number>();
  for (const { kind } of answer.hits) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const chosen = answer.hits.filter(({ kind }) => query.kind === "" || kind === query.kind);
  const { page: number } = withinPages(query, chosen.length);
  return {
    meant,
    concepts: answer.concepts,
    isPartial: answer.isPartial,
    hits: chosen.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE),
    totalCount: chosen.length,
    counts,
    pageSize: PAGE_SIZE,
  };
}

/** A page beyond the last shows the last. */
function withinPages(query: SiteQuery, totalCount: number): SiteQuery {
  const last = Math.max(1, Math.ceil(totalCount / PAGE_SIZE));
  return { ...query, page: Math.min(query.page, last) };
}
