import type { Db } from "#src/platform/database/client.ts";
import { FileMissing } from "#src/platform/uploads/file-store.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import type { ScanVerdict } from "#src/platform/uploads/virus-scanner.ts";
import { storeKeyOf } from "./stored-document.ts";

const AT_ONCE = 50;

/**
 * Lets the scanner judge a document that is kept and writes down what it said. Without an answer the document
 * stays pending, and nobody relies on it; what is infected is refused and its file removed. A deployment
 * without a scanner goes by the look at the content alone.
 */
export async function scanDocument(
  { db, uploads }: { db: Db; uploads: Uploads },
  document: { id: string; uploadedAt: Date },
  now: Date,
): Promise<ScanVerdict> {
  const key = storeKeyOf(document);
  const verdict =
    uploads.scanner === null ? "clean" : await uploads.scanner.scan(await uploads.store.read(key));
  if (verdict === "unknown") return verdict;
  await db
    .updateTable("supporting_document")
    .set({ state: verdict === "clean" ? "clean" : "refused", checked_at: now })
    .where("id", "=", document.id)
    .where("state", "=", "pending")
    .execute();
  if (verdict === "infected") await uploads.store.remove(key);
  return verdict;
}

/**
 * Tries again for the documents that have waited longest; stops at the first without an answer. One whose
 * file is gone (its draft is being removed at this moment) is passed over.
 */
export async function scanPending(deps: { db: Db; uploads: Uploads }, now: Date): Promise<void> {
  const rows = await deps.db
    .selectFrom("supporting_document")
    .select(["id", "uploaded_at"])
    .where("state", "=", "pending")
    .where("removed_at", "is", null)
    .orderBy("uploaded_at")
    .limit(AT_ONCE)
    .execute();
  for (const { id, uploaded_at } of rows) {
    try {
      if ((await scanDocument(deps, { id, uploadedAt: uploaded_at }, now)) === "unknown") return;
    } catch (error) {
      if (!(error instanceof FileMissing)) throw error;
    }
  }
}
