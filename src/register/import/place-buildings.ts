import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";
import type { HouseOfRow } from "./row.ts";

/** A building as the register holds it. */
export interface PlacedBuilding {
  id: number;
  floors: number | null;
  hasLift: boolean | null;
}

/** A building as rows of one estate describe it. */
export interface BuildingOfRow {
  estateId: number;
  house: HouseOfRow;
}

/** Buildings by `buildingKeyOf`, as far as this run has met them. */
export type KnownBuildings = Map<string, PlacedBuilding>;

/** What makes two rows speak of one building. */
export function buildingKeyOf(estateId: number, key: string): string {
  return `${estateId}\t${key}`;
}

interface WantedBuilding extends PlacedBuilding {
  estateId: number;
  key: string;
  label: string;
}

/**
 * Finds the buildings of some rows in the register and records those that are new. Storeys and lift that the
 * register does not know yet are filled in from the first row that says them; what it knows stays.
 * Answers with the number of new buildings.
 */
export async function placeBuildings(
  tx: Tx,
  rows: readonly BuildingOfRow[],
  known: KnownBuildings,
): Promise<number> {
  const wanted = mergeRows(rows);
  await learn(tx, wanted, known);
  const missing = wanted.filter(({ estateId, key }) => !known.has(buildingKeyOf(estateId, key)));
  const added = await addBuildings(tx, missing);
  await learn(tx, missing, known);
  await fillIn(tx, wanted, known);
  return added;
}

function mergeRows(rows: readonly BuildingOfRow[]): WantedBuilding[] {
  const wanted = new Map<string, WantedBuilding>();
  for (const { estateId, house } of rows) {
    const key = buildingKeyOf(estateId, house.buildingKey);
    const building = wanted.get(key);
    if (building === undefined) {
      wanted.set(key, {
        id: 0,
        estateId,
        key: house.buildingKey,
        label: house.buildingLabel,
        floors: house.floors,
        hasLift: house.hasLift,
      });
    } else {
      building.floors ??= house.floors;
      building.hasLift ??= house.hasLift;
    }
  }
  return [...wanted.values()].sort(
    (a, b) => a.estateId - b.estateId || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}

async function learn(
  tx: Tx,
  wanted: readonly WantedBuilding[],
  known: KnownBuildings,
): Promise<void> {
  const unknown = wanted.filter(({ estateId, key }) => !known.has(buildingKeyOf(estateId, key)));
  if (unknown.length === 0) return;
  const { rows } = await sql<PlacedBuilding & { estateId: number; key: string }>`
    select building.id, building.floors, building.has_lift as "hasLift",
        building.estate_id as "estateId", building.key
      from unnest(${unknown.map((b) => b.estateId)}::integer[], ${unknown.map((b) => b.key)}::text[])
        as asked (estate_id, key)
      join building using (estate_id, key)`.execute(tx);
  for (const { estateId, key, ...building } of rows) {
    known.set(buildingKeyOf(estateId, key), building);
  }
}

async function addBuildings(tx: Tx, missing: readonly WantedBuilding[]): Promise<number> {
  if (missing.length === 0) return 0;
  const result = await sql`
    insert into building (estate_id, key, label, floors, has_lift)
      select * from unnest(
        ${missing.map((b) => b.estateId)}::integer[], ${missing.map((b) => b.key)}::text[],
        ${missing.map((b) => b.label)}::text[], ${missing.map((b) => b.floors)}::smallint[],
        ${missing.map((b) => b.hasLift)}::boolean[])
      on conflict do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

async function fillIn(
  tx: Tx,
  wanted: readonly WantedBuilding[],
  known: KnownBuildings,
): Promise<void> {
  for (const { estateId, key, floors, hasLift } of wanted) {
    const building = known.get(buildingKeyOf(estateId, key)) as PlacedBuilding;
    const isNews =
      (building.floors === null && floors !== null) ||
      (building.hasLift === null && hasLift !== null);
    if (!isNews) continue;
    building.floors ??= floors;
    building.hasLift ??= hasLift;
    await tx
      .updateTable("building")
      .set({ floors: building.floors, has_lift: building.hasLift })
      .where("estate_id", "=", estateId)
      .where("id", "=", building.id)
      .execute();
  }
}
