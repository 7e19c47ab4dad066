import { Readable } from "node:stream";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { Bytes } from "#src/platform/uploads/sealed-file.ts";

/** Nothing in a document runs in our origin, whatever a browser takes it for. */
const INERT = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

/**
 * Answers with a document as it is kept. A picture, which we wrote anew ourselves, opens in the browser; a
 * PDF is saved, never shown in our origin. Its name goes by RFC 6266, so that any sign may be in it.
 */
export function sendDocument(
  visit: Visit,
  document: Pick<StoredDocument, "mediaType" | "name">,
  content: Bytes,
  options: { isSaved?: boolean } = {},
): Response {
  const { c } = visit;
  const isInline = document.mediaType !== "application/pdf" && options.isSaved !== true;
  const name = encodeURIComponent(document.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  c.header("content-type", document.mediaType);
  c.header(
    "content-disposition",
    `${isInline ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
  );
  c.header("content-security-policy", INERT);
  c.header("x-content-type-options", "nosniff");
  c.header("cache-control", "private, no-store");
  return c.body(Readable.toWeb(Readable.from(content)) as ReadableStream, 200);
}
