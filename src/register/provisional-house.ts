import { type Selectable, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { HouseTable } from "#src/platform/database/tables/register.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findBuilding } from "./find-estate.ts";
import { findTwin, type HouseIdentity, type Twin } from "./find-twins.ts";
import type { OwnerOfRow } from "./import/row.ts";
import { sealOwners } from "./import/seal-owners.ts";

type House = Selectable<HouseTable>;

/** What an owner of a house is known by. */
export type RegisterOwner = OwnerOfRow;

/** A house as somebody describes it who wants it to be recorded. */
export interface HouseFacts {
  floors: number;
  hasLift: boolean;
  floor: number;
  areaHundredths: number;
  areaKind: House["area_kind"];
  houseUse: House["house_use"];
  houseNature: House["house_nature"];
  standardId: number;
  standardDate: CalendarDate | null;
  priceFen: Fen | null;
  contractNo: string | null;
  realEstateUnitNo: string | null;
  owners: readonly RegisterOwner[];
}

/** A house to be taken up, with its place in words. */
export interface NewProvisionalHouse extends HouseIdentity, HouseFacts {
  estateCode: string;
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
}

/** The key of the new house, or the house that is there already. */
export type ProvisionalHouseOutcome =
  | { ok: true; house: { estateId: number; houseId: bigint } }
  | { ok: false; twin: Twin };

/**
 * Takes a house that the register does not have into it as provisional, with its owners: found by its code,
 * seen by nobody's search until it was paid, and in the way of a second one with its address, contract or
 * 不动产单元号. Its unit is written as its neighbours' is. Of two who describe one house at the same moment one takes it up, the other is told of it.
 */
export async function insertProvisionalHouse(
  tx: Tx,
  house: NewProvisionalHouse,
  personalData: PersonalData,
): Promise<ProvisionalHouseOutcome> {
  await holdMarks(tx, house);
  const twin = await findTwin(tx, house);
  if (twin !== null) return { ok: false, twin };
  const buildingId = await buildingOf(tx, house);
  const { rows } = await sql<{ id: bigint }>`
    with fresh as (select nextval('house_id_seq') as id)
    insert into house (estate_id, id, building_id, code, building_key, unit_key, room_key, unit_label,
        room_label, floor, area_hundredths, area_kind, house_use, house_nature, standard_id, standard_date,
        price_fen, contract_no, real_estate_unit_no, status, is_listed)
      select ${house.estateId}, id, ${buildingId}, ${house.estateCode} || '-T' || lpad(id::text, 6, '0'),
          ${house.buildingKey}, ${house.unitKey}, ${house.roomKey},
          coalesce((select n.unit_label from house n where n.estate_id = ${house.estateId}
            and n.building_key = ${house.buildingKey} and n.unit_key = ${house.unitKey} and n.is_listed
            limit 1), ${house.unitLabel}), ${house.roomLabel}, ${house.floor}, ${house.areaHundredths}, ${house.areaKind}, ${house.houseUse},
          ${house.houseNature}, ${house.standardId}, ${house.standardDate}::date,
          ${house.priceFen?.toString() ?? null}::bigint, ${house.contractNo}, ${house.realEstateUnitNo},
          'provisional', false
        from fresh
      on conflict (estate_id, building_key, unit_key, room_key) do nothing
      returning id`.execute(tx);
  const [row] = rows;
  if (row === undefined) {
    const other = await findTwin(tx, house);
    if (other === null) throw new Error("a house was in the way and is gone");
    return { ok: false, twin: other };
  }
  const key = { estateId: house.estateId, houseId: row.id };
  await writeOwners(tx, key, house.owners, personalData);
  return { ok: true, house: key };
}

/** Corrects what was said of a provisional house and its owners; its place stays. */
export async function correctProvisionalHouse(
  tx: Tx,
  key: { estateId: number; houseId: bigint },
  facts: HouseFacts,
  personalData: PersonalData,
): Promise<void> {
  const result = await tx
    .updateTable("house")
    .set({
      floor: facts.floor,
      area_hundredths: facts.areaHundredths,
      area_kind: facts.areaKind,
      house_use: facts.houseUse,
      house_nature: facts.houseNature,
      standard_id: facts.standardId,
      standard_date: facts.standardDate,
      price_fen: facts.priceFen,
      contract_no: facts.contractNo,
      real_estate_unit_no: facts.realEstateUnitNo,
    })
    .where("estate_id", "=", key.estateId)
    .where("id", "=", key.houseId)
    .where("status", "=", "provisional")
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw new Error(`house ${key.houseId} is not provisional`);
  await sql`select clear_provisional_owners(${key.estateId}, ${key.houseId.toString()}::bigint)`.execute(
    tx,
  );
  await writeOwners(tx, key, facts.owners, personalData);
}

/** Writes down for good what a verified house says of its building, as far as nobody knew it. */
export async function fillInBuilding(
  tx: Tx,
  key: { estateId: number; houseId: bigint },
  facts: Pick<HouseFacts, "floors" | "hasLift">,
): Promise<void> {
  await sql`
    update building b set floors = coalesce(b.floors, ${facts.floors}),
        has_lift = coalesce(b.has_lift, ${facts.hasLift})
      from house h where h.estate_id = ${key.estateId} and h.id = ${key.houseId.toString()}::bigint
        and b.estate_id = h.estate_id and b.id = h.building_id
        and (b.floors is null or b.has_lift is null)`.execute(tx);
}

/** Two who name one contract for two addresses at the same moment are judged one after the other. */
export async function holdMarks(tx: Tx, house: HouseIdentity): Promise<void> {
  for (const mark of [house.contractNo, house.realEstateUnitNo]) {
    if (mark === null) continue;
    await sql`select pg_advisory_xact_lock(hashtextextended('house ' || contract_key(${mark}), 0))`.execute(
      tx,
    );
  }
}

/** A building that is new is recorded by its name alone: storeys and lift are not verified yet. */
async function buildingOf(tx: Tx, house: NewProvisionalHouse): Promise<number> {
  const known = await findBuilding(tx, house.estateId, house.buildingKey);
  if (known !== null) return known.id;
  await tx
    .insertInto("building")
    .values({ estate_id: house.estateId, key: house.buildingKey, label: house.buildingLabel })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await findBuilding(tx, house.estateId, house.buildingKey);
  if (made === null) throw new Error("the building was not recorded");
  return made.id;
}

async function writeOwners(
  tx: Tx,
  key: { estateId: number; houseId: bigint },
  owners: readonly RegisterOwner[],
  personalData: PersonalData,
): Promise<void> {
  const rows = sealOwners(owners, personalData).map((owner, at) => ({
    estate_id: key.estateId,
    house_id: key.houseId,
    n: at + 1,
    name_cipher: owner.nameCipher,
    document_kind: owner.documentKind,
    document_cipher: owner.documentCipher,
    document_hash: owner.documentHash,
    phone_cipher: owner.phoneCipher,
    phone_hash: owner.phoneHash,
  }));
  await tx.insertInto("house_owner").values(rows).execute();
}
