import { z } from "zod";
import { type DocumentReader, documentOf, type StoredDocument } from "./stored-document.ts";

/** Finds a file that a browser uploaded and has not handed in yet; nobody else's is found. */
export async function findDraft(
  deps: DocumentReader,
  draft: { id: string; browserHash: Buffer },
): Promise<StoredDocument | null> {
  const id = z.uuid().safeParse(draft.id);
  if (!id.success) return null;
  const row = await deps.db
    .selectFrom("supporting_document")
    .selectAll()
    .where("id", "=", id.data)
    .where("browser_hash", "=", draft.browserHash)
    .where("application_id", "is", null)
    .where("removed_at", "is", null)
    .where("state", "<>", "refused")
    .executeTakeFirst();
  return row === undefined ? null : documentOf(row, deps.personalData);
}

/** Finds a clean document of an application, by the application's number; removed ones are not found. */
export async function findCaseDocument(
  deps: DocumentReader,
  wanted: { applicationNumber: string; id: string },
): Promise<StoredDocument | null> {
  const id = z.uuid().safeParse(wanted.id);
  if (!id.success) return null;
  const row = await deps.db
    .selectFrom("supporting_document")
    .innerJoin("application", "application.id", "supporting_document.application_id")
    .selectAll("supporting_document")
    .where("supporting_document.id", "=", id.data)
    .where("application.number", "=", wanted.applicationNumber)
    .where("supporting_document.removed_at", "is", null)
    .where("supporting_document.state", "=", "clean")
    .executeTakeFirst();
  return row === undefined ? null : documentOf(row, deps.personalData);
}
