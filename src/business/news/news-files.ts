import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { cleanText } from "#src/kernel/typed-text.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { checkFile } from "#src/platform/uploads/check-file.ts";
import type { ReceivedFile } from "#src/platform/uploads/receive-form.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";

/** Sharp in the column that shows it, and a second or two on a slow line. */
export const PICTURE_LIMITS = { lengthMax: 1_280, bytesMax: 120_000 };
const NAME_LENGTH_MAX = 100;
/** A form that is left open over a weekend still finds its pictures. */
const UNUSED_FOR_MS = 7 * 24 * 3_600_000;

/** A picture or file of an article, as it is sent. */
export interface SentFile {
  kind: "picture" | "file";
  name: string;
  media_type: string;
  content: Buffer;
}

export interface NewsFileLine {
  id: string;
  name: string;
  size_bytes: number;
}

/** What became of a sent file. */
export type NewsFileOutcome =
  | { ok: true; id: string; name: string }
  | { ok: false; sentence: string };

export interface NewFile {
  kind: "picture" | "file";
  /** What is said where the picture cannot be seen; "" for a file to save. */
  alt: string;
  uploadedBy: string;
  now: Date;
}

/**
 * Judges a received file and keeps it: a picture written anew and small enough for a page, or a PDF or picture to
 * save. It belongs to no article until one that shows it is saved.
 */
export async function keepNewsFile(
  deps: { db: Db; uploads: Uploads },
  received: ReceivedFile,
  file: NewFile,
  audit: AuditContext,
): Promise<NewsFileOutcome> {
  const { inspector, scanner } = deps.uploads;
  const limits = file.kind === "picture" ? PICTURE_LIMITS : undefined;
  const verdict = await checkFile(received, inspector, limits);
  if (!verdict.ok) return { ok: false, sentence: verdict.sentence };
  const { path, mediaType, size } = verdict.file;
  try {
    if (file.kind === "picture" && size === null) {
      return { ok: false, sentence: "正文里只能放 JPG 或 PNG 图片；PDF 请作为附件上传" };
    }
    const scan = (await scanner?.scan(createReadStream(path))) ?? "clean";
    if (scan === "infected") {
      return { ok: false, sentence: "没有通过安全检查（发现病毒）。请换一份没有问题的文件" };
    }
    if (scan === "unknown") {
      return { ok: false, sentence: "安全检查现在做不了，文件没有保存，请过几分钟再上传" };
    }
    const content = await readFile(path);
    const id = randomUUID();
    const name = shownName(received.name, mediaType);
    await deps.db.transaction().execute(async (tx) => {
      await tx
        .insertInto("news_file")
        .values({
          id,
          kind: file.kind,
          name,
          alt: file.alt,
          media_type: mediaType,
          width: size?.width ?? null,
          height: size?.height ?? null,
          content,
          uploaded_by: file.uploadedBy,
          uploaded_at: file.now,
        })
        .execute();
      await recordAudit(tx, audit, id, file.kind);
    });
    return { ok: true, id, name };
  } finally {
    await rm(path, { force: true });
  }
}

const ENDINGS = { "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png" } as const;

/** A name that can be shown anywhere and ends with what the file is now. */
function shownName(name: string, mediaType: keyof typeof ENDINGS): string {
  const clean = cleanText(name.toWellFormed().replace(/[\p{Cc}\p{Cf}/\\]/gu, ""));
  const stem = clean.replace(/\.[A-Za-z0-9]{1,8}$/, "");
  return `${[...stem].slice(0, NAME_LENGTH_MAX).join("") || "未命名"}.${ENDINGS[mediaType]}`;
}

/** Lists files to save by their ids, in the order given; unknown ones are left out. */
export async function findFiles(db: Db, ids: readonly string[]): Promise<NewsFileLine[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("news_file")
    .select(["id", "name", "size_bytes"])
    .where("kind", "=", "file")
    .where("id", "in", ids)
    .execute();
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Lists the files to save of one version, in their order. */
export async function listVersionFiles(
  db: Db,
  of: { id: number; version: number },
): Promise<NewsFileLine[]> {
  return await db
    .selectFrom("news_version_file as f")
    .innerJoin("news_file as n", "n.id", "f.file_id")
    .select(["n.id", "n.name", "n.size_bytes"])
    .where("f.article_id", "=", of.id)
    .where("f.version", "=", of.version)
    .where("f.kind", "=", "file")
    .orderBy("f.place")
    .execute();
}

/** Finds any file, for editors. */
export async function findDeskFile(db: Db, id: string) {
  const row = await db
    .selectFrom("news_file")
    .select(["kind", "name", "media_type", "content"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Removes files that no version ever showed. */
export async function sweepNewsFiles(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom("news_file")
    .where("uploaded_at", "<", new Date(now.getTime() - UNUSED_FOR_MS))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("news_version_file")
            .select("file_id")
            .whereRef("news_version_file.file_id", "=", "news_file.id"),
        ),
      ),
    )
    .execute();
}
