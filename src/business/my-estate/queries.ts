import { sql } from "kysely";
import { isCountedSql } from "#src/ledger/estate-figures.ts";
import {
  STANDING_COLUMNS,
  type StandingRow,
  standingOf,
} from "#src/ledger/house-search/list-standings.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { CitySettings } from "#src/register/city-settings.ts";
import { compareLabels, type Room } from "./building-layout.ts";
import type { Building } from "./rules.ts";

/** An estate (小区概况) as the register knows it. Nothing of it is personal. */
export interface Estate {
  id: number;
  code: string;
  name: string;
  districtName: string;
  address: string;
  developerName: string;
  propertyCompanyName: string;
  committeeName: string;
  completedYear: number | null;
  bankName: string;
  branchName: string;
}

/** Finds an estate by its code; null for none, and for what is no code. */
export async function findEstate(db: Db, code: string): Promise<Estate | null> {
  if (!/^[A-Z]{2}[0-9]{4,8}$/.test(code)) return null;
  const row = await db
    .selectFrom("estate")
    .innerJoin("custody_account as custody", "custody.id", "estate.custody_account_id")
    .innerJoin("bank", "bank.code", "custody.bank_code")
    .where("estate.code", "=", code)
    .select([
      "estate.id",
      "estate.code",
      "estate.name",
      "estate.district_name as districtName",
      "estate.address",
      "estate.developer_name as developerName",
      "estate.property_company_name as propertyCompanyName",
      "estate.committee_name as committeeName",
      "estate.completed_year as completedYear",
      "bank.name as bankName",
      "custody.branch_name as branchName",
    ])
    .executeTakeFirst();
  return row ?? null;
}

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

/** Lists the houses of a building. Without settings nothing of their money is told. */
export async function listBuildingHouses(
  db: Db,
  estateId: number,
  buildingKey: string,
  settings: CitySettings | null,
): Promise<BuildingHouse[]> {
  const { rows } = await sql<HouseRow>`
    select ${STANDING_COLUMNS}, h.code, h.unit_key, h.unit_label, h.room_key, h.room_label, h.floor,
        h.house_use
      from house h
        left join deposit_standard s on s.id = h.standard_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
      where h.estate_id = ${estateId} and h.building_key = ${buildingKey} and ${isCountedSql}`.execute(
    db,
  );
  return rows.map((row) => ({
    code: row.code,
    unitKey: row.unit_key,
    unitLabel: row.unit_label,
    roomKey: row.room_key,
    roomLabel: row.room_label,
    floor: row.floor,
    houseUse: row.house_use,
    areaHundredths: row.area_hundredths,
    standing: settings === null ? null : standingOf(row, settings).kind,
  }));
}

interface HouseRow extends StandingRow {
  code: string;
  unit_key: string;
  unit_label: string;
  room_key: string;
  room_label: string;
  floor: number | null;
  house_use: Room["houseUse"];
}
