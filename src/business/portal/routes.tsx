import type { VNode } from "preact";
import type { DatedCityBook, ReadDatedBook } from "#src/bank/statements/dated-book.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { CityBookMissing } from "#src/ledger/city-book/read-city-book.ts";
import { cached } from "#src/platform/cached.ts";
import type { Db } from "#src/platform/database/client.ts";
import { headKey } from "#src/platform/http/kept-pages.ts";
import { readOwnPath } from "#src/platform/http/own-path.ts";
import {
  page,
  type SharedPage,
  seeOther,
  sendSharedPage,
  sharePage,
} from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { type Visit, writeDisplay } from "#src/platform/http/visit.ts";
import type { Log } from "#src/platform/log.ts";
import { GalleryPage } from "#src/ui/gallery/gallery.tsx";
import type { FileLineProps } from "#src/ui/list/lines.tsx";
import type { RowLinkProps } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { AccessibilityPage } from "./accessibility-page.tsx";
import { cityTotalsOf } from "./city-totals.tsx";
import { HomePage, type HomePageProps } from "./pages.tsx";
import { PrivacyPage } from "./privacy-page.tsx";
import { listHomeNews } from "./queries.ts";
import { SitemapPage } from "./sitemap-page.tsx";

/** News, files and the city's book are asked for so often, not for every visitor of the busiest page. */
const FRESH_MS = 5_000;

export interface PortalDeps {
  db: Db;
  clock: Clock;
  log: Log;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
  shell: (visit: Visit) => PageShell;
  readBook: ReadDatedBook;
  /** The files that are taken most; they belong to another business. */
  listDownloads: () => Promise<readonly FileLineProps[]>;
  /** The guides that the home shows; they belong to another business. */
  guides: readonly RowLinkProps[];
}

/** 首页, the pages of the footer, the change of display, and what opens later. */
export function portalRoutes(deps: PortalDeps): Route[] {
  const content = cached(deps.clock, FRESH_MS, () => readContent(deps));
  const book = cached(deps.clock, FRESH_MS, () => readBookOrNone(deps));
  const homes = new Map<string, KeptHome>();
  const plain = (path: string, draw: (shell: PageShell) => VNode): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: (visit) => page(visit, renderPage(draw(deps.shell(visit))), 200, "revalidate"),
  });
  return [
    {
      method: "GET",
      path: "/",
      permission: "anyone",
      audit: null,
      handle: (visit) => showHome(deps, visit, homes, { content, book }),
    },
    plain("/accessibility", (shell) => <AccessibilityPage shell={shell} />),
    plain("/privacy", (shell) => (
      <PrivacyPage shell={shell} isSmsAvailable={deps.isSmsAvailable} />
    )),
    plain("/sitemap", (shell) => <SitemapPage shell={shell} />),
    {
      method: "GET",
      path: "/display",
      permission: "anyone",
      audit: null,
      handle: changeDisplay,
    },
    {
      ...plain("/_ui", (shell) => <GalleryPage shell={shell} />),
      permission: "demonstration",
    },
  ];
}

interface HomeReaders {
  content: () => Promise<HomeContent>;
  book: () => Promise<DatedCityBook | CityBookMissing | null>;
}

/** The home drawn for one display and header, and what it was drawn from: new content means a new drawing. */
interface KeptHome {
  content: HomeContent;
  book: DatedCityBook | CityBookMissing | null;
  shared: SharedPage;
}

async function showHome(
  deps: PortalDeps,
  visit: Visit,
  homes: Map<string, KeptHome>,
  read: HomeReaders,
): Promise<Response> {
  const [content, book] = await Promise.all([read.content(), read.book()]);
  const shell = { ...deps.shell(visit), path: "/" };
  const key = headKey(visit);
  let kept = homes.get(key);
  if (kept?.content !== content || kept.book !== book) {
    const totals = book && cityTotalsOf(book);
    const parts = { ...content, totals, guides: deps.guides };
    kept = {
      content,
      book,
      shared: sharePage(renderPage(<HomePage shell={shell} {...parts} />)),
    };
    homes.set(key, kept);
  }
  return sendSharedPage(visit, kept.shared);
}

type HomeContent = Pick<HomePageProps, "news" | "downloads">;

async function readContent({ db, clock, listDownloads }: PortalDeps): Promise<HomeContent> {
  const [news, downloads] = await Promise.all([listHomeNews(db, clock()), listDownloads()]);
  return { news, downloads };
}

/** A book that cannot be read leaves the section out, and says so in the log: the services above it must open. */
async function readBookOrNone({ readBook, log }: PortalDeps) {
  try {
    return await readBook();
  } catch (error) {
    log.warn({ err: error }, "the city's book could not be read for the home");
    return null;
  }
}

/** Remembers 适老版 or the colours and goes back to where the visitor was, on this site only. */
function changeDisplay(visit: Visit): Response {
  const { mode, theme, back } = visit.c.req.query();
  writeDisplay(visit, {
    mode: mode === "elder" || mode === "standard" ? mode : visit.display.mode,
    theme: theme === "dark" || theme === "light" || theme === "auto" ? theme : visit.display.theme,
  });
  return seeOther(visit, readOwnPath(back) ?? "/");
}
