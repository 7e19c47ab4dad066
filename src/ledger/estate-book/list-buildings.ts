import { sql } from "kysely";
import { isCountedSql } from "#src/ledger/estate-figures.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import { dueSql, standingKindSql } from "#src/ledger/house-standing-sql.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { compareLabels, type Room } from "./building-layout.ts";
import type { Building } from "./building-totals.ts";

/** Lists the buildings of an estate as people count them: 2幢 before 10幢. */
export async function listBuildings(db: Db | Tx, estateId: number): Promise<Building[]> {
  const rows = await db
    .selectFrom("building")
    .where("estate_id", "=", estateId)
    .select(["id", "key", "label", "floors"])
    .execute();
  return rows.sort((a, b) => compareLabels(a.key, b.key));
}

/** A house in its building, with how it stands where that may be told. */
export interface BuildingHouse extends Room {
  code: string;
  areaHundredths: number;
  standing: HouseStanding["kind"] | null;
}

/** Lists the houses of a building. Without a trigger nothing is told, nor read, of their money. */
export async function listBuildingHouses(
  db: Db,
  estateId: number,
  buildingKey: string,
  triggerPercent: number | null,
): Promise<BuildingHouse[]> {
  const standing = triggerPercent === null ? sql`null` : standingKindSql(triggerPercent);
  const { rows } = await sql<BuildingHouse>`
    select h.code, h.unit_key as "unitKey", h.unit_label as "unitLabel", h.room_key as "roomKey",
        h.room_label as "roomLabel", h.floor, h.house_use as "houseUse",
        h.area_hundredths as "areaHundredths", ${standing} as standing
      from house h
        left join deposit_standard s on s.id = h.standard_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
        cross join ${dueSql} due
      where h.estate_id = ${estateId} and h.building_key = ${buildingKey} and ${isCountedSql}`.execute(
    db,
  );
  return rows;
}
