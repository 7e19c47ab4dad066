import { sql } from "kysely";
import { z } from "zod";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { cached } from "#src/platform/cached.ts";
import type { Db } from "#src/platform/database/client.ts";

const percent = z.number().int().min(1).max(100);

const clockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

const schema = z.object({
  /** Below this share of the first deposit a house must top up (Decree 165 art. 17). */
  "top-up-trigger-percent": percent,
  /** A top-up restores the balance to this share of the first deposit: the city's rule. */
  "top-up-target-percent": percent,
  "notice-validity-days": z.number().int().min(1).max(90),
  /** How long the bank pays on a disbursement voucher. */
  "voucher-validity-days": z.number().int().min(1).max(180),
  "lock-lease-minutes": z.number().int().min(1).max(120),
  /** When the fund centre's windows are open on a working day: from, until, in the order of the day. */
  "service-hours": z
    .array(z.tuple([clockTime, clockTime]))
    .min(1)
    .max(4),
});

/** The city's rules in force on one day, each from the newest row that has started by then. */
export type CitySettings = z.infer<typeof schema>;

/** Reads the rules in force on a day. Throws when the city has not set one of them. */
export async function getCitySettings(db: Db, on: CalendarDate): Promise<CitySettings> {
  const { rows } = await sql<{ key: string; value: unknown }>`
    select distinct on (key) key, value from city_setting
      where effective_from <= ${on} order by key, effective_from desc`.execute(db);
  return schema.parse(Object.fromEntries(rows.map((row) => [row.key, row.value])));
}

/** Half of how long a visitor looks at one page: a changed rule is on the next. */
const KEPT_MS = 5_000;

const readers = new WeakMap<Db, Map<CalendarDate, () => Promise<CitySettings>>>();

/**
 * Reads the rules in force on a day for a page that only shows them: as they were at most five seconds ago.
 * Whoever decides by a rule reads it with `getCitySettings`, in the transaction of what is decided.
 */
export async function readCitySettings(db: Db, on: CalendarDate): Promise<CitySettings> {
  const known = readers.get(db)?.get(on);
  const reader =
    known ??
    cached(
      () => new Date(),
      KEPT_MS,
      () => getCitySettings(db, on),
    );
  // One day is kept: yesterday is not asked for again.
  if (known === undefined) readers.set(db, new Map([[on, reader]]));
  return await reader();
}
