import { sql } from "kysely";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { checkHouse, type HouseCandidate } from "./house-candidate.ts";
import {
  buildingKeyOf,
  type DraftBuilding,
  type DraftBuildings,
  draftBuildings,
  type KnownBuildings,
  recordBuildings,
} from "./place-buildings.ts";
import {
  differingColumns,
  type EstatePlacing,
  type EstateScope,
  type KnownEstates,
  type PlacedEstate,
  placeEstates,
} from "./place-estates.ts";
import type { RegisterReference } from "./reference.ts";
import type { BadRow, EstateOfRow, HouseOfRow, ReadRow } from "./row.ts";
import type { SealedOwner } from "./seal-owners.ts";
import { storeHouses } from "./store-houses.ts";

/** A row that reads well, with its owners' encryption at hand. */
export interface BatchRow extends ReadRow {
  sealedOwners(): SealedOwner[];
}

/** What became of some rows. */
export interface BatchResult {
  estatesAdded: number;
  buildingsAdded: number;
  housesAdded: number;
  housesUnchanged: number;
  estateRows: number;
  bad: BadRow[];
  warnings: string[];
}

/** What an import knows of the register. Bounded: it is emptied when it has grown too large. */
export interface ImportState extends EstateScope {
  reference: RegisterReference;
  personalData: PersonalData;
  estates: KnownEstates;
  buildings: KnownBuildings;
}

const MOST_ESTATES = 20_000;
const MOST_BUILDINGS = 50_000;
const ATTEMPTS = 4;
/** Deadlock, serialization failure, lock timeout: another import works on the same estates. */
const PASSING_FAULTS = new Set(["40P01", "40001", "55P03"]);

/** Stores some rows in one transaction: the good ones go in, the others come back with their problems. */
export async function storeBatch(
  connection: Db,
  rows: readonly BatchRow[],
  state: ImportState,
): Promise<BatchResult> {
  if (state.estates.size > MOST_ESTATES) state.estates.clear();
  if (state.buildings.size > MOST_BUILDINGS) state.buildings.clear();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connection.transaction().execute((tx) => storeRows(tx, rows, state));
    } catch (error) {
      // What was learnt in a transaction that is gone may name rows that never came to be.
      state.estates.clear();
      state.buildings.clear();
      const { code } = error as { code?: string };
      if (attempt === ATTEMPTS || code === undefined || !PASSING_FAULTS.has(code)) throw error;
    }
  }
}

async function storeRows(
  tx: Tx,
  rows: readonly BatchRow[],
  state: ImportState,
): Promise<BatchResult> {
  // A batch is bulk work: the time limits of a visitor's request do not fit it.
  await sql`
    select set_config('statement_timeout', '120s', true), set_config('lock_timeout', '30s', true),
      set_config('idle_in_transaction_session_timeout', '300s', true)`.execute(tx);
  const distinct = [...new Set(rows.map((row) => row.estate))];
  const { placings, added } = await placeEstates(tx, distinct, state.estates, state);
  const { placed, bad } = sortOut(rows, placings);
  const withHouse = placed.filter(({ row }) => row.house !== null);
  const drafts = await draftBuildings(
    tx,
    withHouse.map(({ row, estate }) => ({ estateId: estate.id, house: row.house as HouseOfRow })),
    state.buildings,
  );
  const checked = checkHouses(withHouse, drafts, state.reference);
  const buildingsAdded = await recordBuildings(
    tx,
    [...new Set(checked.good.map(({ building }) => building))],
    state.buildings,
  );
  const candidates = checked.good.map(({ building, ...rest }): HouseCandidate => {
    return { ...rest, buildingId: building.id };
  });
  const stored = await storeHouses(tx, candidates, state.reference, state.personalData);
  return {
    estatesAdded: added,
    buildingsAdded,
    housesAdded: stored.added,
    housesUnchanged: stored.unchanged,
    estateRows: placed.length - withHouse.length,
    bad: [...bad, ...checked.bad, ...stored.bad],
    warnings: warningsOf(placings),
  };
}

interface PlacedRow {
  row: BatchRow;
  estate: PlacedEstate;
}

function sortOut(
  rows: readonly BatchRow[],
  placings: ReadonlyMap<EstateOfRow, EstatePlacing>,
): { placed: PlacedRow[]; bad: BadRow[] } {
  const placed: PlacedRow[] = [];
  const bad: BadRow[] = [];
  for (const row of rows) {
    const placing = placings.get(row.estate) as EstatePlacing;
    if ("estate" in placing) placed.push({ row, estate: placing.estate });
    else bad.push({ line: row.line, problems: [placing.problem] });
  }
  return { placed, bad };
}

interface CheckedHouse extends Omit<HouseCandidate, "buildingId"> {
  building: DraftBuilding;
}

function checkHouses(
  rows: readonly PlacedRow[],
  drafts: DraftBuildings,
  reference: RegisterReference,
): { good: CheckedHouse[]; bad: BadRow[] } {
  const good: CheckedHouse[] = [];
  const bad: BadRow[] = [];
  for (const { row, estate } of rows) {
    const { line, sealedOwners } = row;
    const house = row.house as HouseOfRow;
    const building = drafts.get(buildingKeyOf(estate.id, house.buildingKey)) as DraftBuilding;
    const checked = checkHouse(house, estate, building, reference);
    if ("problem" in checked) bad.push({ line, problems: [checked.problem] });
    else good.push({ line, estateId: estate.id, building, house, sealedOwners, ...checked });
  }
  return { good, bad };
}

function warningsOf(placings: ReadonlyMap<EstateOfRow, EstatePlacing>): string[] {
  return [...placings].flatMap(([said, placing]) => {
    if (!("estate" in placing)) return [];
    const columns = differingColumns(said, placing.estate);
    if (columns.length === 0) return [];
    return `${placing.estate.name}（${placing.estate.code}）：文件里的${columns.join("、")}与登记不同，登记的没有改`;
  });
}
