import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keepNewest } from "#src/kernel/keep-newest.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { PICTURE_LIMITS, type SentFile } from "./news-files.ts";

/** Some five megabytes of pictures. */
const PICTURES_KEPT = 40;

/** Answers with a picture as light as one that comes today is kept. */
export type Lighten = (id: string, sent: SentFile) => Promise<SentFile>;

type Lighter = Pick<SentFile, "media_type" | "content"> | null;

/**
 * Makes pictures light that were kept before they were made so when they came: at their first reader, once for all who
 * ask. The newest few stay in memory; what stands in the database never changes. One is made at a time, since uploads
 * wait for the same inspector: meanwhile the others go out as they are, as does one that cannot be made lighter.
 */
export function lightenPictures(
  uploads: Pick<Uploads, "incoming" | "inspector">,
  most = PICTURES_KEPT,
): Lighten {
  const kept = new Map<string, Promise<Lighter>>();
  let isBusy = false;
  const make = async (content: Buffer): Promise<Lighter> => {
    isBusy = true;
    try {
      return await rewrite(uploads, content);
    } finally {
      isBusy = false;
    }
  };
  return async (id, sent) => {
    if (sent.kind !== "picture" || sent.content.length <= PICTURE_LIMITS.bytesMax) return sent;
    const known = kept.get(id);
    if (known === undefined && isBusy) return sent;
    const light = known ?? make(sent.content);
    keepNewest(kept, id, light, most);
    try {
      return { ...sent, ...(await light) };
    } catch {
      // The inspector has too much to do or is closing; the next reader tries again.
      if (kept.get(id) === light) kept.delete(id);
      return sent;
    }
  };
}

async function rewrite(
  { incoming, inspector }: Pick<Uploads, "incoming" | "inspector">,
  content: Buffer,
): Promise<Lighter> {
  const path = join(incoming, `light-${randomUUID()}`);
  const keptPath = `${path}.kept`;
  try {
    await writeFile(path, content, { mode: 0o600 });
    const made = await inspector.rewritePicture(path, keptPath, PICTURE_LIMITS);
    if (made.kind !== "picture") return null;
    const light = await readFile(keptPath);
    return light.length < content.length ? { media_type: made.mediaType, content: light } : null;
  } finally {
    await rm(path, { force: true });
    await rm(keptPath, { force: true });
  }
}
