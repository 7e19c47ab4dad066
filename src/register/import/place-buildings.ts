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

/** A building as it will stand in the register; number 0: it is new. */
export interface DraftBuilding extends PlacedBuilding {
  estateId: number;
  key: string;
  label: string;
}

export type DraftBuildings = ReadonlyMap<string, DraftBuilding>;

/**
 * Finds the buildings of some rows in the register and drafts those that are new. Storeys and lift that the
 * register does not know yet are taken from the first row that says them; what it knows stays. Nothing is
 * written yet: a building is recorded with its first good house.
 */
export async function draftBuildings(
  tx: Tx,
  rows: readonly BuildingOfRow[],
  known: KnownBuildings,
): Promise<DraftBuildings> {
  const drafts = new Map<string, DraftBuilding>();
  for (const { estateId, house } of rows) {
    const key = buildingKeyOf(estateId, house.buildingKey);
    if (drafts.has(key)) continue;
    const { buildingKey, buildingLabel } = house;
    const blank = { id: 0, floors: null, hasLift: null };
    drafts.set(key, { ...blank, estateId, key: buildingKey, label: buildingLabel });
  }
  await learn(tx, [...drafts.values()], known);
  for (const [key, draft] of drafts) Object.assign(draft, known.get(key));
  for (const { estateId, house } of rows) {
    const draft = drafts.get(buildingKeyOf(estateId, house.buildingKey)) as DraftBuilding;
    draft.floors ??= house.floors;
    draft.hasLift ??= house.hasLift;
  }
  return drafts;
}

/** Records drafted buildings and gives the new ones their numbers. Answers with how many were new. */
export async function recordBuildings(
  tx: Tx,
  drafts: readonly DraftBuilding[],
  known: KnownBuildings,
): Promise<number> {
  // In one order in every run, so that two imports at once wait for each other and never in a circle.
  const sorted = [...drafts].sort(
    (a, b) => a.estateId - b.estateId || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
  const added = await addBuildings(
    tx,
    sorted.filter((draft) => draft.id === 0),
  );
  await learn(tx, sorted, known);
  await fillIn(tx, sorted, known);
  return added;
}

async function learn(
  tx: Tx,
  wanted: readonly DraftBuilding[],
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

async function addBuildings(tx: Tx, missing: readonly DraftBuilding[]): Promise<number> {
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
  drafts: readonly DraftBuilding[],
  known: KnownBuildings,
): Promise<void> {
  for (const draft of drafts) {
    const building = known.get(buildingKeyOf(draft.estateId, draft.key)) as PlacedBuilding;
    draft.id = building.id;
    const floors = building.floors ?? draft.floors;
    const hasLift = building.hasLift ?? draft.hasLift;
    if (floors === building.floors && hasLift === building.hasLift) continue;
    Object.assign(building, { floors, hasLift });
    await tx
      .updateTable("building")
      .set({ floors, has_lift: hasLift })
      .where("estate_id", "=", draft.estateId)
      .where("id", "=", draft.id)
      .execute();
  }
}
