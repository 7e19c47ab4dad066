import type { PaymentNotice } from "#src/bank/find-notice.ts";
import { noticeStateNow } from "#src/bank/notice-state.ts";
import {
  type CalendarDate,
  daysBetween,
  formatDayInSentence,
  formatShanghaiTime,
  shanghaiDate,
} from "#src/kernel/calendar-date.ts";
import type { Application } from "./find-application.ts";

/** The state of an application before its payment notice is paid, the same in every business that asks for money. */
const AWAITING_PAYMENT = "awaiting-payment";

/** The application's state, with a notice past its last day told as expired before the sweep says so. */
export function stateByNotice(
  { state }: Pick<Application, "state">,
  notice: Pick<PaymentNotice, "state" | "expiresOn" | "lockedUntil">,
  now: Date,
): string {
  if (state !== AWAITING_PAYMENT) return state;
  const noticeState = noticeStateNow(notice, { today: shanghaiDate(now), at: now });
  return noticeState === "expired" ? "expired" : AWAITING_PAYMENT;
}

/** What was said with the last step into a state; empty where there was none. */
export function remarkOf({ events }: Pick<Application, "events">, toState: string): string {
  return events.findLast((event) => event.toState === toState)?.remark ?? "";
}

/** What the fund centre wants to be put right, line by line: the remark of the step that sent an application back. */
export function askedCorrections(application: Pick<Application, "events">): string[] {
  return remarkOf(application, "correcting")
    .split(/\n+/)
    .filter((line) => line.trim() !== "");
}

/** The small print of a step that was taken: when it was, and what was said with it. */
export function stepDetail(at: Date, remark: string): string {
  return [formatShanghaiTime(at), remark].filter(Boolean).join("，");
}

/** The words of a last day that the applicant has to keep: 12月8日前（含当天）. */
export function byDay(lastDay: CalendarDate): string {
  return `${formatDayInSentence(lastDay)}前（含当天）`;
}

/** How long there is still time to go to the bank, up to and including the last day. */
export function timeLeft(lastDay: CalendarDate, now: Date): string {
  const days = daysBetween(shanghaiDate(now), lastDay);
  return days === 0 ? "今天是最后一天" : `还有 ${days} 天`;
}

/** Our promise at the beginning of a sentence, "我们最晚 12月8日办好，"; empty where nothing is promised. */
export function promiseWords({ promisedOn }: Pick<Application, "promisedOn">): string {
  return promisedOn === null ? "" : `我们最晚 ${formatDayInSentence(promisedOn)}办好，`;
}
