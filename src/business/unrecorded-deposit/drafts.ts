import { sql } from "kysely";
import { z } from "zod";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { TYPED_FIELDS } from "./schema.ts";

/** What a form says, field by field, as it was typed. */
export type Typed = Readonly<Record<string, string>>;

/** A form that was filled in and not yet confirmed, of one browser; or what an application says. */
export interface Draft {
  estateId: number;
  typed: Typed;
  savedAt: Date;
}

/** Whose draft, under the key that the form page made. */
export interface DraftKey {
  submissionKey: string;
  browserHash: Buffer;
}

const storedForm = z.record(z.string(), z.string());

/**
 * Keeps what was typed between the form and the review page, encrypted, for the browser that typed it.
 * Answers false when the key is another browser's, or when its application is there already.
 */
export async function saveDraft(
  deps: { db: Db; personalData: PersonalData },
  key: DraftKey,
  draft: Draft,
): Promise<boolean> {
  const form = deps.personalData.encrypt(JSON.stringify(draft.typed));
  const result = await sql`
    insert into unrecorded_deposit as d (submission_key, browser_hash, estate_id, form_cipher, saved_at)
      values (${key.submissionKey}::uuid, ${key.browserHash}, ${draft.estateId}, ${form}, ${draft.savedAt})
      on conflict (submission_key) do update
        set form_cipher = excluded.form_cipher, saved_at = excluded.saved_at
        where d.browser_hash = excluded.browser_hash and d.estate_id = excluded.estate_id
          and d.application_id is null`.execute(deps.db);
  return result.numAffectedRows === 1n;
}

/** Finds the draft of a browser; another browser's does not exist for it. */
export async function findDraft(
  deps: { db: Db; personalData: PersonalData },
  key: DraftKey,
): Promise<Draft | null> {
  const row = await deps.db
    .selectFrom("unrecorded_deposit")
    .select(["estate_id", "form_cipher", "saved_at"])
    .where("submission_key", "=", key.submissionKey)
    .where("browser_hash", "=", key.browserHash)
    .where("application_id", "is", null)
    .executeTakeFirst();
  return row === undefined ? null : toDraft(row, deps.personalData);
}

/** Holds a draft until the transaction ends: of two confirmations of one form the second finds it used. */
export async function holdDraft(
  tx: Tx,
  key: DraftKey,
  personalData: PersonalData,
): Promise<Draft | null> {
  const row = await tx
    .selectFrom("unrecorded_deposit")
    .select(["estate_id", "form_cipher", "saved_at", "application_id"])
    .where("submission_key", "=", key.submissionKey)
    .where("browser_hash", "=", key.browserHash)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.application_id !== null) return null;
  return toDraft(row, personalData);
}

/** What an application says now, after its last correction. */
export async function getApplicationForm(
  deps: { db: Db; personalData: PersonalData },
  applicationId: bigint,
): Promise<Draft> {
  const row = await deps.db
    .selectFrom("unrecorded_deposit")
    .select(["estate_id", "form_cipher", "saved_at"])
    .where("application_id", "=", applicationId)
    .executeTakeFirstOrThrow();
  return toDraft(row, deps.personalData);
}

/** Makes a draft what its application says; from here on it is kept. */
export async function bindDraft(tx: Tx, submissionKey: string, applicationId: bigint) {
  await tx
    .updateTable("unrecorded_deposit")
    .set({ application_id: applicationId })
    .where("submission_key", "=", submissionKey)
    .execute();
}

/** Writes down a corrected form and keeps what it said before. */
export async function replaceForm(
  deps: { db: Tx; personalData: PersonalData },
  applicationId: bigint,
  correction: { typed: Typed; savedAt: Date },
): Promise<void> {
  const form = deps.personalData.encrypt(JSON.stringify(correction.typed));
  await sql`
    update unrecorded_deposit set earlier_form_ciphers = earlier_form_ciphers || form_cipher,
        form_cipher = ${form}, saved_at = ${correction.savedAt}
      where application_id = ${applicationId.toString()}::bigint`.execute(deps.db);
}

/** A form that nobody confirmed within a day is forgotten: it holds names and numbers. */
const DRAFT_HOURS = 24;

/** Forgets drafts that nobody confirmed. */
export async function sweepDrafts(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DRAFT_HOURS * 3_600_000);
  await db
    .deleteFrom("unrecorded_deposit")
    .where("application_id", "is", null)
    .where("saved_at", "<", before)
    .execute();
}

function toDraft(
  row: { estate_id: number; form_cipher: Buffer; saved_at: Date },
  personalData: PersonalData,
): Draft {
  const stored = storedForm.parse(JSON.parse(personalData.decrypt(row.form_cipher)));
  const typed = Object.fromEntries(TYPED_FIELDS.map((name) => [name, stored[name] ?? ""]));
  return { estateId: row.estate_id, typed, savedAt: row.saved_at };
}
