import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";

/** An article of the portal, its body by the convention of the editors' form, or as HTML where that says too little. */
export interface Article {
  category: "政策" | "公示" | "公告" | "通知";
  title: string;
  summary: string;
  body: string;
  source: string;
  publishedOn: CalendarDate;
}

/** The fund centre of the demonstration, as it signs its articles. */
export const CENTRE = "示例市物业专项维修资金管理中心";
/** The housing authority of the demonstration. */
export const AUTHORITY = "示例市住房和城乡建设局";
/** Stands in a body where the picture of the demonstration goes. */
export const PICTURE_PLACE = "［图］";
const CLOSING = "本文为演示内容，所述单位、地点和金额都是示例。";

/** Makes an article of its paragraphs, the first of which is its summary, and says last that it is a demonstration. */
export function article(
  date: string,
  category: Article["category"],
  source: string,
  title: string,
  paragraphs: readonly string[],
): Article {
  const summary = (paragraphs[0] ?? "").replace(/\*\*/g, "");
  const body = [...paragraphs, CLOSING].join("\n\n");
  return { category, title, summary, body, source, publishedOn: calendarDate(date) };
}
