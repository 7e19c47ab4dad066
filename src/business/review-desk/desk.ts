import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { type ReviewedDescriptor, reviewedDescriptors } from "./desk-stages.ts";

export interface ReviewDeskDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  search: HouseSearch;
  descriptors: readonly ApplicationDescriptor[];
  personalData: PersonalData;
}

/** What the pages of the desk stand on: what they were given, and the businesses that are reviewed. */
export interface Desk extends ReviewDeskDeps {
  reviewed: readonly ReviewedDescriptor[];
  findReviewed: (kind: string) => ReviewedDescriptor | null;
}

/** Prepares what the pages of the desk stand on. */
export function openDesk(deps: ReviewDeskDeps): Desk {
  const reviewed = reviewedDescriptors(deps.descriptors);
  const findReviewed = (kind: string) => reviewed.find((one) => one.kind === kind) ?? null;
  return { ...deps, reviewed, findReviewed };
}
