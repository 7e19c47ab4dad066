import { listBoundEstates, listKeptEstates } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { EMPTY_SUMMARY, readEstateSummaries } from "#src/ledger/estate-summaries.ts";
import type { Db } from "#src/platform/database/client.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ApplicationsPage } from "./applications-page.tsx";
import { HomePage } from "./home-page.tsx";
import { APPLICATIONS_ON_PAGE, listOwnApplications } from "./queries.ts";
import { readPageNumber } from "./schema.ts";

export interface InstitutionWorkbenchDeps {
  db: Db;
  findDescriptor: FindDescriptor;
  shell: (visit: Visit) => PageShell;
}

/** What every institution finds when it signed in: the first page of 信息管理系统, and its applications. */
export function institutionWorkbenchRoutes(deps: InstitutionWorkbenchDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/workbench",
      permission: "institution",
      audit: null,
      handle: (visit) => showHome(deps, visit),
    },
    {
      method: "GET",
      path: "/workbench/applications",
      permission: "institution",
      audit: null,
      handle: (visit) => showApplications(deps, visit),
    },
  ];
}

async function showHome(deps: InstitutionWorkbenchDeps, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const today = shanghaiDate(visit.now);
  const [settings, bound, kept, newest] = await Promise.all([
    readCitySettings(deps.db, today),
    listBoundEstates(deps.db, user.institution.id, today),
    listKeptEstates(deps.db, user.institution.id, today),
    listOwnApplications(deps, user.institution, { page: 1, now: visit.now }),
  ]);
  const triggerPercent = settings["top-up-trigger-percent"];
  const ids = bound.map(({ estateId }) => estateId);
  const summaries = await readEstateSummaries(deps.db, ids, triggerPercent);
  const estates = bound.map((estate) => ({
    ...estate,
    summary: summaries.get(estate.estateId) ?? EMPTY_SUMMARY,
  }));
  const html = renderPage(
    <HomePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      today={today}
      triggerPercent={triggerPercent}
      estates={estates}
      lapsed={kept.filter(({ isOver }) => isOver)}
      page={readPageNumber(visit.c.req.query("page"))}
      applications={newest.rows.slice(0, 5)}
    />,
  );
  return page(visit, html);
}

async function showApplications(deps: InstitutionWorkbenchDeps, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const asked = readPageNumber(visit.c.req.query("page"));
  const list = (n: number) =>
    listOwnApplications(deps, user.institution, { page: n, now: visit.now });
  let shown = asked;
  let found = await list(asked);
  if (found.rows.length === 0 && asked > 1) {
    shown = Math.max(1, Math.ceil(found.totalCount / APPLICATIONS_ON_PAGE));
    found = await list(shown);
  }
  const html = renderPage(
    <ApplicationsPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      page={shown}
      {...found}
    />,
  );
  return page(visit, html);
}
