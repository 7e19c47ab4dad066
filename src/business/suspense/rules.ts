import type { SuspenseReason } from "#src/bank/confirm-payment.ts";
import { daysBetween, shanghaiDate } from "#src/kernel/calendar-date.ts";

/** Why money could not be credited, in the words of whoever clears it. */
export const SUSPENSE_REASON_WORDS: Readonly<Record<SuspenseReason, string>> = {
  "already-paid": "这张通知单已经交过款",
  reversed: "这张通知单已经冲正",
  cancelled: "通知单已作废",
  expired: "通知单已过期",
  "house-closed": "房屋已经销户",
  "house-paid-meanwhile": "房屋已凭另一张通知单交清",
};

/** For how many days money has been waiting, in Shanghai's days; 0 for money of today. */
export function daysWaiting(receivedAt: Date, now: Date): number {
  return Math.max(0, daysBetween(shanghaiDate(receivedAt), shanghaiDate(now)));
}
