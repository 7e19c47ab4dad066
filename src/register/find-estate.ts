import { type Selectable, sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import type { BuildingTable, EstateTable } from "#src/platform/database/tables/register.ts";

/** An estate (物业区域) as a citizen checks it. */
export interface Estate {
  id: number;
  code: string;
  name: string;
  aliases: readonly string[];
  districtName: string;
  address: string;
  developerName: string;
  propertyCompanyName: string;
  completedYear: Selectable<EstateTable>["completed_year"];
  /** Buildings with at least one house that is shown. */
  buildingCount: number;
  bankName: string;
}

/** Finds an estate by its code (物业区域编号). */
export async function findEstateByCode(db: Db, code: string): Promise<Estate | null> {
  if (!/^[A-Z]{2}[0-9]{4,8}$/.test(code)) return null;
  const { rows } = await sql<Estate>`
    select e.id, e.code, e.name, e.district_name as "districtName", e.address,
        e.developer_name as "developerName", e.property_company_name as "propertyCompanyName",
        e.completed_year as "completedYear", bank.name as "bankName",
        (select coalesce(array_agg(a.alias order by a.alias), '{}') from estate_alias a
          where a.estate_id = e.id and a.source <> 'street') as aliases,
        (select count(*)::int from building b where b.estate_id = e.id and exists (select from house h
          where h.estate_id = b.estate_id and h.building_key = b.key and h.is_listed)) as "buildingCount"
      from estate e join custody_account c on c.id = e.custody_account_id
        join bank on bank.code = c.bank_code
      where e.code = ${code}`.execute(db);
  return rows[0] ?? null;
}

/** A building as far as a house in it must agree with it. */
export type Building = Pick<Selectable<BuildingTable>, "id" | "label" | "floors" | "has_lift">;

/** Finds a building of an estate by its search key. */
export async function findBuilding(
  db: Db,
  estateId: number,
  key: string,
): Promise<Building | null> {
  const row = await db
    .selectFrom("building")
    .select(["id", "label", "floors", "has_lift"])
    .where("estate_id", "=", estateId)
    .where("key", "=", key)
    .executeTakeFirst();
  return row ?? null;
}
