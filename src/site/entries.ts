import type { BlankForms } from "#src/business/downloads/blank-forms.ts";
import { DOWNLOAD_PATHS, listDownloadEntries } from "#src/business/downloads/list-items.ts";
import { GUIDE_PATHS, listGuideEntries } from "#src/business/guides/guide-entries.ts";
import { listPolicyEntries, listPolicyPaths } from "#src/business/policies/policy-entries.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { SiteEntry } from "#src/platform/http/site-entry.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import type { SiteParts } from "#src/site-parts.ts";
import { siteGuided } from "./guided.ts";

/** Guides, files and articles of law as a search over the site finds them. */
export async function listSiteEntries(
  parts: SiteParts,
  blankForms: BlankForms,
): Promise<SiteEntry[]> {
  const settings = await getCitySettings(parts.db, shanghaiDate(parts.clock()));
  const [files, articles] = await Promise.all([
    listDownloadEntries(parts.db, blankForms),
    listPolicyEntries(parts.db),
  ]);
  const guided = siteGuided(parts.config.fundCentreName);
  return [...listGuideEntries({ ...guided, settings }), ...files, ...articles];
}

/** The addresses of guides, downloads, policies and calculator that a search engine may know. */
export async function listSitePaths(parts: Pick<SiteParts, "db">): Promise<string[]> {
  const policies = await listPolicyPaths(parts.db);
  return [...GUIDE_PATHS, ...DOWNLOAD_PATHS, "/calculator", ...policies];
}
