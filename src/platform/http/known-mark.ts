import type { Visit } from "./visit.ts";

/** Decides whether the reader has an answer already (If-None-Match, compared weakly as RFC 9110 asks). */
export function isKnown(visit: Visit, etag: string): boolean {
  const marks = (visit.c.req.header("if-none-match") ?? "").split(",").map((one) => one.trim());
  return marks.some((one) => one === "*" || withoutWeak(one) === withoutWeak(etag));
}

function withoutWeak(etag: string): string {
  return etag.replace(/^W\//, "");
}
