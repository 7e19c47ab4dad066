import { z } from "zod";
import { NotFound } from "#src/platform/http/errors.ts";
import { file } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { Lighten } from "./light-pictures.ts";
import type { SentFile } from "./news-files.ts";

/** Answers with a picture, light, or a file to save, where `find` lets the visitor have it. */
export async function sendFile(
  visit: Visit,
  find: (id: string) => Promise<SentFile | null>,
  lighten: Lighten,
): Promise<Response> {
  const id = z.uuid().safeParse(visit.c.req.param("file"));
  if (!id.success) throw new NotFound();
  const found = await find(id.data);
  if (found === null) throw new NotFound();
  const { content, media_type: mediaType, name, kind } = found;
  if (kind === "file") return file(visit, content, { mediaType, name, isInline: false });
  // Its content never changes, but it may be withdrawn: a browser that has it asks whether it may show it still.
  const kept = { "cache-control": "private, no-cache", etag: `"${id.data}"` };
  const isKnown = visit.c.req.header("if-none-match") === kept.etag;
  const light = isKnown ? found : await lighten(id.data, found);
  const answer = isKnown
    ? visit.c.body(null, 304)
    : file(visit, light.content, { mediaType: light.media_type, name, isInline: true });
  for (const [header, value] of Object.entries(kept)) answer.headers.set(header, value);
  return answer;
}
