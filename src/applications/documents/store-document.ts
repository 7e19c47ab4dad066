import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { cleanText } from "#src/kernel/typed-text.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type CheckedFile, checkFile } from "#src/platform/uploads/check-file.ts";
import type { ReceivedFile } from "#src/platform/uploads/receive-form.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { storeKeyOf } from "./stored-document.ts";

/** What storing documents needs. */
export interface DocumentStoring {
  db: Db;
  personalData: PersonalData;
  uploads: Uploads;
}

/** Whose draft a received file becomes. */
export interface Draft {
  submissionKey: string;
  browserHash: Buffer;
  code: string;
  now: Date;
}

/** What became of a file; a refusal is a sentence for its sender. */
export type StoreOutcome = { ok: true; id: string } | { ok: false; sentence: string };

const NAME_LENGTH_MAX = 120;

/**
 * Judges a received file and keeps it: encrypted and flushed to the store first, then its row, so that a
 * row never names a file that is not whole. Whatever fails in between leaves no row, and the file is removed
 * now or by the sweep.
 */
export async function storeDocument(
  deps: DocumentStoring,
  received: ReceivedFile,
  draft: Draft,
): Promise<StoreOutcome> {
  const verdict = await checkFile(received);
  if (!verdict.ok) return verdict;
  try {
    return await keep(deps, received, verdict.file, draft);
  } finally {
    await rm(verdict.file.path, { force: true });
  }
}

async function keep(
  deps: DocumentStoring,
  received: ReceivedFile,
  file: CheckedFile,
  draft: Draft,
): Promise<StoreOutcome> {
  const id = randomUUID();
  const key = storeKeyOf({ id, uploadedAt: draft.now });
  const hash = createHash("sha256");
  await deps.uploads.store.keep(key, hashed(createReadStream(file.path), hash));
  try {
    await deps.db
      .insertInto("supporting_document")
      .values({
        id,
        submission_key: draft.submissionKey,
        browser_hash: draft.browserHash,
        code: draft.code,
        name_cipher: deps.personalData.encrypt(shownName(received.name)),
        media_type: file.mediaType,
        size_bytes: received.sizeBytes,
        sent_sha256: received.sha256,
        kept_sha256: hash.digest(),
        page_count: file.pageCount,
        state: "clean",
        uploaded_at: draft.now,
        checked_at: draft.now,
      })
      .execute();
  } catch (error) {
    await deps.uploads.store.remove(key);
    if ((error as { constraint?: string }).constraint !== "supporting_document_once") throw error;
    return { ok: false, sentence: "这个文件已经上传过了，不用重复上传" };
  }
  return { ok: true, id };
}

async function* hashed(content: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>) {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}

/** A name that can be shown anywhere: on one line, without signs that turn text around, not too long. */
function shownName(name: string): string {
  const clean = cleanText(name.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, ""));
  const signs = [...clean];
  if (signs.length <= NAME_LENGTH_MAX) return clean || "未命名";
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? "";
  return `${signs.slice(0, NAME_LENGTH_MAX - ending.length - 1).join("")}…${ending}`;
}
