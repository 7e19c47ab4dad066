import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";

/** Few enough that one sweep holds its row locks for a moment only; the next sweep takes the rest. */
const NOTICES_PER_SWEEP = 500;

/**
 * Writes down which notices are past their last day and answers with their numbers. A notice that a desk
 * still holds is left: its money may be on the counter.
 */
export async function expirePaymentNotices(
  tx: Tx,
  at: { today: CalendarDate; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ no: string }>`
    update payment_notice set state = 'expired', locked_by = null, locked_until = null
      where no in (select no from payment_notice
        where state in ('issued', 'locked') and expires_on < ${at.today}::date
          and (locked_until is null or locked_until <= ${at.now})
        order by no limit ${NOTICES_PER_SWEEP} for update skip locked)
      returning no`.execute(tx);
  return rows.map((row) => row.no);
}
