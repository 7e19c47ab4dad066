import { z } from "zod";
import { BadRequest } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { receiveForm } from "#src/platform/uploads/receive-form.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { documentCodeOf, documentField, REMOVE_BUTTON, UPLOAD_BUTTON } from "./document-rules.ts";
import { removeDraft } from "./remove-draft.ts";
import { type DocumentStoring, storeDocument } from "./store-document.ts";

/** What the reading of a form with documents needs. */
export interface UploadDeps extends DocumentStoring {
  limit: LimitVisit;
}

/** A form with documents, as it was sent. */
export interface UploadForm {
  /** Every field that is no file. */
  sent: SentForm;
  /** What was wrong with files, by field; the good ones are stored already. */
  fileErrors: FormErrors;
  /** What is worth knowing and no error, by field: a file that was there already. */
  fileNotes: FormErrors;
  /**
   * The visitor pressed 上传 or 删除, not the form's own button: show the form again with what he typed (200,
   * or 422 when there are fileErrors) and judge nothing else.
   */
  isOnlyFiles: boolean;
}

const submissionKey = z.uuid();

/**
 * Reads a posted form whose files are supporting documents: `submissionKey` comes before the files, a file
 * stands in a field `document-<code>`. Files are stored as drafts of this browser and this form while they
 * arrive, so that they are kept when the form has other errors. An urlencoded form is read like any other.
 */
export async function readUploadForm(deps: UploadDeps, visit: Visit): Promise<UploadForm> {
  const type = (visit.c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const words: FileWords = { fileErrors: {}, fileNotes: {} };
  const sent =
    type === "multipart/form-data" ? await receiveFiles(deps, visit, words) : await readForm(visit);
  const removed = sent[REMOVE_BUTTON];
  if (removed !== undefined) await removeOne(deps, visit, sent, removed);
  const isOnlyFiles = removed !== undefined || sent[UPLOAD_BUTTON] !== undefined;
  return { sent, ...words, isOnlyFiles };
}

interface FileWords {
  fileErrors: Record<string, string>;
  fileNotes: Record<string, string>;
}

async function receiveFiles(deps: UploadDeps, visit: Visit, words: FileWords): Promise<SentForm> {
  const browserHash = visit.ensureBrowser();
  return await receiveForm(visit, {
    folder: deps.uploads.incoming,
    beforeFile: async (field, fields) => {
      const isOurs = submissionKey.safeParse(fields["submissionKey"]).success;
      if (!isOurs || documentCodeOf(field) === null) {
        throw new BadRequest("这张表单不完整，请返回页面重新上传");
      }
      await deps.limit(visit, "upload");
    },
    onFile: async (file, fields) => {
      const code = documentCodeOf(file.field) ?? "";
      const key = fields["submissionKey"] ?? "";
      const draft = { submissionKey: key, browserHash, code, now: visit.now };
      const outcome = await storeDocument(deps, file, draft);
      const field = documentField(code);
      if (outcome.kind === "refused") {
        addWords(words.fileErrors, field, file.name, outcome.sentence);
      } else if (outcome.kind === "repeat") {
        addWords(words.fileNotes, field, file.name, "已经上传过了，只保留一份");
      }
    },
  });
}

/** Several files of one field may be wrong; the sentence says which. */
function addWords(errors: Record<string, string>, field: string, name: string, sentence: string) {
  const line = `“${[...name].slice(0, 40).join("")}”：${sentence}`;
  errors[field] = errors[field] === undefined ? line : `${errors[field]}；${line}`;
}

async function removeOne(deps: UploadDeps, visit: Visit, sent: SentForm, id: string) {
  const key = submissionKey.safeParse(sent["submissionKey"]);
  const document = z.uuid().safeParse(id);
  if (!key.success || !document.success) {
    throw new BadRequest("这张表单不完整，请返回页面重新操作");
  }
  const browserHash = visit.findBrowser();
  // Somebody who pressed twice, or whose draft was swept, finds what he wanted: it is gone.
  if (browserHash !== null) {
    await removeDraft(deps, { id: document.data, browserHash, submissionKey: key.data });
  }
}
