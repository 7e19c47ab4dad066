import { sql } from "kysely";
import { z } from "zod";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** Whose draft, under the key that the form page made. */
export interface ChangeDraftKey {
  submissionKey: string;
  userId: number;
}

interface DraftDeps {
  db: Db;
  personalData: PersonalData;
}

/** It waits for a password to be typed, not for another day's work. */
const DRAFT_HOURS = 24;
const HOUR_MS = 3_600_000;

const storedForm = z.record(z.string(), z.string());

/** Keeps what was typed, encrypted, for the user who typed it. A key that is another user's keeps what it had. */
export async function saveChangeDraft(
  { db, personalData }: DraftDeps,
  { submissionKey, userId }: ChangeDraftKey,
  { typed, now }: { typed: SentForm; now: Date },
): Promise<void> {
  const form = personalData.encrypt(JSON.stringify(typed));
  await sql`
    insert into institution_change_draft as d (submission_key, institution_user_id, form_cipher, saved_at)
      values (${submissionKey}::uuid, ${userId}, ${form}, ${now})
      on conflict (submission_key) do update
        set form_cipher = excluded.form_cipher, saved_at = excluded.saved_at
        where d.institution_user_id = excluded.institution_user_id`.execute(db);
}

/** What a user typed before he was asked for his password; null where nothing of his waits under the key. */
export async function findChangeDraft(
  { db, personalData }: DraftDeps,
  { submissionKey, userId }: ChangeDraftKey,
): Promise<SentForm | null> {
  const row = await db
    .selectFrom("institution_change_draft")
    .select("form_cipher")
    .where("submission_key", "=", submissionKey)
    .where("institution_user_id", "=", userId)
    .executeTakeFirst();
  return row ? storedForm.parse(JSON.parse(personalData.decrypt(row.form_cipher))) : null;
}

/** Forgets what was kept of a change that is handed in. */
export async function forgetChangeDraft(tx: Tx, submissionKey: string): Promise<void> {
  await tx
    .deleteFrom("institution_change_draft")
    .where("submission_key", "=", submissionKey)
    .execute();
}

/** Forgets what nobody came back to within a day. */
export async function sweepChangeDrafts(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DRAFT_HOURS * HOUR_MS);
  await db.deleteFrom("institution_change_draft").where("saved_at", "<", before).execute();
}
