import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { xmlText } from "#src/kernel/xml-text.ts";
import { xml } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";

/** A page that search engines shall know. */
export interface PublicPage {
  /** Its path, as it stands in a link. */
  href: string;
  /** The day of its last change, where that is known. */
  date?: CalendarDate;
}

/** What one business has for search engines at a moment. */
export type ListPublicPages = (now: Date) => Promise<readonly PublicPage[]>;

export interface SitemapXmlDeps {
  /** The address that visitors use. */
  publicUrl: string;
  /** One for each business that has public pages. */
  publicPages: readonly ListPublicPages[];
}

/** What the protocol allows in one file. */
const PAGES_MAX = 50_000;

/** The list of public pages for search engines, by the sitemaps.org protocol. */
export function sitemapXmlRoutes(deps: SitemapXmlDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/sitemap.xml",
      permission: "anyone",
      audit: null,
      handle: (visit) => send(deps, visit),
    },
  ];
}

async function send({ publicUrl, publicPages }: SitemapXmlDeps, visit: Visit): Promise<Response> {
  const lists = await Promise.all(publicPages.map((list) => list(visit.now)));
  return xml(visit, writeSitemap(publicUrl, lists.flat()), "application/xml");
}

/** Writes the pages as the protocol asks, each address once. */
function writeSitemap(publicUrl: string, pages: readonly PublicPage[]): string {
  const once = new Map(pages.map((page) => [page.href, page]));
  const lines = [...once.values()].slice(0, PAGES_MAX).map(({ href, date }) => {
    const changed = date === undefined ? "" : `<lastmod>${date}</lastmod>`;
    return `<url><loc>${xmlText(publicUrl + href)}</loc>${changed}</url>`;
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...lines,
    "</urlset>",
    "",
  ].join("\n");
}
