import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGzip, gzipSync } from "node:zlib";
import { isKnown } from "./known-mark.ts";
import type { Visit } from "./visit.ts";

/** A page is worth compressing from about one network packet on. */
const COMPRESS_FROM_BYTES = 1_400;

/** Compressing more than this beside everything else keeps others from waiting. */
const COMPRESS_AT_ONCE_BYTES_MAX = 1_048_576;

/** What a shared cache or the browser's history may keep of an answer. */
export type Caching = "nothing" | "revalidate";

/** Answers with a page, compressed as the browser accepts it. `nothing` is for what is somebody's own. */
export function page(visit: Visit, html: string, status = 200, caching: Caching = "nothing") {
  visit.c.header("content-type", "text/html; charset=utf-8");
  return body(visit, Buffer.from(html), status, caching);
}

/** Answers with JSON. Money in it is a string. */
export function json(visit: Visit, value: unknown, status = 200) {
  visit.c.header("content-type", "application/json; charset=utf-8");
  return body(visit, Buffer.from(JSON.stringify(value)), status, "nothing");
}

/** Answers with XML that other programs read again and again, a feed, a site map, or with 304 when they have it. */
export function xml(visit: Visit, text: string, mediaType: `application/${string}`) {
  const etag = markOf(text);
  visit.c.header("etag", etag);
  if (isKnown(visit, etag)) {
    visit.c.header("cache-control", "no-cache");
    return visit.c.body(null, 304);
  }
  visit.c.header("content-type", `${mediaType}; charset=utf-8`);
  return body(visit, Buffer.from(text), 200, "revalidate");
}

/**
 * Pages are made for each visitor, so what compressing costs counts: gzip at this level takes half the
 * time of brotli for a tenth more bytes. Style sheet and script are compressed harder, once, at start.
 */
const GZIP_LEVEL = 5;

function body(visit: Visit, bytes: Buffer, status: number, caching: Caching) {
  const { c } = visit;
  c.header("cache-control", caching === "nothing" ? "no-store" : "no-cache");
  c.header("vary", "accept-encoding, cookie");
  if (bytes.length < COMPRESS_FROM_BYTES || !acceptsGzip(visit)) {
    return c.body(view(bytes), status as 200);
  }
  c.header("content-encoding", "gzip");
  if (bytes.length > COMPRESS_AT_ONCE_BYTES_MAX) {
    const zip = createGzip({ level: GZIP_LEVEL });
    zip.end(bytes);
    return c.body(Readable.toWeb(zip) as ReadableStream, status as 200);
  }
  return c.body(view(gzipSync(bytes, { level: GZIP_LEVEL })), status as 200);
}

function acceptsGzip(visit: Visit): boolean {
  return /\bgzip\b/.test(visit.c.req.header("accept-encoding") ?? "");
}

/** A page that many visitors get alike: compressed once, and known again by its mark. */
export interface SharedPage {
  plain: Buffer;
  gzip: Buffer;
  etag: string;
}

/** Makes a page ready to be sent many times. */
export function sharePage(html: string): SharedPage {
  const plain = Buffer.from(html);
  return { plain, gzip: gzipSync(plain, { level: 9 }), etag: markOf(plain) };
}

/** The mark of a content, whatever it is compressed by. */
function markOf(content: string | Buffer): string {
  return `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
}

/** Answers with a shared page, or with 304 when the browser has it already. */
export function sendSharedPage(visit: Visit, shared: SharedPage) {
  const { c } = visit;
  c.header("content-type", "text/html; charset=utf-8");
  c.header("cache-control", "no-cache");
  c.header("vary", "accept-encoding, cookie");
  c.header("etag", shared.etag);
  if (c.req.header("if-none-match") === shared.etag) return c.body(null, 304);
  if (!acceptsGzip(visit)) return c.body(view(shared.plain), 200);
  c.header("content-encoding", "gzip");
  return c.body(view(shared.gzip), 200);
}

/** Answers with a file. `inline` opens in the browser, otherwise it is saved under its name. */
export function file(
  visit: Visit,
  bytes: Uint8Array,
  options: { mediaType: string; name: string; isInline: boolean },
) {
  const { c } = visit;
  const disposition = options.isInline ? "inline" : "attachment";
  c.header("content-type", options.mediaType);
  c.header(
    "content-disposition",
    `${disposition}; filename*=UTF-8''${encodeURIComponent(options.name)}`,
  );
  c.header("cache-control", "no-store");
  return c.body(view(bytes), 200);
}

/** Answers with a file that is made while it is sent; its length is not known beforehand. */
export function fileStream(
  visit: Visit,
  stream: ReadableStream<Uint8Array>,
  options: { mediaType: string; name: string },
) {
  const { c } = visit;
  c.header("content-type", options.mediaType);
  c.header(
    "content-disposition",
    `attachment; filename*=UTF-8''${encodeURIComponent(options.name)}`,
  );
  c.header("cache-control", "no-store");
  return c.body(stream, 200);
}

/**
 * Answers with open data that is made while it is sent, or with 304 when the reader has it already: `etag` changes with
 * whatever the data say. Anybody's program may read it, from any site.
 */
export function openData(
  visit: Visit,
  stream: () => ReadableStream<Uint8Array>,
  options: { mediaType: string; name: string | null; etag: string },
) {
  const { c } = visit;
  c.header("content-type", options.mediaType);
  c.header("cache-control", "no-cache");
  c.header("access-control-allow-origin", "*");
  c.header("etag", options.etag);
  if (c.req.header("if-none-match") === options.etag) return c.body(null, 304);
  if (options.name !== null) {
    c.header(
      "content-disposition",
      `attachment; filename*=UTF-8''${encodeURIComponent(options.name)}`,
    );
  }
  return c.body(stream(), 200);
}

/** Sends the browser on after an act, so that a reload does not repeat it. */
export function seeOther(visit: Visit, location: string) {
  visit.c.header("cache-control", "no-store");
  return visit.c.redirect(location, 303);
}

function view(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
