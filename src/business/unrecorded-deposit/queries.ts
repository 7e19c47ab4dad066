import { type Selectable, sql } from "kysely";
import { formatArea } from "#src/kernel/area.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { HouseOwnerTable } from "#src/platform/database/tables/register.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findBuilding } from "#src/register/find-estate.ts";
import { findTwin, type HouseIdentity, type Twin } from "#src/register/find-twins.ts";
import { houseAddress } from "#src/register/house-address.ts";
import { listStandards } from "#src/register/standards/list-standards.ts";
import { adviseOnTwin, type RegisterView, type TwinAdvice } from "./rules.ts";
import type { UnrecordedForm } from "./schema.ts";

/** Reads what a form has to agree with. */
export async function getRegisterView(
  db: Db,
  estateId: number,
  form: Pick<UnrecordedForm, "buildingKey">,
  today: CalendarDate,
): Promise<RegisterView> {
  const building = await findBuilding(db, estateId, form.buildingKey);
  return { building, standards: await listStandards(db), today };
}

/** What makes the house of a form the same as one on record. */
export function identityOf(estateId: number, form: UnrecordedForm): HouseIdentity {
  const { buildingKey, unitKey, roomKey, contractNo, realEstateUnitNo } = form;
  return { estateId, buildingKey, unitKey, roomKey, contractNo, realEstateUnitNo };
}

/** Tells what to do when the house of a form is there already; null: it is new. */
export async function findTwinAdvice(
  db: Db,
  house: HouseIdentity,
  browserHash: Buffer | null,
): Promise<TwinAdvice | null> {
  const twin = await findTwin(db, house);
  return twin === null ? null : await adviseOn(db, twin, browserHash);
}

/** The same for a house that was just found. */
export async function adviseOn(
  db: Db,
  twin: Twin,
  browserHash: Buffer | null,
): Promise<TwinAdvice> {
  const row = await db
    .selectFrom("application")
    .select(["number", "browser_hash"])
    .where("estate_id", "=", twin.estateId)
    .where("house_id", "=", twin.houseId)
    .where("kind", "=", "unrecorded-deposit")
    .orderBy("id", "desc")
    .executeTakeFirst();
  const isOwn = row !== undefined && browserHash !== null && row.browser_hash.equals(browserHash);
  return adviseOnTwin(twin, isOwn ? row.number : null);
}

/** An owner of a house in clear: only for whoever may see one. */
export interface KnownOwner {
  name: string;
  documentKind: HouseOwnerTable["document_kind"];
  documentNo: string;
  phone: string | null;
}

/** Lists the owners of a house in clear. */
export async function listOwners(
  deps: { db: Db; personalData: PersonalData },
  house: HouseKey,
): Promise<KnownOwner[]> {
  const rows = await deps.db
    .selectFrom("house_owner")
    .select(["name_cipher", "document_kind", "document_cipher", "phone_cipher"])
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .orderBy("n")
    .execute();
  return rows.map((row: Selectable<Pick<HouseOwnerTable, keyof (typeof rows)[number]>>) => ({
    name: deps.personalData.decrypt(row.name_cipher),
    documentKind: row.document_kind,
    documentNo: deps.personalData.decrypt(row.document_cipher),
    phone: row.phone_cipher && deps.personalData.decrypt(row.phone_cipher),
  }));
}

/** A house on record that may be the one that was applied for. */
export interface NearHouse {
  code: string;
  address: string;
  area: string;
  /** Somebody who owns it has the document of somebody who applied. */
  hasSameOwner: boolean;
}

const NEAR_HOUSES = 4;

/**
 * Lists the houses on record that a provisional house may really be: the same room elsewhere in the estate,
 * then its neighbours on the storey, then the rest of its unit; those of the same owner before all.
 */
export async function listNearHouses(db: Db, house: HouseKey): Promise<NearHouse[]> {
  const { rows } = await sql<NearRow>`
    with own as (select * from house where estate_id = ${house.estateId}
        and id = ${house.houseId.toString()}::bigint),
      near as (
        select h.*, exists (select from house_owner o join house_owner p
              on p.document_hash = o.document_hash and p.document_kind = o.document_kind
            where o.estate_id = h.estate_id and o.house_id = h.id
              and p.estate_id = own.estate_id and p.house_id = own.id) as has_same_owner,
            own.unit_key as own_unit, own.floor as own_floor, split_part(own.room_key, '~', 1) as own_room,
            own.building_key as own_building
          from own join house h on h.estate_id = own.estate_id and h.status = 'recorded'
            and (h.building_key = own.building_key or h.room_key = split_part(own.room_key, '~', 1)))
    select near.code, e.name as estate_name, b.label as building_label, near.unit_label, near.room_label,
        near.area_hundredths, near.has_same_owner
      from near join estate e on e.id = near.estate_id
        join building b on b.estate_id = near.estate_id and b.id = near.building_id
      order by near.has_same_owner desc, (near.room_key = near.own_room) desc,
        (near.building_key = near.own_building and near.unit_key = near.own_unit) desc,
        (near.floor is not distinct from near.own_floor) desc, length(near.room_key), near.room_key
      limit ${NEAR_HOUSES}`.execute(db);
  return rows.map((row) => ({
    code: row.code,
    address: houseAddress({
      estateName: row.estate_name,
      buildingLabel: row.building_label,
      unitLabel: row.unit_label,
      roomLabel: row.room_label,
    }),
    area: formatArea(row.area_hundredths),
    hasSameOwner: row.has_same_owner,
  }));
}

interface NearRow {
  code: string;
  estate_name: string;
  building_label: string;
  unit_label: string;
  room_label: string;
  area_hundredths: number;
  has_same_owner: boolean;
}
