import type { Visit } from "#src/platform/http/visit.ts";

/**
 * Answers with a sound, or with the part of it that was asked for: some browsers play none whose server does not
 * give parts. A wish that cannot be met as it stands is answered with the whole, as HTTP allows.
 */
export function sendWav(visit: Visit, wav: Buffer): Response {
  const { c } = visit;
  c.header("content-type", "audio/wav");
  c.header("cache-control", "no-store");
  c.header("accept-ranges", "bytes");
  const part = partOf(c.req.header("range"), wav.length);
  if (part === null) return c.body(new Uint8Array(wav), 200);
  const [from, to] = part;
  c.header("content-range", `bytes ${from}-${to}/${wav.length}`);
  return c.body(new Uint8Array(wav.subarray(from, to + 1)), 206);
}

function partOf(range: string | undefined, length: number): [from: number, to: number] | null {
  const [, first = "", last = ""] = /^bytes=(\d{1,9})-(\d{0,9})$/.exec(range ?? "") ?? [];
  if (first === "") return null;
  const from = Number.parseInt(first, 10);
  const to = last === "" ? length - 1 : Math.min(Number.parseInt(last, 10), length - 1);
  return from <= to ? [from, to] : null;
}
