import { createHash } from "node:crypto";
import type { Clock } from "#src/kernel/clock.ts";
import { cached } from "#src/platform/cached.ts";
import type { SiteText, SiteTextSource } from "#src/platform/site-text.ts";
import { buildSiteIndex, type SiteIndex } from "./search-index.ts";

/** What is published or withdrawn is so in the search after this long at most. */
const READ_MS = 15_000;

/**
 * Keeps the index over all sources: they are read again when somebody searches and the last reading is older
 * than 15 seconds, and the index is built anew only when something in them changed.
 */
export function keepSiteIndex(
  clock: Clock,
  sources: readonly SiteTextSource[],
): () => Promise<SiteIndex> {
  let built: { mark: string; index: SiteIndex } | null = null;
  return cached(clock, READ_MS, async () => {
    const texts = (await Promise.all(sources.map((read) => read()))).flat();
    const mark = markOf(texts);
    if (built?.mark !== mark) built = { mark, index: buildSiteIndex(texts) };
    return built.index;
  });
}

function markOf(texts: readonly SiteText[]): string {
  const hash = createHash("sha256");
  for (const { href, kind, title, text, date } of texts) {
    hash.update(JSON.stringify([href, kind, title, text, date]));
  }
  return hash.digest("base64url");
}
