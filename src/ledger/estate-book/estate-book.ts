import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { readEstateFigures } from "#src/ledger/estate-figures.ts";
import { type EstateHistory, readEstateHistory } from "#src/ledger/estate-history.ts";
import type { Db } from "#src/platform/database/client.ts";
import { keptWhile } from "#src/platform/kept-while.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { addTotals, type Building, type BuildingTotals } from "./building-totals.ts";
import { listBuildingHouses, listBuildings } from "./list-buildings.ts";

/** The figures of an estate at one moment; all of them from one snapshot of the database. */
export interface EstateBook {
  /** One for each building of the register, with or without houses. */
  buildings: BuildingTotals[];
  totals: BuildingTotals;
  history: EstateHistory;
  /** The share of the first deposit below which a house tops up, in per cent. */
  triggerPercent: number;
  readAt: Date;
}

/** What the register says may be this old; money is never older than the mark. */
const KEPT_MS = 30_000;
const ESTATES_KEPT = 200;

/** Reads the book of an estate; `mark` is what `readHoldingsMark` said just before. */
export type ReadEstateBook = (estateId: number, mark: string) => Promise<EstateBook>;

/**
 * Opens the books of estates. A book is read in one snapshot of the database, so that its parts add up, and
 * is kept while no house of the estate holds anything else, for half a minute at most.
 */
export function openEstateBooks(deps: { db: Db; clock: Clock }): ReadEstateBook {
  const options = { clock: deps.clock, ms: KEPT_MS, keysMax: ESTATES_KEPT };
  const read = keptWhile(options, (key) => readBook(deps, Number.parseInt(key, 10)));
  return (estateId, mark) => read(`${estateId}`, mark);
}

async function readBook(
  { db, clock }: { db: Db; clock: Clock },
  estateId: number,
): Promise<EstateBook> {
  const readAt = clock();
  const settings = await getCitySettings(db, shanghaiDate(readAt));
  const triggerPercent = settings["top-up-trigger-percent"];
  const snapshot = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return await snapshot.execute(async (tx) => {
    const figures = await readEstateFigures(tx, estateId, triggerPercent);
    const byId = new Map(figures.map((one) => [one.buildingId, one]));
    const buildings = (await listBuildings(tx, estateId)).map((building): BuildingTotals => {
      const nothing = addTotals([]);
      return { ...nothing, ...byId.get(building.id), buildings: [building] };
    });
    const history = await readEstateHistory(tx, estateId);
    return { buildings, totals: addTotals(buildings), history, triggerPercent, readAt };
  });
}

const BUILDINGS_KEPT = 100;

/** Reads the houses of a building, kept as the book is; null for a trigger leaves their money out. */
export function openBuildings(deps: { db: Db; clock: Clock }) {
  const options = { clock: deps.clock, ms: KEPT_MS, keysMax: BUILDINGS_KEPT };
  const read = keptWhile(options, (key) => {
    const [estateId = 0, trigger, building = ""] = JSON.parse(key) as [
      number,
      number | null,
      string,
    ];
    return listBuildingHouses(deps.db, estateId, building, trigger);
  });
  return (estateId: number, building: Building, trigger: number | null, mark: string) =>
    read(JSON.stringify([estateId, trigger, building.key]), mark);
}
