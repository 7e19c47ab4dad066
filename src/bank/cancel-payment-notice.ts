import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { type NoticeState, noticeStateNow } from "./notice-state.ts";

/**
 * Cancels a notice that still waits for its money and that no desk holds. Answers what it was: only after
 * `issued` is it cancelled, anything else stays as it is.
 */
export async function cancelPaymentNotice(tx: Tx, no: string, now: Date): Promise<NoticeState> {
  const notice = await tx
    .selectFrom("payment_notice")
    .select(["state", "expires_on", "locked_until"])
    .where("no", "=", no)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const state = noticeStateNow(
    { state: notice.state, expiresOn: notice.expires_on, lockedUntil: notice.locked_until },
    { today: shanghaiDate(now), at: now },
  );
  if (state !== "issued") return state;
  await tx
    .updateTable("payment_notice")
    .set({ state: "cancelled", locked_by: null, locked_until: null })
    .where("no", "=", no)
    .execute();
  return state;
}
