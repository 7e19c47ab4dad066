import { z } from "zod";
import { DOCUMENT_VIEWED, viewedSubject } from "#src/applications/documents/case-documents.ts";
import { findCaseDocument } from "#src/applications/documents/find-document.ts";
import { type StoredDocument, storeKeyOf } from "#src/applications/documents/stored-document.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { sendDocument } from "./send-document.ts";

/** What showing documents to the fund centre needs. */
export interface ReviewDocumentDeps {
  db: Db;
  personalData: PersonalData;
  uploads: Uploads;
}

/** A4 at 150 dots an inch; who enlarges asks for twice as much. */
const PAGE_WIDTH = 1_240;
const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(9_999),
  width: z.coerce.number().int().min(200).max(2_480).catch(PAGE_WIDTH),
});

/** 要件 beside an application under review: pages as pictures, and the file itself to be saved. */
export function reviewDocumentRoutes(deps: ReviewDocumentDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/review/:number/documents/:document",
      permission: "case-worker",
      audit: "document-saved",
      handle: (visit) => save(deps, visit),
    },
    {
      method: "GET",
      path: "/review/:number/documents/:document/pages/:page",
      permission: "case-worker",
      audit: DOCUMENT_VIEWED,
      handle: (visit) => showPage(deps, visit),
    },
  ];
}

async function save(deps: ReviewDocumentDeps, visit: Visit): Promise<Response> {
  const document = await find(deps, visit);
  await recordAudit(deps.db, visit.audit, subjectOf(visit, document), "saved");
  const content = await deps.uploads.store.read(storeKeyOf(document));
  return sendDocument(visit, document, content, { isSaved: true });
}

/**
 * One page as a picture: a picture as it is kept, which we wrote ourselves, or a page of a PDF drawn by us, so
 * that nothing of a PDF reaches the reader's browser. The look is recorded before anything is shown.
 */
async function showPage(deps: ReviewDocumentDeps, visit: Visit): Promise<Response> {
  const query = pageQuery.safeParse({
    page: visit.c.req.param("page"),
    width: visit.c.req.query("width"),
  });
  const document = await find(deps, visit);
  if (!query.success || query.data.page > document.pageCount) throw new NotFound();
  await recordAudit(
    deps.db,
    visit.audit,
    subjectOf(visit, document),
    `page ${query.data.page} of ${document.pageCount}`,
  );
  const content = await deps.uploads.store.read(storeKeyOf(document));
  if (document.mediaType !== "application/pdf") return sendDocument(visit, document, content);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  const { page, width } = query.data;
  const drawn = await deps.uploads.inspector.drawPage(Buffer.concat(pieces), page, width);
  if (drawn.kind === "refused") throw new NotFound();
  const picture = { mediaType: "image/png", name: `${document.name}-${page}.png` } as const;
  return sendDocument(visit, picture, [drawn.png]);
}

async function find(deps: ReviewDocumentDeps, visit: Visit): Promise<StoredDocument> {
  const { req } = visit.c;
  const document = await findCaseDocument(deps, {
    applicationNumber: req.param("number") ?? "",
    id: req.param("document") ?? "",
  });
  if (document === null) throw new NotFound();
  return document;
}

function subjectOf(visit: Visit, document: StoredDocument): string {
  return viewedSubject(visit.c.req.param("number") ?? "", document.id);
}
