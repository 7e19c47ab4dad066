import { isKnown } from "./known-mark.ts";
import type { Visit } from "./visit.ts";

/** A file that everybody gets alike and that is known by its content. */
export interface PublicFile {
  mediaType: string;
  name: string;
  sizeBytes: number;
  /** Of its content, in hexadecimal. */
  sha256: string;
}

/** What of a file is answered, decided from the request alone. */
export type FilePart =
  | { kind: "unchanged" | "head" | "whole" | "unsatisfiable" }
  | { kind: "range"; first: number; last: number };

/**
 * Decides what of a file is asked for (RFC 9110): nothing where the browser has it (If-None-Match), its head, one range
 * of bytes, or all of it. Several ranges, and a range of an older content (If-Range), are answered with all of it.
 */
export function readFilePart(visit: Visit, file: PublicFile): FilePart {
  const { req } = visit.c;
  const etag = etagOf(file);
  if (isKnown(visit, etag)) return { kind: "unchanged" };
  if (req.method === "HEAD") return { kind: "head" };
  const [, first = "", last = ""] =
    /^bytes=\s*([0-9]{0,15})-([0-9]{0,15})\s*$/i.exec(req.header("range") ?? "") ?? [];
  const isSame = (req.header("if-range") ?? etag) === etag;
  if (!isSame || (first === "" && last === "")) return { kind: "whole" };
  return readRange(first, last, file.sizeBytes);
}

function readRange(first: string, last: string, size: number): FilePart {
  const [from, until] =
    first === ""
      ? [size - Math.min(Number.parseInt(last, 10), size), size - 1]
      : [Number.parseInt(first, 10), last === "" ? size - 1 : Number.parseInt(last, 10)];
  // A range that ends before it begins is none, and a header that says nothing is not looked at.
  if (first !== "" && until < from && last !== "") return { kind: "whole" };
  if (from >= size) return { kind: "unsatisfiable" };
  return { kind: "range", first: from, last: Math.min(until, size - 1) };
}

/** Tells whether whoever gets this part takes the file: a download that goes on later is one download. */
export function isTaken(part: FilePart): boolean {
  return part.kind === "whole" || (part.kind === "range" && part.first === 0);
}

/** Answers with a part of a file to save. Of the content nothing is looked at where no byte of it is sent. */
export function sendFilePart(
  visit: Visit,
  file: PublicFile,
  part: FilePart,
  content: Uint8Array,
): Response {
  const { c } = visit;
  c.header("etag", etagOf(file));
  c.header("cache-control", "no-cache");
  c.header("accept-ranges", "bytes");
  if (part.kind === "unchanged") return c.body(null, 304);
  if (part.kind === "unsatisfiable") {
    c.header("content-range", `bytes */${file.sizeBytes}`);
    return c.body(null, 416);
  }
  c.header("content-type", file.mediaType);
  c.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  const { first, last } = part.kind === "range" ? part : { first: 0, last: file.sizeBytes - 1 };
  c.header("content-length", String(last - first + 1));
  if (part.kind === "head") return c.body(null, 200);
  if (part.kind === "range") c.header("content-range", `bytes ${first}-${last}/${file.sizeBytes}`);
  const bytes = new Uint8Array(content.subarray(first, last + 1));
  return c.body(bytes, part.kind === "range" ? 206 : 200);
}

function etagOf({ sha256 }: PublicFile): string {
  return `"${sha256}"`;
}
