import { type CalendarDate, daysBetween } from "#src/kernel/calendar-date.ts";

/** How an application stands to its promised day; also what the counters of the queue filter by. */
export type DeadlineBucket = "overdue" | "today" | "within";

export const DEADLINE_BUCKETS = ["overdue", "today", "within"] as const;

/** A deadline as the desk shows it: word, mark and hue say the same. */
export interface DeadlineWords {
  bucket: DeadlineBucket;
  words: string;
  tone: "bad" | "wait" | "mute";
  mark: "square" | "triangle" | "full";
}

/** Says how many days are left until the promised day; the day itself still counts as in time. */
export function deadlineWords(promisedOn: CalendarDate | null, today: CalendarDate): DeadlineWords {
  const left = promisedOn === null ? null : daysBetween(today, promisedOn);
  if (left === null) return { bucket: "within", words: "没有时限", tone: "mute", mark: "full" };
  if (left < 0) {
    return { bucket: "overdue", words: `超期 ${-left} 天`, tone: "bad", mark: "square" };
  }
  if (left === 0) return { bucket: "today", words: "今天到期", tone: "wait", mark: "triangle" };
  return { bucket: "within", words: `还有 ${left} 天`, tone: "mute", mark: "full" };
}
