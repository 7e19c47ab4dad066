import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";

/** Counts the notices of a house that still wait for their money on a day, batches with it among them. */
export async function countOpenNotices(
  db: Db,
  house: HouseKey,
  today: CalendarDate,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
      from payment_notice_part p join payment_notice n on n.no = p.notice_no
      where p.estate_id = ${house.estateId} and p.house_id = ${house.houseId.toString()}::bigint
        and n.state in ('issued', 'locked') and n.expires_on >= ${today}::date`.execute(db);
  return rows[0]?.count ?? 0;
}
