import { z } from "zod";
import { NotFound } from "#src/platform/http/errors.ts";
import { file } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";

/** A picture or file of an article, as it is sent. */
interface SentFile {
  kind: "picture" | "file";
  name: string;
  media_type: string;
  content: Buffer;
}

/** Answers with a picture or a file to save, where `find` lets the visitor have it. */
export async function sendFile(
  visit: Visit,
  find: (id: string) => Promise<SentFile | null>,
): Promise<Response> {
  const id = z.uuid().safeParse(visit.c.req.param("file"));
  const found = id.success ? await find(id.data) : null;
  if (found === null) throw new NotFound();
  const { content, media_type: mediaType, name, kind } = found;
  const answer = file(visit, content, { mediaType, name, isInline: kind === "picture" });
  // Its content never changes; what is withdrawn is gone for new visitors at once and for others within the hour.
  if (kind === "picture") answer.headers.set("cache-control", "private, max-age=3600");
  return answer;
}
