import { z } from "zod";
import { aboutDocument } from "#src/applications/documents/document-fields.tsx";
import { documentField } from "#src/applications/documents/document-rules.ts";
import { findDraft } from "#src/applications/documents/find-document.ts";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { removeDraft } from "#src/applications/documents/remove-draft.ts";
import {
  listDocuments,
  type StoredDocument,
  storeKeyOf,
} from "#src/applications/documents/stored-document.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { json } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { sendDocument } from "./send-document.ts";

/** 要件: what a browser does with the files of a form that it is still filling in. */
export function supportingDocumentsRoutes(deps: UploadDeps): Route[] {
  return [
    {
      method: "POST",
      path: "/documents",
      permission: "anyone",
      audit: "document-uploaded",
      handle: (visit) => upload(deps, visit),
    },
    {
      method: "GET",
      path: "/documents/:id",
      permission: "anyone",
      audit: null,
      handle: (visit) => showOwn(deps, visit),
    },
    {
      method: "POST",
      path: "/documents/:id/remove",
      permission: "anyone",
      audit: "document-removed",
      handle: (visit) => remove(deps, visit),
    },
  ];
}

/** Stores the files of one field while the form is still open, and answers with what the form then has. */
async function upload(deps: UploadDeps, visit: Visit): Promise<Response> {
  const { sent, fileErrors, fileNotes } = await readUploadForm(deps, visit);
  const submissionKey = z.uuid().safeParse(sent["submissionKey"]);
  if (!submissionKey.success) throw new BadRequest("这张表单不完整，请返回页面重新上传");
  const browserHash = visit.ensureBrowser();
  const owner = { submissionKey: submissionKey.data, browserHash };
  const documents = await listDocuments(deps, owner);
  await recordAudit(deps.db, visit.audit, owner.submissionKey, `${documents.length} files`);
  const isRefused = Object.keys(fileErrors).length > 0;
  return json(
    visit,
    { documents: documents.map(lineOf), errors: fileErrors, notes: fileNotes },
    isRefused ? 422 : 200,
  );
}

function lineOf(document: StoredDocument) {
  const { id, code, name } = document;
  return { id, field: documentField(code), name, about: aboutDocument(document) };
}

async function showOwn(deps: UploadDeps, visit: Visit): Promise<Response> {
  const browserHash = visit.findBrowser();
  const id = visit.c.req.param("id") ?? "";
  const document = browserHash === null ? null : await findDraft(deps, { id, browserHash });
  if (document === null) throw new NotFound();
  const content = await deps.uploads.store.read(storeKeyOf(document));
  return sendDocument(visit, document, content);
}

async function remove(deps: UploadDeps, visit: Visit): Promise<Response> {
  const browserHash = visit.findBrowser();
  const id = z.uuid().safeParse(visit.c.req.param("id"));
  if (browserHash === null || !id.success) throw new NotFound();
  if (!(await removeDraft(deps, { id: id.data, browserHash }))) throw new NotFound();
  await recordAudit(deps.db, visit.audit, id.data, "removed");
  return json(visit, { removed: id.data });
}
