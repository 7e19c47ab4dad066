import {
  listDisclosureAddresses,
  listDisclosurePages,
} from "#src/business/disclosure/public-pages.ts";
import type { BlankForms } from "#src/business/downloads/blank-forms.ts";
import { DOWNLOAD_PATHS, listDownloadEntries } from "#src/business/downloads/list-items.ts";
import { GUIDE_PATHS, listGuideEntries } from "#src/business/guides/guide-entries.ts";
import { listHelpTexts } from "#src/business/help/help-texts.ts";
import { listNewsAddresses, listNewsTexts } from "#src/business/news/queries.ts";
import { listPolicyEntries, listPolicyPaths } from "#src/business/policies/policy-entries.ts";
import { listServiceTexts } from "#src/business/site-search/service-texts.ts";
import type { ListPublicPages } from "#src/business/sitemap-xml/routes.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { SiteTextSource } from "#src/platform/site-text.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import type { SiteParts } from "#src/site-parts.ts";
import { siteGuided } from "./guided.ts";

/** Pages that are there whatever the database holds, besides those that a business lists; none that says noindex. */
const STANDING = [
  ...["/", "/owner-service", "/my-estate", "/fund", "/status", "/unrecorded-deposit"],
  ...["/news", "/calculator", "/verify"],
  ...["/help", "/help/questions", "/help/branches", "/help/objections"],
  ...["/accessibility", "/privacy", "/sitemap"],
];

/** What the search over the whole site reads: each business that publishes lists its own texts. */
export function siteTexts(parts: SiteParts, blankForms: BlankForms): SiteTextSource[] {
  const { db, clock, isSmsAvailable } = parts;
  const guided = siteGuided(parts);
  return [
    listServiceTexts,
    async () =>
      listGuideEntries({ ...guided, settings: await getCitySettings(db, shanghaiDate(clock())) }),
    () => listHelpTexts(db, isSmsAvailable),
    () => listNewsTexts(db, clock()),
    () => listDownloadEntries(db, blankForms),
    () => listPolicyEntries(db),
    () => listDisclosurePages(db),
  ];
}

/** The addresses that search engines shall know, as each business that has public pages lists them. */
export function listPublicPages({ db }: Pick<SiteParts, "db">): ListPublicPages[] {
  const pagesOf = (hrefs: readonly string[]) => hrefs.map((href) => ({ href }));
  return [
    async () => pagesOf([...STANDING, ...GUIDE_PATHS, ...DOWNLOAD_PATHS]),
    async () => pagesOf(await listPolicyPaths(db)),
    async () => pagesOf(await listDisclosureAddresses(db)),
    (now) => listNewsAddresses(db, now),
  ];
}
