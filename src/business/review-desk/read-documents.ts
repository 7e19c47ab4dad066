import {
  type CaseDocument,
  listCaseDocuments,
} from "#src/applications/documents/case-documents.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { OpenPage } from "#src/ui/list/document-viewer.tsx";
import type { ReviewedDescriptor } from "./desk-stages.ts";

/** Lists the supporting documents of an application for who reviews it, as its business orders them. */
export async function readDocuments(
  deps: { db: Db; personalData: PersonalData },
  descriptor: ReviewedDescriptor,
  application: Application,
  reader: string,
): Promise<CaseDocument[]> {
  const rules = (await descriptor.documents?.(deps.db, application)) ?? [];
  return await listCaseDocuments(deps, application, rules, reader);
}

/**
 * The page that was asked for as `document:page`. What is not there counts as not asked for: then it is the
 * first page of the first document that the reader has not seen, else of the first one.
 */
export function pageToOpen(documents: readonly CaseDocument[], look: string): OpenPage | null {
  const [id, typedPage = ""] = look.split(":");
  const wanted = documents.find((document) => document.id === id);
  const page = /^[1-9][0-9]{0,3}$/.test(typedPage) ? Number.parseInt(typedPage, 10) : 1;
  if (wanted !== undefined) {
    return { document: wanted, page: page <= wanted.pages.length ? page : 1 };
  }
  const first = documents.find(({ isViewed }) => !isViewed) ?? documents[0];
  return first === undefined ? null : { document: first, page: 1 };
}
