import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";
import type { DocumentRule } from "../descriptor.ts";

/** The drafts of a form, and the application that they become part of. */
export interface DocumentHandIn {
  submissionKey: string;
  browserHash: Buffer;
  applicationId: bigint;
  now: Date;
  /** Papers that the application asks for; drafts of others (an earlier choice of the form) are left out. */
  rules?: readonly DocumentRule[];
}

/**
 * Makes the documents that a browser uploaded with a form part of an application: when it is handed in, and
 * again with each correction (补正), whose form has a key of its own. What was removed or refused stays out,
 * and so does a file that the application already has under the same paper. Answers with how many there
 * were. Called twice, it adds nothing the second time.
 */
export async function attachDocuments(tx: Tx, handIn: DocumentHandIn): Promise<number> {
  const codes = handIn.rules?.map(({ code }) => code);
  const { numAffectedRows = 0n } = await sql`
    update supporting_document d
      set application_id = ${handIn.applicationId.toString()}::bigint, added_at = ${handIn.now}
      where d.submission_key = ${handIn.submissionKey}::uuid and d.browser_hash = ${handIn.browserHash}
        and d.application_id is null and d.removed_at is null and d.state <> 'refused'
        and (${codes === undefined} or d.code = any (${codes ?? []}::text[]))
        and not exists (select from supporting_document o
          where o.application_id = ${handIn.applicationId.toString()}::bigint and o.code = d.code
            and o.sent_sha256 = d.sent_sha256 and o.removed_at is null and o.state <> 'refused')`.execute(
    tx,
  );
  return Number(numAffectedRows);
}

/**
 * Takes documents back out of an application that is being corrected. Their rows and files stay as its
 * history; nobody sees them beside the form any more. Answers with how many there were.
 */
export async function removeFromApplication(
  tx: Tx,
  removal: { applicationId: bigint; documentIds: readonly string[]; now: Date },
): Promise<number> {
  if (removal.documentIds.length === 0) return 0;
  const { numUpdatedRows } = await tx
    .updateTable("supporting_document")
    .set({ removed_at: removal.now })
    .where("application_id", "=", removal.applicationId)
    .where("id", "in", [...removal.documentIds])
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
