import type { Db } from "#src/platform/database/client.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { storeKeyOf } from "./stored-document.ts";

/**
 * Removes a file that a browser uploaded and has not handed in yet: row first, then the file itself (which
 * the sweep removes when this process ends in between). Answers whether there was such a draft of his.
 */
export async function removeDraft(
  deps: { db: Db; uploads: Uploads },
  draft: { id: string; browserHash: Buffer; submissionKey?: string },
): Promise<boolean> {
  let query = deps.db
    .deleteFrom("supporting_document")
    .where("id", "=", draft.id)
    .where("browser_hash", "=", draft.browserHash)
    .where("application_id", "is", null);
  if (draft.submissionKey !== undefined) {
    query = query.where("submission_key", "=", draft.submissionKey);
  }
  const row = await query.returning(["id", "uploaded_at"]).executeTakeFirst();
  if (row === undefined) return false;
  await deps.uploads.store.remove(storeKeyOf({ id: row.id, uploadedAt: row.uploaded_at }));
  return true;
}
