import type { Context } from "hono";
import { readOwnPath } from "./own-path.ts";

/** The page of ours from which a form was sent, as its browser names it; null where it names none, or another site. */
export function readFormPage(c: Context, publicUrl: string): string | null {
  const referer = c.req.header("referer");
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { origin, host, pathname, search } = new URL(referer);
  if (origin !== new URL(publicUrl).origin && host !== c.req.header("host")) return null;
  return readOwnPath(pathname + search);
}
