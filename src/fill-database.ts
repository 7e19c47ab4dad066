import { sql } from "kysely";
import { settleDemonstrationAccounts } from "#src/demo/demonstration-accounts.ts";
import { seedDemonstration } from "#src/demo/seed-demonstration.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Config } from "#src/platform/config.ts";
import { type Db, openDatabase } from "#src/platform/database/client.ts";
import type { ConnectedDatabase } from "#src/platform/database/connect.ts";
import type { Log } from "#src/platform/log.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { loadReferenceData } from "#src/register/districts.ts";
import { findMissingYears, missingYearSentence } from "#src/register/work-calendar.ts";

const DEMONSTRATION_HOUSES = 5_000;

/** Loads the divisions on the first start, and in the demonstration the synthetic city. */
export async function fillRegister(
  config: Config,
  log: Log,
  clock: Clock,
  database: ConnectedDatabase,
  personalData: PersonalData,
): Promise<void> {
  const { rows } = await sql<{
    districts: boolean;
    people: boolean;
    places: boolean;
    houses: bigint;
  }>`
    select exists (select from district where effective_from < '2026-01-01') as districts,
      exists (select from institution where is_demonstration) as people,
      exists (select from service_window) as places,
      (select count(*) from (select 1 from house limit ${DEMONSTRATION_HOUSES}) found) as houses`.execute(
    database.db,
  );
  const isCityThere =
    rows[0]?.people && rows[0].places && rows[0].houses >= BigInt(DEMONSTRATION_HOUSES);
  const isCityMissing = config.isDemo && !isCityThere;
  if (rows[0]?.districts && !isCityMissing) return;
  const owner = openDatabase(database.ownerAddress, { max: 2 });
  try {
    await loadReferenceData(owner.db);
    if (!isCityMissing) return;
    log.info("building the demonstration city");
    const { ownerConnection } = database;
    const houses = DEMONSTRATION_HOUSES;
    await seedDemonstration({ owner: owner.db, ownerConnection, personalData, houses, clock });
  } finally {
    await owner.close();
  }
}

/** Whatever mode filled the database: what the demonstration's public password opens is decided at each start. */
export async function settleAccounts(
  config: Config,
  log: Log,
  database: ConnectedDatabase,
): Promise<void> {
  const owner = openDatabase(database.ownerAddress, { max: 1 });
  try {
    const closed = await settleDemonstrationAccounts(owner.db, config.isDemo);
    if (closed > 0) log.warn({ closed }, "closed the demonstration's accounts");
  } finally {
    await owner.close();
  }
}

/** Promised days are counted by the calendar: the operator hears of a year that nobody has entered. */
export async function warnOfCalendar(db: Db, log: Log, now: Date): Promise<void> {
  for (const year of await findMissingYears(db, shanghaiDate(now))) {
    log.warn({ year }, missingYearSentence(year));
  }
}
