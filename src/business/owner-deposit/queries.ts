import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";

/** Counts the notices of a house that still wait for their money on a day. */
export async function countOpenNotices(
  db: Db,
  house: HouseKey,
  today: CalendarDate,
): Promise<number> {
  const row = await db
    .selectFrom("payment_notice")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .where("state", "in", ["issued", "locked"])
    .where("expires_on", ">=", today)
    .executeTakeFirstOrThrow();
  return Number.parseInt(row.count.toString(), 10);
}
