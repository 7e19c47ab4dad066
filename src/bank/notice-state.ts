import type { Selectable } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { PaymentNoticeTable } from "#src/platform/database/tables/bank.ts";

export type NoticeState = Selectable<PaymentNoticeTable>["state"];

/**
 * Decides what a payment notice is at this moment: past its last day it is expired, and a lock whose
 * lease ran out no longer holds, whether or not the sweep has written it down yet.
 */
export function noticeStateNow(
  notice: { state: NoticeState; expiresOn: CalendarDate; lockedUntil: Date | null },
  now: { today: CalendarDate; at: Date },
): NoticeState {
  if (notice.state !== "issued" && notice.state !== "locked") return notice.state;
  const isHeld =
    notice.state === "locked" && notice.lockedUntil !== null && notice.lockedUntil > now.at;
  if (isHeld) return "locked";
  return notice.expiresOn < now.today ? "expired" : "issued";
}
