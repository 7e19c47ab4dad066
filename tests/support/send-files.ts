import type { ChosenFile } from "./document-files.ts";
import type { WebAnswer, WebVisitor } from "./web-visitor.ts";

const BOUNDARY = "----test-boundary-7f3a";

/** Encodes a form with files as a browser does: fields first, then files, in their order. */
export function multipartBody(
  fields: Readonly<Record<string, string>>,
  files: readonly (ChosenFile & { field: string })[],
): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(part(`form-data; name="${name}"`, "", Buffer.from(value)));
  }
  for (const { field, name, content } of files) {
    const quoted = name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
    const disposition = `form-data; name="${field}"; filename="${quoted}"`;
    parts.push(part(disposition, "Content-Type: application/octet-stream\r\n", content));
  }
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

function part(disposition: string, header: string, content: Buffer): Buffer {
  const head = `--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\n${header}\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from("\r\n")]);
}

/** The header that goes with a body of `multipartBody`. */
export const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

/** Posts a form with files. */
export function sendFiles(
  visitor: WebVisitor,
  path: string,
  fields: Readonly<Record<string, string>>,
  files: readonly (ChosenFile & { field: string })[],
): Promise<WebAnswer> {
  return visitor.send("POST", path, MULTIPART, multipartBody(fields, files));
}
