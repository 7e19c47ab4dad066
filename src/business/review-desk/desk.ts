import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { CaseDocument } from "./case-document.ts";
import { type ReviewedDescriptor, reviewedDescriptors } from "./desk-stages.ts";

export interface ReviewDeskDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  search: HouseSearch;
  descriptors: readonly ApplicationDescriptor[];
  /** The supporting documents of an application, in the order in which they are looked at. */
  listCaseDocuments: (db: Db, application: Application) => Promise<readonly CaseDocument[]>;
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
