import type { Db } from "#src/platform/database/client.ts";

/** Keeps the files of a form that is saved to be continued: without this they are gone after a day. */
export async function keepDraftDocuments(
  db: Db,
  draft: { submissionKey: string; browserHash: Buffer; until: Date },
): Promise<void> {
  await db
    .updateTable("supporting_document")
    .set({ kept_until: draft.until })
    .where("submission_key", "=", draft.submissionKey)
    .where("browser_hash", "=", draft.browserHash)
    .where("application_id", "is", null)
    .execute();
}

/** Hands the files of a form over to another browser, whose visitor has proven that the form is his. */
export async function moveDraftDocuments(
  db: Db,
  draft: { submissionKey: string; fromBrowser: Buffer; toBrowser: Buffer },
): Promise<void> {
  await db
    .updateTable("supporting_document")
    .set({ browser_hash: draft.toBrowser })
    .where("submission_key", "=", draft.submissionKey)
    .where("browser_hash", "=", draft.fromBrowser)
    .where("application_id", "is", null)
    .execute();
}
