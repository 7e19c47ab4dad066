import { GUIDES } from "#src/business/guides/guide-heads.ts";
import { listNewsTexts } from "#src/business/news/queries.ts";
import type { ListPublicPages, PublicPage } from "#src/business/sitemap-xml/routes.ts";
import type { SiteParts } from "#src/site-parts.ts";

/** Pages that are there whatever the database holds. */
const STANDING: readonly PublicPage[] = [
  "/",
  "/news",
  "/guides",
  ...GUIDES.map(({ href }) => href).filter((href) => href.startsWith("/guides/")),
  "/downloads",
  "/my-estate",
  "/register",
  "/accessibility",
  "/privacy",
  "/sitemap",
].map((href) => ({ href }));

/** What search engines shall know: one line for each business that has public pages. */
export function listPublicPages({ db }: Pick<SiteParts, "db">): ListPublicPages[] {
  return [async () => STANDING, (now) => listNewsTexts(db, now)];
}
