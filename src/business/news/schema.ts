import { z } from "zod";
import { parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";
import { CATEGORIES } from "./article-states.ts";

const TITLE_LENGTH_MAX = 80;
const SUMMARY_LENGTH_MAX = 200;
const SOURCE_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 200;
/** Twenty times the longest notice of a city so far. */
const BODY_LENGTH_MAX = 200_000;
/** The longest time before which somebody plans an announcement. */
const AHEAD_MS_MAX = 366 * 24 * 3_600_000;

type Context = { addIssue: (issue: { code: "custom"; message: string }) => void };

function refuse(context: Context, message: string) {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

function line(what: string, max: number, isOptional = false) {
  return z.string().transform((text, context) => {
    const clean = cleanText(text);
    if (hasForbiddenCharacters(text)) {
      return refuse(context, `${what}里有不能识别的字符，请重新输入`);
    }
    if (clean === "" && !isOptional) return refuse(context, `请填写${what}`);
    const length = [...clean].length;
    if (length > max) return refuse(context, `${what}有 ${length} 个字，最多 ${max} 个字，请删减`);
    return clean;
  });
}

/** What an editor writes, field by field. The body is cleaned afterwards; here only its length is judged. */
export const articleForm = z.object({
  // Not `title`: a field of that name would hide the form's own.
  headline: line("标题", TITLE_LENGTH_MAX),
  category: z.enum(CATEGORIES, { error: "请选择类别" }),
  source: line("来源", SOURCE_LENGTH_MAX),
  summary: line("摘要", SUMMARY_LENGTH_MAX, true),
  body: z.string().transform((sent, context) => {
    // A browser sends a line's end as two characters, of which nobody typed more than one.
    const text = sent.length > 2 * BODY_LENGTH_MAX ? sent : sent.replace(/\r\n?/g, "\n");
    if (text.trim() === "") return refuse(context, "请填写正文");
    if (text.length > BODY_LENGTH_MAX) {
      return refuse(
        context,
        `正文太长（约 ${Math.ceil(text.length / 10_000)} 万字），最多 ${BODY_LENGTH_MAX / 10_000} 万字。请删减，或把长的内容做成 PDF 附件`,
      );
    }
    return text.toWellFormed();
  }),
});

export type TypedArticle = z.infer<typeof articleForm>;

/** Why an article goes back to its author. */
export const returnForm = z.object({ returnReason: line("退回原因", REASON_LENGTH_MAX) });

/** Why an article is taken down. */
export const withdrawForm = z.object({
  withdrawReason: line("撤下原因", REASON_LENGTH_MAX).refine((text) => [...text].length >= 2, {
    error: "撤下原因至少写 2 个字",
  }),
});

/** What is said in place of a picture that cannot be seen. */
export const pictureAlt = line("图片说明", 120);

/** When an article shall be visible. */
export type PublishTime =
  | { ok: true; at: Date }
  | { ok: false; errors: Readonly<Record<string, string>> };

/** Reads the publish time: at once, or a day and a time of Shanghai that is to come, within a year. */
export function readPublishTime(sent: Readonly<Record<string, string>>, now: Date): PublishTime {
  if (sent["timing"] === "now") return { ok: true, at: now };
  if (sent["timing"] !== "later") return no("timing", "请选择立即发布还是定时发布");
  const day = parseCalendarDate(sent["day"] ?? "");
  if (day === null) return no("day", "请填写发布日期，例如 2027-01-01");
  const time = /^([01]?[0-9]|2[0-3])[:：]([0-5][0-9])$/.exec(
    toHalfWidth(cleanText(sent["time"] ?? "")),
  );
  if (time === null) return no("time", "请填写发布时间，时和分之间用冒号，例如 9:00");
  const at = new Date(`${day}T${(time[1] ?? "").padStart(2, "0")}:${time[2]}:00+08:00`);
  if (at <= now) return no("day", "这个时间已经过去，请改成以后的时间，或选“立即发布”");
  if (at.getTime() - now.getTime() > AHEAD_MS_MAX) return no("day", "最多提前一年定时发布");
  return { ok: true, at };
}

function no(field: string, sentence: string): PublishTime {
  return { ok: false, errors: { [field]: sentence } };
}

/** Reads a whole number out of an address; null for anything else. */
export function readWhole(text: string | undefined): number | null {
  return /^[1-9][0-9]{0,8}$/.test(text ?? "") ? Number.parseInt(text ?? "", 10) : null;
}
