import { z } from "zod";
import { isHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type ReceivedFile, receiveForm } from "#src/platform/uploads/receive-form.ts";
import { FILE_PATH } from "./article-body.ts";
import type { NewsDeskDeps } from "./news-deps.ts";
import { findFiles, keepNewsFile, type NewsFileLine } from "./news-files.ts";
import { pictureAlt } from "./schema.ts";

/** Room for a text that is far too long, so that it comes back with its sentence and is not lost. */
const FIELD_BYTES_MAX = 12 * 1_048_576;
const FILES_MAX = 10;

type ArticleFormDeps = Pick<NewsDeskDeps, "db" | "uploads" | "limit">;

/** What was typed into the form of an article, as it was typed. */
export interface TypedForm {
  headline: string;
  category: string;
  source: string;
  summary: string;
  body: string;
  pictureAlt: string;
  /** The version that the form was opened with; "" for a new article. */
  version: string;
  files: readonly NewsFileLine[];
}

export interface SentArticle {
  sent: SentForm;
  typed: TypedForm;
  /** What was wrong with files, by field; the good ones are kept already. */
  fileErrors: Readonly<Record<string, string>>;
  /** A button of the files was pressed, not 保存: show the form again and judge nothing else. */
  isOnlyFiles: boolean;
}

interface Received {
  pictures: { id: string; alt: string }[];
  fileIds: string[];
  errors: Record<string, string>;
}

/**
 * Reads the form of an article with its files. A picture is kept while it arrives and put at the end of the text; a
 * file to save joins the list; what the buttons 去掉 name leaves it.
 */
export async function readArticleForm(deps: ArticleFormDeps, visit: Visit): Promise<SentArticle> {
  const received: Received = { pictures: [], fileIds: [], errors: {} };
  const type = (visit.c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const sent =
    type === "multipart/form-data" ? await receive(deps, visit, received) : await readForm(visit);
  const removed = sent["removeFile"];
  const ids = [...listIds(sent["files"]), ...received.fileIds].filter((id) => id !== removed);
  if (new Set(ids).size > FILES_MAX) received.errors["file"] = `附件最多 ${FILES_MAX} 个`;
  const files = await findFiles(deps.db, [...new Set(ids)].slice(0, FILES_MAX));
  const act = sent["act"];
  return {
    sent,
    typed: typedIn(sent, received, files),
    fileErrors: missingFile(act, received),
    isOnlyFiles: act === "picture" || act === "file" || removed !== undefined,
  };
}

/** Keeps the one picture that the script sends by itself. */
export async function readPictureForm(deps: ArticleFormDeps, visit: Visit): Promise<Received> {
  const received: Received = { pictures: [], fileIds: [], errors: {} };
  await receive(deps, visit, received);
  if (received.pictures.length === 0) received.errors["picture"] ??= "请先选择一张图片";
  return received;
}

function missingFile(act: string | undefined, { pictures, fileIds, errors }: Received) {
  if (act === "picture" && pictures.length === 0) {
    return { picture: "请先选择一张图片", ...errors };
  }
  return act === "file" && fileIds.length === 0 ? { file: "请先选择一个文件", ...errors } : errors;
}

async function receive(deps: ArticleFormDeps, visit: Visit, received: Received): Promise<SentForm> {
  return await receiveForm(visit, {
    folder: deps.uploads.incoming,
    fieldBytesMax: FIELD_BYTES_MAX,
    beforeFile: async (field) => {
      if (field !== "picture" && field !== "file") {
        throw new BadRequest("提交的表单有多余的内容，请返回页面重新填写");
      }
      await deps.limit(visit, "upload");
    },
    onFile: (file, fields) => keep(deps, visit, received, file, fields),
  });
}

async function keep(
  deps: ArticleFormDeps,
  visit: Visit,
  received: Received,
  file: ReceivedFile,
  fields: SentForm,
): Promise<void> {
  const kind = file.field === "picture" ? "picture" : "file";
  const alt = kind === "picture" ? pictureAlt.safeParse(fields["pictureAlt"] ?? "") : null;
  if (alt !== null && !alt.success) {
    const sentence = alt.error.issues[0]?.message ?? "";
    received.errors["pictureAlt"] =
      `${sentence}，再选一次图片上传：看不见图片的人靠它知道图里是什么`;
    return;
  }
  const outcome = await keepNewsFile(
    deps,
    file,
    { kind, alt: alt?.data ?? "", uploadedBy: visit.actor, now: visit.now },
    { ...visit.audit, event: "news-file-added" },
  );
  if (!outcome.ok) {
    const name = [...file.name.toWellFormed()].slice(0, 40).join("");
    received.errors[kind] = `“${name}”：${outcome.sentence}`;
  } else if (kind === "picture") {
    received.pictures.push({ id: outcome.id, alt: alt?.data ?? "" });
  } else received.fileIds.push(outcome.id);
}

function listIds(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .slice(0, FILES_MAX)
    .filter((id) => z.uuid().safeParse(id).success);
}

function typedIn(sent: SentForm, received: Received, files: readonly NewsFileLine[]): TypedForm {
  const { headline = "", category = "", source = "", summary = "", version = "" } = sent;
  const isKept = received.pictures.length > 0;
  return {
    headline,
    category,
    source,
    summary,
    version,
    files,
    body: received.pictures.reduce(withPicture, sent["body"] ?? ""),
    pictureAlt: isKept ? "" : (sent["pictureAlt"] ?? ""),
  };
}

/** The text with a picture at its end, written as the rest of it is. */
function withPicture(body: string, { id, alt }: { id: string; alt: string }): string {
  const src = FILE_PATH + id;
  if (isHtml(body)) return `${body}<img src="${src}">`;
  return `${body.trimEnd()}\n\n![${alt.replace(/[[\]\n]/g, "")}](${src})`.trimStart();
}
