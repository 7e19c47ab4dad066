import pg from "pg";
import {
  type CalendarDate,
  calendarDate,
  compareDates,
  shanghaiDate,
} from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { loadReferenceData } from "#src/register/districts.ts";
import { drawEstate, estateCodeOf, PROMISED_COUNT } from "./city-plan.ts";
import { type ReferenceIds, TABLE_NAMES } from "./estate-rows.ts";
import { seedInstitutions } from "./institutions.ts";
import { seedLocalRules } from "./local-rules.ts";
import { seedLockedYears } from "./locked-years.ts";
import { seedOwners } from "./owners.ts";
import type { EstatePlan } from "./plans.ts";
import { seedPortalContent } from "./portal-content.ts";
import { seedReconciliation } from "./reconciliation.ts";
import { CUSTODY_ACCOUNTS, DISTRICTS, seedReferenceData } from "./reference-data.ts";
import { seedServicePlaces } from "./service-places.ts";
import { seedStaff } from "./staff.ts";
import { seedTellers } from "./tellers.ts";
import { writeEstates } from "./write-estates.ts";

export interface SeedOptions {
  /** As the owner of the tables: the application's role may not load in bulk. */
  owner: Db;
  ownerConnection: pg.ClientConfig;
  personalData: PersonalData;
  /** How many houses the city has at least; estates are whole. */
  houses: number;
  clock: Clock;
  /** The same seed draws the same city on the same day; 1 unless told. */
  seed?: number;
  /** Without the ledger's history a city for search benchmarks is ready sooner. */
  isLedgerWanted?: boolean;
  onProgress?: (progress: { houses: number; of: number }) => void;
}

const BATCH_HOUSES = 2_000;
/** The repairs that the README promises lie before this day, whatever the machine's clock says. */
const HISTORY_END = calendarDate("2026-11-01");

/**
 * Fills a migrated database with the demonstration city 示例市: reference data, tellers, estates in a fixed order
 * until there are as many houses as asked, and the portal's content. Estates that are there are skipped, so
 * a second call with the same number changes nothing and a larger number lets the city grow. Each batch of
 * estates is one transaction: a seeding that was stopped goes on where it ended.
 */
export async function seedDemonstration(options: SeedOptions): Promise<void> {
  const { owner, clock, onProgress } = options;
  await loadReferenceData(owner);
  await seedReferenceData(owner);
  await seedServicePlaces(owner);
  await seedLocalRules(owner);
  await seedTellers(owner);
  await seedStaff(owner);
  const client = new pg.Client(options.ownerConnection);
  client.on("error", () => {}); // the query under way reports it
  await client.connect();
  try {
    const known = await knownEstates(owner);
    const ids = await referenceIds(owner);
    const today = historyEnd(clock());
    const write = { ids, today, personalData: options.personalData };
    const isLedgerWanted = options.isLedgerWanted ?? true;
    let houses = known.houses;
    for (const batch of batchesOf(
      { ...options, houses: options.houses - houses },
      known.codes,
      today,
    )) {
      houses += await writeEstates(client, batch, { ...write, isLedgerWanted });
      onProgress?.({ houses, of: options.houses });
    }
    // Without fresh statistics the first searches would be planned for empty tables.
    if (houses > known.houses) await client.query(`analyze ${TABLE_NAMES.join(", ")}`);
    if (isLedgerWanted) await seedReconciliation(owner, today);
    await seedLockedYears(owner, clock());
    await seedPortalContent(owner);
    await seedOwners(owner, options.personalData, clock());
    // Last: where they are missing, the next start goes on with a seeding that was stopped.
    await seedInstitutions(owner, options.personalData, clock());
  } finally {
    await client.end();
  }
}

/** The last day of the history that a city seeded at this moment gets. */
export function historyEnd(now: Date): CalendarDate {
  const today = shanghaiDate(now);
  return compareDates(today, HISTORY_END) < 0 ? HISTORY_END : today;
}

/** Draws estate after estate until enough houses are missing no more. */
function* batchesOf(
  { houses, seed = 1 }: { houses: number; seed?: number },
  known: ReadonlySet<string>,
  today: CalendarDate,
): Generator<EstatePlan[]> {
  let missing = houses;
  let batch: EstatePlan[] = [];
  let batchHouses = 0;
  const isWanted = (n: number) => n < PROMISED_COUNT || missing > 0;
  for (let n = 0; isWanted(n); n += 1) {
    if (known.has(estateCodeOf(n))) continue;
    const estate = drawEstate(seed, n, today);
    const size = estate.buildings.reduce((sum, building) => sum + building.houses.length, 0);
    batch.push(estate);
    batchHouses += size;
    missing -= size;
    if (batchHouses < BATCH_HOUSES && isWanted(n + 1)) continue;
    yield batch;
    batch = [];
    batchHouses = 0;
  }
}

async function knownEstates(owner: Db): Promise<{ codes: Set<string>; houses: number }> {
  const estates = await owner.selectFrom("estate").select("code").execute();
  const { houses } = await owner
    .selectFrom("house")
    .select((select) => select.fn.countAll<bigint>().as("houses"))
    .executeTakeFirstOrThrow();
  return { codes: new Set(estates.map((estate) => estate.code)), houses: Number(houses) };
}

async function referenceIds(owner: Db): Promise<ReferenceIds> {
  const accounts = await owner.selectFrom("custody_account").select(["id", "account_no"]).execute();
  const standards = await owner.selectFrom("deposit_standard").select(["id", "code"]).execute();
  const idOf = new Map(accounts.map((account) => [account.account_no, account.id]));
  return {
    custodyAccounts: CUSTODY_ACCOUNTS.map(
      (account) => idOf.get(account.accountNo) ?? missingAccount(),
    ),
    standards: new Map(standards.map((standard) => [standard.code, standard.id])),
    districtNames: new Map(DISTRICTS.map((district) => [district.code, district.name])),
  };
}

function missingAccount(): never {
  throw new Error("a custody account of the demonstration city is missing");
}
