import { setImmediate } from "node:timers/promises";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  buildEstateIndex,
  type EstateIndex,
  type IndexedEstate,
  indexEstate,
} from "./estate-index.ts";
import { type Gazetteer, makeGazetteer } from "./gazetteer.ts";
import { listDivisionNames, listEstatesForIndex, readEstatesVersion } from "./queries.ts";

/** The estates in memory, kept true to the database. */
export interface EstateSource {
  current(): { index: EstateIndex; gazetteer: Gazetteer };
  /** Reads the estates again now, when they have changed. */
  reload(): Promise<void>;
}

const CHECK_EVERY_MS = 30_000;
const PORTION = 500;

/**
 * Loads all estates and looks every 30 seconds of use whether they have changed: a checksum over their names,
 * aliases and addresses, which any database can answer in milliseconds. Whoever changes estates in this process
 * calls `reload`; another process sees the change at its next look. A failed look keeps what is known.
 */
export async function loadEstateSource(db: Db, clock: Clock): Promise<EstateSource> {
  let version = await readEstatesVersion(db);
  let current = await load(db);
  let checkedAt = clock().getTime();
  let underWay: Promise<void> | undefined;

  const check = async (): Promise<void> => {
    const seen = await readEstatesVersion(db);
    if (seen === version) return;
    current = await load(db);
    version = seen;
  };
  const reload = (): Promise<void> => {
    checkedAt = clock().getTime();
    underWay ??= check().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return {
    current() {
      const isDue = Math.abs(clock().getTime() - checkedAt) >= CHECK_EVERY_MS;
      if (isDue && underWay === undefined) reload().catch(() => undefined);
      return current;
    },
    async reload() {
      if (underWay !== undefined) await underWay.catch(() => undefined);
      await reload();
    },
  };
}

async function load(db: Db): Promise<{ index: EstateIndex; gazetteer: Gazetteer }> {
  const [rows, names] = await Promise.all([listEstatesForIndex(db), listDivisionNames(db)]);
  const estates: IndexedEstate[] = [];
  for (const [at, row] of rows.entries()) {
    const { district_name: districtName, ...rest } = row;
    estates.push(indexEstate({ ...rest, districtName }));
    if (at % PORTION === PORTION - 1) await setImmediate(); // other requests go on meanwhile
  }
  return { index: await buildEstateIndex(estates), gazetteer: makeGazetteer(names) };
}
