import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { readEstateFigures } from "#src/ledger/estate-figures.ts";
import { type EstateHistory, readEstateHistory } from "#src/ledger/estate-history.ts";
import { cachedByKey } from "#src/platform/cached-by-key.ts";
import type { Db } from "#src/platform/database/client.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { listBuildings } from "./queries.ts";
import { addTotals, type BuildingTotals } from "./rules.ts";

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

/** Many readers of one estate within so short a time share one reading; the page says its minute. */
const FRESH_MS = 5_000;
/** The history is summed anew after this long even when it still ties out. */
const HISTORY_MS = 60_000;
const ESTATES_KEPT = 200;

interface KeptHistory {
  history: EstateHistory;
  principalFen: bigint;
  interestFen: bigint;
  readAt: number;
}

/**
 * Opens the books of estates. What houses hold is summed at most every five seconds. The history, which
 * reads every entry, is kept for a minute, and only as long as the houses hold to the fen what they held
 * when it was read, principal and interest apart: a history that does not add up is never shown.
 */
export function openEstateBooks(deps: {
  db: Db;
  clock: Clock;
}): (id: number) => Promise<EstateBook> {
  const histories = new Map<number, KeptHistory>();
  const options = { clock: deps.clock, ms: FRESH_MS, keysMax: ESTATES_KEPT };
  return cachedByKey(options, (estateId: number) => readBook(deps, histories, estateId));
}

async function readBook(
  { db, clock }: { db: Db; clock: Clock },
  histories: Map<number, KeptHistory>,
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
    const totals = addTotals(buildings);
    const { principalFen, interestFen } = totals;
    const kept = histories.get(estateId);
    const isTrue =
      kept?.principalFen === principalFen &&
      kept.interestFen === interestFen &&
      readAt.getTime() - kept.readAt < HISTORY_MS;
    const history = isTrue ? kept.history : await readEstateHistory(tx, estateId);
    if (!isTrue)
      keep(histories, estateId, { history, principalFen, interestFen, readAt: readAt.getTime() });
    return { buildings, totals, history, triggerPercent, readAt };
  });
}

function keep(histories: Map<number, KeptHistory>, estateId: number, kept: KeptHistory): void {
  histories.delete(estateId);
  histories.set(estateId, kept);
  const [oldest] = histories.keys();
  if (histories.size > ESTATES_KEPT && oldest !== undefined) histories.delete(oldest);
}
