import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import { lawReader } from "#src/register/law/laws.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { buildGuides } from "./build-guides.ts";
import type { GuideFacts } from "./guide.ts";
import { GuidePage } from "./guide-page.tsx";
import { GuidesPage } from "./guides-page.tsx";

export interface GuidesDeps {
  db: Db;
  clock: Clock;
  shell: (visit: Visit) => PageShell;
  /** What the businesses themselves ask for, so that a guide never says anything else. */
  guided: Omit<GuideFacts, "settings">;
}

/** 办事指南: all of them by who one is, and one page for each. */
export function guidesRoutes(deps: GuidesDeps): Route[] {
  const readLaws = lawReader(deps.db, deps.clock);
  const open = { method: "GET", permission: "anyone", audit: null } as const;
  return [
    {
      ...open,
      path: "/guides",
      handle: (visit) =>
        page(visit, renderPage(<GuidesPage shell={deps.shell(visit)} />), 200, "revalidate"),
    },
    {
      ...open,
      path: "/guides/:guide",
      handle: async (visit) => {
        const settings = await readCitySettings(deps.db, shanghaiDate(visit.now));
        const slug = visit.c.req.param("guide");
        const guides = buildGuides({ ...deps.guided, settings });
        const guide = guides.find((one) => one.slug === slug);
        if (guide === undefined) throw new NotFound();
        const laws = await readLaws();
        const html = renderPage(<GuidePage shell={deps.shell(visit)} guide={guide} laws={laws} />);
        return page(visit, html, 200, "revalidate");
      },
    },
  ];
}
