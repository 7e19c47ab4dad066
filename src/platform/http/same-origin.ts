import type { Context } from "hono";

/**
 * Tells whether a posted form came from a page of ours (cross-site request forgery, ASVS 3.5). Browsers
 * send Sec-Fetch-Site or Origin with every form; a request with neither comes from no browser and so
 * carries nobody's cookies but its own.
 */
export function isFromOwnPage(c: Context, publicUrl: URL): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  if (origin === undefined) return true;
  return origin === publicUrl.origin || hostOf(origin) === c.req.header("host");
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
