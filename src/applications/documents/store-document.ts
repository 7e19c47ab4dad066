import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { sql } from "kysely";
import { cleanText } from "#src/kernel/typed-text.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type CheckedFile, checkFile } from "#src/platform/uploads/check-file.ts";
import type { ReceivedFile } from "#src/platform/uploads/receive-form.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { scanDocument } from "./scan-document.ts";
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

/**
 * What became of a file: kept, there already, or not taken for the reason in the sentence. A repeat is no
 * error: the same form sent twice brings the same files.
 */
export type StoreOutcome =
  | { kind: "stored" }
  | { kind: "repeat" }
  | { kind: "refused"; sentence: string };

const refuse = (sentence: string): StoreOutcome => ({ kind: "refused", sentence });

/** Files of one browser that belong to no application yet: some three forms' worth. */
const DRAFTS_MAX = 60;
const DRAFT_BYTES_MAX = 300 * 1_048_576;
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
  const earlier = await judgeRoom(deps.db, received, draft);
  if (earlier !== null) return earlier;
  const verdict = await checkFile(received, deps.uploads.inspector);
  if (!verdict.ok) return refuse(verdict.sentence);
  try {
    return await keep(deps, received, verdict.file, draft);
  } finally {
    await rm(verdict.file.path, { force: true });
  }
}

/** Whether the file is there already, and whether its sender has not left too many lying about. */
async function judgeRoom(
  db: Db,
  received: ReceivedFile,
  draft: Draft,
): Promise<StoreOutcome | null> {
  const same = await db
    .selectFrom("supporting_document")
    .select("id")
    .where("submission_key", "=", draft.submissionKey)
    .where("browser_hash", "=", draft.browserHash)
    .where("code", "=", draft.code)
    .where("sent_sha256", "=", received.sha256)
    .where("removed_at", "is", null)
    .where("state", "<>", "refused")
    .executeTakeFirst();
  if (same !== undefined) return { kind: "repeat" };
  const lying = await db
    .selectFrom("supporting_document")
    .select(({ fn }) => [
      fn.countAll<bigint>().as("files"),
      fn.coalesce(fn.sum<bigint>("size_bytes"), sql<bigint>`0`).as("bytes"),
    ])
    .where("browser_hash", "=", draft.browserHash)
    .where("application_id", "is", null)
    .executeTakeFirstOrThrow();
  const isFull =
    lying.files >= DRAFTS_MAX || lying.bytes + BigInt(received.sizeBytes) > DRAFT_BYTES_MAX;
  return isFull ? refuse("这台设备上还没有提交的文件太多了。请先提交或删去一些，或明天再传") : null;
}

async function keep(
  deps: DocumentStoring,
  received: ReceivedFile,
  file: CheckedFile,
  draft: Draft,
): Promise<StoreOutcome> {
  const document = { id: randomUUID(), uploadedAt: draft.now };
  const key = storeKeyOf(document);
  const hash = createHash("sha256");
  await deps.uploads.store.keep(key, hashed(createReadStream(file.path), hash));
  try {
    const row = rowOf(deps.personalData, received, file, draft);
    await deps.db
      .insertInto("supporting_document")
      .values({ id: document.id, kept_sha256: hash.digest(), ...row })
      .execute();
  } catch (error) {
    await deps.uploads.store.remove(key);
    // The same file came twice at once, and the other was first.
    const { constraint } = error as { constraint?: string };
    if (constraint === "supporting_document_once") return { kind: "repeat" };
    throw error;
  }
  const verdict = await scanDocument(deps, document, draft.now);
  return verdict === "infected"
    ? refuse("没有通过安全检查（发现病毒），文件已经删除。请换一份没有问题的文件")
    : { kind: "stored" };
}

function rowOf(
  personalData: PersonalData,
  received: ReceivedFile,
  file: CheckedFile,
  draft: Draft,
) {
  return {
    submission_key: draft.submissionKey,
    browser_hash: draft.browserHash,
    code: draft.code,
    name_cipher: personalData.encrypt(shownName(received.name)),
    media_type: file.mediaType,
    size_bytes: received.sizeBytes,
    sent_sha256: received.sha256,
    page_count: file.pageCount,
    uploaded_at: draft.now,
  };
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
