import { type Selectable, sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import type { HouseTable } from "#src/platform/database/tables/register.ts";
import { houseAddress } from "./house-address.ts";

/** The keys of a house's place in its estate, made by register/address/keys.ts. */
export interface PlaceKeys {
  buildingKey: string;
  unitKey: string;
  roomKey: string;
}

/** What would make two records one house. */
export interface HouseIdentity extends PlaceKeys {
  estateId: number;
  contractNo: string | null;
  realEstateUnitNo: string | null;
}

/** A house on record that is the same by one of its marks. */
export interface Twin {
  by: "address" | "contract" | "real-estate-unit";
  estateId: number;
  houseId: bigint;
  code: string;
  address: string;
  status: Selectable<HouseTable>["status"];
}

/**
 * Finds a house that has this address, this 不动产单元号 or this contract already, the address first; null:
 * the house is new. Contracts are compared without blanks, dashes, brackets and case. A closed house still
 * holds its address, unless it never was more than provisional. `except` is a house whose own marks do not
 * count: it is described anew.
 */
export async function findTwin(
  db: Db,
  house: HouseIdentity,
  except: { estateId: number; houseId: bigint } | null = null,
): Promise<Twin | null> {
  const { rows } = await sql<Row>`
    with found as (
      select 1 as rank, 'address' as by, h.estate_id, h.id from house h
        where h.estate_id = ${house.estateId} and h.building_key = ${house.buildingKey}
          and h.unit_key = ${house.unitKey} and h.room_key = ${house.roomKey}
      union all
      select 2, 'real-estate-unit', h.estate_id, h.id from house h
        where h.real_estate_unit_no = ${house.realEstateUnitNo}
      union all
      select 3, 'contract', h.estate_id, h.id from house h
        where h.contract_no is not null and contract_key(h.contract_no) = contract_key(${house.contractNo})
    )
    select found.by, h.estate_id, h.id, h.code, h.status, e.name as estate_name,
        b.label as building_label, h.unit_label, h.room_label
      from found join house h using (estate_id, id) join estate e on e.id = h.estate_id
        join building b on b.estate_id = h.estate_id and b.id = h.building_id
      where h.room_key not like '%~%' and (h.estate_id, h.id)
        is distinct from (${except?.estateId ?? null}::integer, ${except?.houseId.toString() ?? null}::bigint)
      order by rank, h.estate_id, h.id limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    by: row.by,
    estateId: row.estate_id,
    houseId: row.id,
    code: row.code,
    address: houseAddress({
      estateName: row.estate_name,
      buildingLabel: row.building_label,
      unitLabel: row.unit_label,
      roomLabel: row.room_label,
    }),
    status: row.status,
  };
}

interface Row {
  by: Twin["by"];
  estate_id: number;
  id: bigint;
  code: string;
  status: Twin["status"];
  estate_name: string;
  building_label: string;
  unit_label: string;
  room_label: string;
}
