import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/** One page, file or article as a search over the site finds it. Nothing in it is personal. */
export interface SiteEntry {
  href: string;
  kind: "办事指南" | "资料下载" | "政策";
  title: string;
  /** All words that may be looked for, plain. */
  text: string;
  date: CalendarDate;
}
