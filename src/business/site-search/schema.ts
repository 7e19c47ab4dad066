import { z } from "zod";
import { cleanText } from "#src/kernel/typed-text.ts";

/** Longer is no question but a pasted text; what follows is not looked at. */
const TYPED_MAX = 100;

const query = z.object({
  q: z
    .string()
    .transform((text) => cleanText(text.replace(/\s+/gu, " ")).slice(0, TYPED_MAX))
    .catch(""),
  kind: z.string().max(8).catch(""),
  page: z
    .string()
    .regex(/^[1-9][0-9]{0,4}$/)
    .transform(Number)
    .catch(1),
});

/** What is looked for, in which kind of page ("" in all), and which page of the results. */
export type SiteQuery = z.infer<typeof query>;

/** Reads what stands behind the `?`; whatever cannot be read, and a kind that there is not, is left out. */
export function readSiteQuery(asked: Record<string, string>, kinds: readonly string[]): SiteQuery {
  const read = query.parse({ q: asked["q"], kind: asked["kind"], page: asked["page"] });
  return { ...read, kind: kinds.includes(read.kind) ? read.kind : "" };
}

/** Writes the address of a search, without what goes without saying. */
export function searchHref({ q, kind, page }: SiteQuery): string {
  const params = new URLSearchParams({ q });
  if (kind !== "") params.set("kind", kind);
  if (page > 1) params.set("page", `${page}`);
  return `/search?${params}`;
}
