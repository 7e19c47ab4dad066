import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { DECREE_165_GISTS } from "#src/register/law/decree-165-gists.ts";
import { DECREE_165, type Law, lawReader } from "#src/register/law/laws.ts";
import { listStandards } from "#src/register/standards/list-standards.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { LawPage } from "./law-page.tsx";
import { PoliciesPage } from "./pages.tsx";
import { StandardsPage } from "./standards-page.tsx";

export interface PoliciesDeps {
  db: Db;
  clock: Clock;
  shell: (visit: Visit) => PageShell;
}

/** What a reader of today has to know beside the decree's text of 2007. */
const DECREE_REMARKS = [
  "第一条提到的《物权法》已经被《民法典》代替。第二十二条、第二十六条写的三分之二表决，现在看《民法典》第二百七十八条的规定。",
];

/** 政策: the decree and the city's rules as pages, and the standards of the register. */
export function policiesRoutes(deps: PoliciesDeps): Route[] {
  const readLaws = lawReader(deps.db, deps.clock);
  const show = (
    path: string,
    draw: (visit: Visit, laws: Law[]) => Promise<string> | string,
  ): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => page(visit, await draw(visit, await readLaws()), 200, "revalidate"),
  });
  return [
    show("/policies", (visit, laws) =>
      renderPage(
        <PoliciesPage
          shell={deps.shell(visit)}
          decree={DECREE_165}
          own={laws.filter((law) => law !== DECREE_165)}
        />,
      ),
    ),
    show("/policies/deposit-standards", async (visit, laws) => {
      const standards = await listStandards(deps.db);
      const today = shanghaiDate(visit.now);
      const shell = deps.shell(visit);
      return renderPage(<StandardsPage {...{ shell, standards, laws, today }} />);
    }),
    show("/policies/:law", (visit, laws) => {
      const slug = visit.c.req.param("law");
      const law = laws.find((one) => one.slug === slug);
      if (law === undefined) throw new NotFound();
      const isDecree = law.slug === DECREE_165.slug;
      return renderPage(
        <LawPage
          shell={deps.shell(visit)}
          law={law}
          gists={isDecree ? DECREE_165_GISTS : []}
          remarks={isDecree ? DECREE_REMARKS : []}
        />,
      );
    }),
  ];
}
