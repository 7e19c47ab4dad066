import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { Database } from "#src/platform/database/tables.ts";

/** A house with its keys and labels, as the search reads it. */
export interface HouseRow {
  estate_id: number;
  id: bigint;
  code: string;
  building_key: string;
  unit_key: string;
  room_key: string;
  building_label: string;
  unit_label: string;
  room_label: string;
  floor: number | null;
  area_hundredths: number;
  house_use: Database["house"]["house_use"];
  status: Database["house"]["status"];
}

/** The rows that one question may bring from the database. */
const MAX_ROWS = 200;

/**
 * Lists the houses of some estates with one of the rooms, in any unit; `buildings` null means in any building.
 * It reads a narrow range of the unique index on (estate, building, unit, room).
 */
export async function listHousesByKeys(
  db: Db,
  keys: {
    estateIds: readonly number[];
    buildings: readonly string[] | null;
    rooms: readonly string[];
  },
): Promise<HouseRow[]> {
  if (keys.estateIds.length === 0 || keys.rooms.length === 0) return [];
  const inBuildings =
    keys.buildings === null
      ? sql``
      : sql`and h.building_key = any(${listParameter("text", keys.buildings)})`;
  const { rows } = await sql<HouseRow>`
    select ${HOUSE_COLUMNS}
      from house h join building b on b.estate_id = h.estate_id and b.id = h.building_id
      where h.estate_id = any(${listParameter("int", keys.estateIds)}) ${inBuildings}
        and h.room_key = any(${listParameter("text", keys.rooms)}) and h.is_listed
      limit ${MAX_ROWS}`.execute(db);
  return rows;
}

/** Lists the first houses of a building (or of one unit), storey by storey; reads at most 1,000 keys of the index. */
export async function listBuildingHouses(
  db: Db,
  keys: { estateIds: readonly number[]; buildings: readonly string[]; unit: string | null },
  limit: number,
): Promise<HouseRow[]> {
  const inUnit = keys.unit === null ? sql`` : sql`and unit_key = ${keys.unit}`;
  const { rows } = await sql<HouseRow>`
    with first as (
      select estate_id, building_key, unit_key, room_key from (
        select estate_id, building_key, unit_key, room_key from house
          where estate_id = any(${listParameter("int", keys.estateIds)})
            and building_key = any(${listParameter("text", keys.buildings)}) ${inUnit}
          limit 1000
      ) keys
      order by unit_key, length(room_key), room_key
      limit ${limit}
    )
    select ${HOUSE_COLUMNS}
      from first join house h using (estate_id, building_key, unit_key, room_key)
        join building b on b.estate_id = h.estate_id and b.id = h.building_id
      where h.is_listed
      order by h.unit_key, length(h.room_key), h.room_key`.execute(db);
  return rows;
}

/** Finds a house by its code, with the name of its estate. */
export async function findHouseRow(
  db: Db,
  estateCode: string,
  code: string,
): Promise<(HouseRow & { estate_name: string }) | undefined> {
  const { rows } = await sql<HouseRow & { estate_name: string }>`
    select ${HOUSE_COLUMNS}, e.name as estate_name
      from estate e join house h on h.estate_id = e.id
        join building b on b.estate_id = h.estate_id and b.id = h.building_id
      where e.code = ${estateCode} and h.code = ${code}`.execute(db);
  return rows[0];
}

/** A number that changes whenever an estate, an alias or the name of a division does. */
export async function readEstatesVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws('/',
      (select concat(count(*), ':', sum(hashtextextended(
         concat_ws('|', id, code, name, district_name, address), 0)::numeric)) from estate),
      (select concat(count(*), ':', sum(hashtextextended(
         concat_ws('|', estate_id, alias), 0)::numeric)) from estate_alias),
      (select count(*) from district)) as version`.execute(db);
  return rows[0]?.version ?? "";
}

/** Lists every estate with its aliases, in the order of the ids. */
export async function listEstatesForIndex(db: Db) {
  const { rows } = await sql<{
    id: number;
    code: string;
    name: string;
    district_name: string;
    address: string;
    aliases: string[];
  }>`
    select e.id, e.code, e.name, e.district_name, e.address,
        coalesce(array_agg(a.alias) filter (where a.alias is not null), '{}') as aliases
      from estate e left join estate_alias a on a.estate_id = e.id
      group by e.id order by e.id`.execute(db);
  return rows;
}

/** Lists the names of provinces, cities and counties, each once. */
export async function listDivisionNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from district union select city_name from district
      union select province_name from district`.execute(db);
  return rows.map((row) => row.name).filter((name) => name !== "");
}

const HOUSE_COLUMNS = sql`h.estate_id, h.id, h.code, h.building_key, h.unit_key, h.room_key,
  b.label as building_label, h.unit_label, h.room_label, h.floor, h.area_hundredths, h.house_use, h.status`;
