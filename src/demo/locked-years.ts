import { calendarDate, endOfShanghaiDay } from "#src/kernel/calendar-date.ts";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import { sealYear } from "#src/ledger/locked-years/content.ts";
import { reckonChecked } from "#src/ledger/locked-years/prepare-year.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";

/** The years that the demonstration comes with, each locked on a day of the January after it. */
const LOCKED_YEARS = [2024, 2025];
const DAY_OF_LOCKING = "01-20";
const PREPARED_BEFORE_MS = 10 * 3_600_000;
const LOCKED_BEFORE_MS = 8 * 3_600_000;

/**
 * Makes the city's book of the demonstration, and locks its years as two people would have. A year that is locked
 * already stays as it is, also when the city has grown since: the pages say how its books differ by now.
 */
export async function seedLockedYears(owner: Db, now: Date): Promise<void> {
  await catchUpCityBook(owner, now);
  for (const year of LOCKED_YEARS) {
    await owner
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute((tx) => lockOnce(tx, year, now));
  }
}

async function lockOnce(tx: Tx, year: number, now: Date): Promise<void> {
  const known = await tx
    .selectFrom("prepared_year")
    .where("year", "=", year)
    .select("id")
    .executeTakeFirst();
  const staff = await tx
    .selectFrom("staff_member")
    .where("username", "in", ["finance-demo", "approver-demo"])
    .orderBy("username", "desc")
    .select("id")
    .execute();
  const [preparer, locker] = staff;
  if (known !== undefined || preparer === undefined || locker === undefined) return;
  const content = await reckonChecked(tx, { year, policy: "open", now });
  if (content === null) return;
  const { text, hash } = sealYear(content);
  const evening = endOfShanghaiDay(calendarDate(`${year + 1}-${DAY_OF_LOCKING}`)).getTime();
  const { id } = await tx
    .insertInto("prepared_year")
    .values({
      year,
      content: text,
      content_hash: hash,
      prepared_by: preparer.id,
      prepared_at: new Date(evening - PREPARED_BEFORE_MS),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("locked_year")
    .values({
      prepared_year_id: id,
      year,
      version: 1,
      locked_by: locker.id,
      locked_at: new Date(evening - LOCKED_BEFORE_MS),
    })
    .execute();
}
