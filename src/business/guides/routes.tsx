import type { DocumentRule } from "#src/applications/descriptor.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { EstateGuidePage } from "./estate-guide.tsx";
import { ESTATE_GUIDE, GUIDES } from "./guides.ts";
import { DepositGuidePage, GuidesPage } from "./pages.tsx";
import { type GuidedReason, RefundGuidePage } from "./refund-guide.tsx";
import { UnrecordedGuidePage } from "./unrecorded-guide.tsx";

export interface GuidesDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  /** What the businesses themselves ask for, so that a guide never says anything else. */
  refund: { reasons: readonly GuidedReason[]; workingDays: number };
  unrecordedPapers: readonly DocumentRule[];
}

/** 办事指南: what can be done here, and how each business that is open goes. */
export function guidesRoutes(deps: GuidesDeps): Route[] {
  const show = (path: string, draw: (visit: Visit) => Promise<string> | string): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => page(visit, await draw(visit), 200, "revalidate"),
  });
  const settingsOn = (visit: Visit) => getCitySettings(deps.db, shanghaiDate(visit.now));
  return [
    show("/guides", (visit) =>
      renderPage(<GuidesPage shell={deps.shell(visit)} guides={[...GUIDES, ESTATE_GUIDE]} />),
    ),
    show("/guides/owner-deposit", async (visit) => {
      const { "notice-validity-days": days } = await settingsOn(visit);
      return renderPage(<DepositGuidePage shell={deps.shell(visit)} noticeValidityDays={days} />);
    }),
    show("/guides/unrecorded-deposit", async (visit) => {
      const { "notice-validity-days": days } = await settingsOn(visit);
      const papers = deps.unrecordedPapers;
      return renderPage(
        <UnrecordedGuidePage shell={deps.shell(visit)} papers={papers} noticeValidityDays={days} />,
      );
    }),
    show("/guides/owner-refund", async (visit) => {
      const { "voucher-validity-days": days } = await settingsOn(visit);
      return renderPage(
        <RefundGuidePage shell={deps.shell(visit)} {...deps.refund} voucherValidityDays={days} />,
      );
    }),
    show("/guides/my-estate", (visit) => renderPage(<EstateGuidePage shell={deps.shell(visit)} />)),
  ];
}
