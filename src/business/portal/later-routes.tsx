import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { OpensLater } from "#src/ui/box/notice.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";

/** A business of the manual that cannot be done here yet, with what the citizen can do today. */
interface LaterBusiness {
  path: string;
  title: string;
  current?: "register";
  instead: { href: string; words: string };
}

const LATER: readonly LaterBusiness[] = [
  {
    path: "/register",
    title: "注册",
    current: "register",
    instead: { href: "/guides", words: "看办事指南" },
  },
];

/** One honest page for each entry whose business does not exist yet, instead of an error. */
export function laterRoutes(shell: (visit: Visit) => PageShell): Route[] {
  return LATER.map((business) => ({
    method: "GET",
    path: business.path,
    permission: "anyone",
    audit: null,
    handle: (visit) =>
      page(visit, renderPage(<LaterPage shell={shell(visit)} business={business} />)),
  }));
}

function LaterPage({ shell, business }: { shell: PageShell; business: LaterBusiness }) {
  return (
    <Page
      shell={shell}
      title={business.title}
      current={business.current}
      crumbs={[{ title: business.title }]}
      layout="narrow"
    >
      <PageHead title={business.title} />
      <OpensLater title={business.title}>
        <Actions>
          <ButtonLink href={business.instead.href} kind="primary">
            {business.instead.words}
          </ButtonLink>
        </Actions>
      </OpensLater>
    </Page>
  );
}
