import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { GUIDES } from "./guides.ts";
import { DepositGuidePage, GuidesPage } from "./pages.tsx";

export interface GuidesDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

/** 办事指南: what can be done here, and how 业主交款 goes. */
export function guidesRoutes(deps: GuidesDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/guides",
      permission: "anyone",
      audit: null,
      handle: (visit) =>
        page(visit, renderPage(<GuidesPage shell={deps.shell(visit)} guides={GUIDES} />)),
    },
    {
      method: "GET",
      path: "/guides/owner-deposit",
      permission: "anyone",
      audit: null,
      handle: (visit) => showDepositGuide(deps, visit),
    },
  ];
}

async function showDepositGuide(deps: GuidesDeps, visit: Visit): Promise<Response> {
  const settings = await getCitySettings(deps.db, shanghaiDate(visit.now));
  const html = renderPage(
    <DepositGuidePage
      shell={deps.shell(visit)}
      noticeValidityDays={settings["notice-validity-days"]}
    />,
  );
  return page(visit, html, 200, "revalidate");
}
