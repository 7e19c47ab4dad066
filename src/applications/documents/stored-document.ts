import type { Selectable } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import type { SupportingDocumentTable } from "#src/platform/database/tables/applications.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** A file that was handed in as, or uploaded for, a supporting document (要件). */
export interface StoredDocument {
  id: string;
  /** Which of the rules it answers. */
  code: string;
  /** As its owner named it; shown to him and to whoever reviews, in no URL and no log. */
  name: string;
  mediaType: SupportingDocumentTable["media_type"];
  /** As it was sent. */
  sizeBytes: number;
  pageCount: number;
  /** Nobody relies on it before it is `clean`. */
  state: "pending" | "clean" | "refused";
  /** SHA-256 of what is kept, hexadecimal: what a decision may name. */
  sha256: string;
  uploadedAt: Date;
  applicationId: bigint | null;
  removedAt: Date | null;
}

/** The draft of a form in one browser, or an application. */
export type DocumentOwner =
  | { submissionKey: string; browserHash: Buffer }
  | { applicationId: bigint };

/** What reading documents needs; inside a transaction `db` is the transaction. */
export interface DocumentReader {
  db: Db;
  personalData: PersonalData;
}

/**
 * Lists the documents of a form that is being filled in, or of an application, in the order in which they
 * came. Removed ones are left out, and of a draft also those that the scanner refused: they are gone.
 */
export async function listDocuments(
  { db, personalData }: DocumentReader,
  owner: DocumentOwner,
): Promise<StoredDocument[]> {
  const all = db.selectFrom("supporting_document").selectAll().where("removed_at", "is", null);
  const rows = await ("applicationId" in owner
    ? all.where("application_id", "=", owner.applicationId)
    : all
        .where("submission_key", "=", owner.submissionKey)
        .where("browser_hash", "=", owner.browserHash)
        .where("application_id", "is", null)
        .where("state", "<>", "refused")
  )
    .orderBy("n")
    .execute();
  return rows.map((row) => documentOf(row, personalData));
}

/** Reads a row of the table. */
export function documentOf(
  row: Selectable<SupportingDocumentTable>,
  personalData: PersonalData,
): StoredDocument {
  return {
    id: row.id,
    code: row.code,
    name: personalData.decrypt(row.name_cipher),
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    pageCount: row.page_count,
    state: row.state,
    sha256: row.kept_sha256.toString("hex"),
    uploadedAt: row.uploaded_at,
    applicationId: row.application_id,
    removedAt: row.removed_at,
  };
}

/** Where the file of a document is kept: under the day on which it came. */
export function storeKeyOf(document: Pick<StoredDocument, "id" | "uploadedAt">): string {
  return `${document.uploadedAt.toISOString().slice(0, 10)}/${document.id}`;
}
