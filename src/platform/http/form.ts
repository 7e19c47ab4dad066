import { BadRequest, TooLarge } from "./errors.ts";
import type { Visit } from "./visit.ts";

/** Room for every field of a form filled with ten thousand Chinese characters, and nothing more. */
const FORM_BYTES_MAX = 1_048_576;
const FIELDS_MAX = 100;

/** A form as it was sent: one text for each field. */
export type SentForm = Readonly<Record<string, string>>;

/**
 * Reads a posted form. Refuses with 400 what no browser sends for a form of ours (another content type, a field twice,
 * a hundred fields), with 413 more than 1 MiB.
 */
export async function readForm(visit: Visit): Promise<SentForm> {
  return (await readListForm(visit, { name: "", max: 0 })).sent;
}

/** A form in which one field may be sent many times: what was ticked of a list. */
export interface SentListForm {
  sent: SentForm;
  list: readonly string[];
}

/** Reads a posted form like `readForm`, with the values of the one field that repeats, `max` at most. */
export async function readListForm(
  visit: Visit,
  repeated: { name: string; max: number },
): Promise<SentListForm> {
  const { req } = visit.c;
  const type = (req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new BadRequest("提交的内容不是表单，请从页面上填写后提交");
  }
  if (Number.parseInt(req.header("content-length") ?? "0", 10) > FORM_BYTES_MAX) {
    throw new TooLarge("您填的内容太长，请返回上一页删减后再提交");
  }
  const text = await readBounded(req.raw);
  const form: Record<string, string> = Object.create(null);
  const list: string[] = [];
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === repeated.name && list.length < repeated.max) {
      list.push(value);
      continue;
    }
    count += 1;
    if (count > FIELDS_MAX || name in form) {
      throw new BadRequest("提交的表单有重复或多余的内容，请返回页面重新填写");
    }
    form[name] = value;
  }
  return { sent: form, list };
}

async function readBounded(request: Request): Promise<string> {
  if (request.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > FORM_BYTES_MAX) throw new TooLarge("您填的内容太长，请返回上一页删减后再提交");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
