import { sql } from "kysely";
import { z } from "zod";
import { keepDraftDocuments, moveDraftDocuments } from "#src/applications/documents/keep-drafts.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Agreement } from "./agreement.ts";
import { type Typed, typedOf } from "./schema.ts";

/** A form that was not handed in yet, or what an application says. */
export interface Draft {
  kind: InstitutionKind;
  typed: Typed;
  savedAt: Date;
}

/** Whose draft, under the key that the form page made. */
export interface DraftKey {
  submissionKey: string;
  browserHash: Buffer;
}

interface DraftDeps {
  db: Db;
  personalData: PersonalData;
}

/** How long a half-filled form waits to be continued. */
const DRAFT_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

const storedForm = z.record(z.string(), z.string());

/**
 * Keeps what was typed, encrypted, for the browser that typed it, with the files that belong to it. Answers false
 * when the key is another browser's or its application is there already.
 */
export async function saveDraft(deps: DraftDeps, key: DraftKey, draft: Draft): Promise<boolean> {
  const { db, personalData } = deps;
  const form = personalData.encrypt(JSON.stringify(draft.typed));
  const phone = checkPhone((draft.typed["contactPhone"] ?? "").slice(0, 200));
  const phoneHash =
    phone.ok && phone.kind === "mobile" ? personalData.hash("phone", phone.phone) : null;
  const result = await sql`
    insert into institution_registration as d
        (submission_key, browser_hash, kind, form_cipher, saved_at, phone_hash)
      values (${key.submissionKey}::uuid, ${key.browserHash}, ${draft.kind}, ${form},
        ${draft.savedAt}, ${phoneHash})
      on conflict (submission_key) do update
        set form_cipher = excluded.form_cipher, saved_at = excluded.saved_at,
          phone_hash = excluded.phone_hash
        where d.browser_hash = excluded.browser_hash and d.kind = excluded.kind
          and d.application_id is null`.execute(db);
  const until = new Date(draft.savedAt.getTime() + DRAFT_DAYS * DAY_MS);
  await keepDraftDocuments(db, { ...key, until });
  return result.numAffectedRows === 1n;
}

/** Finds the draft of a browser; another browser's does not exist for it. */
export async function findDraft(deps: DraftDeps, key: DraftKey): Promise<Draft | null> {
  const row = await deps.db
    .selectFrom("institution_registration")
    .select(["kind", "form_cipher", "saved_at"])
    .where("submission_key", "=", key.submissionKey)
    .where("browser_hash", "=", key.browserHash)
    .where("application_id", "is", null)
    .executeTakeFirst();
  return row === undefined ? null : toDraft(row, deps.personalData);
}

/** A draft as the entrance lists it. */
export interface ListedDraft {
  submissionKey: string;
  kind: InstitutionKind;
  name: string;
  savedAt: Date;
}

const LISTED_MAX = 5;

/** Lists what this browser began and did not hand in, the newest first. */
export async function listDrafts(deps: DraftDeps, browserHash: Buffer): Promise<ListedDraft[]> {
  const rows = await deps.db
    .selectFrom("institution_registration")
    .select(["submission_key", "kind", "form_cipher", "saved_at"])
    .where("browser_hash", "=", browserHash)
    .where("application_id", "is", null)
    .orderBy("saved_at", "desc")
    .limit(LISTED_MAX)
    .execute();
  return rows.map((row) => {
    const { typed, kind, savedAt } = toDraft(row, deps.personalData);
    const name = (typed["institutionName"] ?? "").trim();
    return {
      submissionKey: row.submission_key,
      kind,
      savedAt,
      name: [...name].slice(0, 50).join(""),
    };
  });
}

/** Forgets a draft of this browser; its files are swept within the day. Answers whether there was one. */
export async function removeDraft(db: Db, key: DraftKey): Promise<boolean> {
  await keepDraftDocuments(db, { ...key, until: new Date(0) });
  const { numDeletedRows } = await db
    .deleteFrom("institution_registration")
    .where("submission_key", "=", key.submissionKey)
    .where("browser_hash", "=", key.browserHash)
    .where("application_id", "is", null)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Tells whether a draft waits whose contact has this phone. */
export async function hasDraftOfPhone(db: Db, phoneHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom("institution_registration")
    .select("submission_key")
    .where("phone_hash", "=", phoneHash)
    .where("application_id", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Hands the drafts of a contact's phone, with their files, over to the browser that gave the code sent to it.
 * Answers how many there were.
 */
export async function moveDrafts(
  tx: Tx,
  move: { phoneHash: Buffer; toBrowser: Buffer },
): Promise<number> {
  const rows = await tx
    .selectFrom("institution_registration")
    .select(["submission_key", "browser_hash"])
    .where("phone_hash", "=", move.phoneHash)
    .where("application_id", "is", null)
    .forUpdate()
    .execute();
  for (const { submission_key, browser_hash } of rows) {
    await tx
      .updateTable("institution_registration")
      .set({ browser_hash: move.toBrowser })
      .where("submission_key", "=", submission_key)
      .execute();
    await moveDraftDocuments(tx, {
      submissionKey: submission_key,
      fromBrowser: browser_hash,
      toBrowser: move.toBrowser,
    });
  }
  return rows.length;
}

/** Holds a draft until the transaction ends: of two hand-ins of one form the second finds it used. */
export async function holdDraft(
  tx: Tx,
  key: DraftKey,
  personalData: PersonalData,
): Promise<Draft | null> {
  const row = await tx
    .selectFrom("institution_registration")
    .select(["kind", "form_cipher", "saved_at", "application_id"])
    .where("submission_key", "=", key.submissionKey)
    .where("browser_hash", "=", key.browserHash)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.application_id !== null) return null;
  return toDraft(row, personalData);
}

/** Makes a draft what its application says, with the agreement that was accepted; from here on it is kept. */
export async function bindDraft(
  tx: Tx,
  binding: {
    submissionKey: string;
    applicationId: bigint;
    agreement: Agreement;
    agreedAt: Date;
    addressHash: Buffer;
    /** Null where it could not be proven. */
    contactProvenAt: Date | null;
  },
): Promise<void> {
  await tx
    .updateTable("institution_registration")
    .set({
      application_id: binding.applicationId,
      agreement_version: binding.agreement.version,
      agreement_sha256: binding.agreement.sha256,
      agreed_at: binding.agreedAt,
      agreed_address_hash: binding.addressHash,
      contact_proven_at: binding.contactProvenAt,
    })
    .where("submission_key", "=", binding.submissionKey)
    .execute();
}

/** What an application says now, after its last correction, and how often it was handed in. */
export interface SubmittedForm extends Draft {
  rounds: number;
  agreementVersion: string;
  agreementSha256: Buffer;
  agreedAt: Date;
  contactProvenAt: Date | null;
}

/** Reads what an application says. */
export async function getSubmittedForm(
  deps: DraftDeps,
  applicationId: bigint,
): Promise<SubmittedForm> {
  const row = await deps.db
    .selectFrom("institution_registration")
    .select(["kind", "form_cipher", "saved_at", "agreement_version", "agreed_at"])
    .select(["agreement_sha256", "contact_proven_at"])
    .select(sql<number>`cardinality(earlier_form_ciphers) + 1`.as("rounds"))
    .where("application_id", "=", applicationId)
    .executeTakeFirstOrThrow();
  return {
    ...toDraft(row, deps.personalData),
    rounds: row.rounds,
    agreementVersion: row.agreement_version ?? "",
    agreementSha256: row.agreement_sha256 ?? Buffer.alloc(0),
    agreedAt: row.agreed_at ?? row.saved_at,
    contactProvenAt: row.contact_proven_at,
  };
}

/** Writes down a corrected form and keeps what it said before. */
export async function replaceForm(
  deps: { db: Tx; personalData: PersonalData },
  applicationId: bigint,
  correction: { typed: Typed; savedAt: Date; contactProvenAt: Date | null },
): Promise<void> {
  const form = deps.personalData.encrypt(JSON.stringify(correction.typed));
  await sql`
    update institution_registration set earlier_form_ciphers = earlier_form_ciphers || form_cipher,
        form_cipher = ${form}, saved_at = ${correction.savedAt},
        contact_proven_at = ${correction.contactProvenAt}
      where application_id = ${applicationId.toString()}::bigint`.execute(deps.db);
}

/** Forgets drafts that nobody handed in within thirty days: they hold names and numbers. */
export async function sweepRegistrationDrafts(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom("institution_registration")
    .where("application_id", "is", null)
    .where("saved_at", "<", new Date(now.getTime() - DRAFT_DAYS * DAY_MS))
    .execute();
}

function toDraft(
  row: { kind: InstitutionKind; form_cipher: Buffer; saved_at: Date },
  personalData: PersonalData,
): Draft {
  const stored = storedForm.parse(JSON.parse(personalData.decrypt(row.form_cipher)));
  return { kind: row.kind, typed: typedOf(stored), savedAt: row.saved_at };
}
