import type { PersonalData } from "#src/platform/personal-data.ts";
import { buildingKey, houseCode, roomKey, unitKey } from "#src/register/address/keys.ts";
import type { HouseBalancePlan, JournalPlan } from "./building-history.ts";
import type { CopyValue } from "./copy-rows.ts";
import type { BuildingPlan, EstatePlan, HousePlan, OwnerPlan } from "./plans.ts";

/** What the plans refer to by name or position, as the database numbers it. */
export interface ReferenceIds {
  custodyAccounts: readonly number[];
  standards: ReadonlyMap<string, number>;
  districtNames: ReadonlyMap<string, string>;
}

type Rows = CopyValue[][];
export const TABLES = {
  estate: {
    columns: [
      "id",
      "code",
      "name",
      "district_code",
      "district_name",
      "address",
      "developer_name",
      "property_company_name",
      "committee_name",
      "completed_year",
      "custody_account_id",
    ],
  },
  estate_alias: { columns: ["estate_id", "alias", "source"] },
  building: { columns: ["estate_id", "id", "key", "label", "floors", "has_lift"] },
  house: {
    columns: [
      "estate_id",
      "id",
      "building_id",
      "code",
      "building_key",
      "unit_key",
      "room_key",
      "unit_label",
      "room_label",
      "floor",
      "area_hundredths",
      "area_kind",
      "house_use",
      "house_nature",
      "standard_id",
      "standard_date",
      "status",
      "exempt_reason",
      "contract_no",
    ],
  },
  house_owner: {
    columns: [
      "estate_id",
      "house_id",
      "n",
      "name_cipher",
      "document_kind",
      "document_cipher",
      "document_hash",
      "phone_cipher",
      "phone_hash",
    ],
  },
  journal: {
    columns: [
      "id",
      "kind",
      "book_date",
      "value_date",
      "idempotency_key",
      "actor",
      "deposit_kind",
      "note",
    ],
  },
  entry: {
    columns: [
      "journal_id",
      "n",
      "account_code",
      "custody_account_id",
      "estate_id",
      "house_id",
      "amount_fen",
      "note",
    ],
  },
  house_balance: {
    columns: ["estate_id", "house_id", "principal_fen", "interest_fen", "first_paid_fen"],
  },
} as const;
/** What every row may need: reference data by number, and the keys of personal data. */
export interface RowOptions {
  ids: ReferenceIds;
  personalData: PersonalData;
}

export type TableName = keyof typeof TABLES;

/** In the order in which they refer to each other. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];
const ACTOR = "demo";

/** Hands out reserved numbers one by one. */
export interface IdBlock {
  next(): bigint;
}

interface Place {
  estateId: number;
  buildingId: number;
  custodyAccountId: number;
}

/** Turns plans into the rows of every table, keys and encryption included. */
export class EstateRows {
  readonly rows: Record<TableName, Rows>;
  readonly #options: RowOptions;

  constructor(options: RowOptions) {
    this.#options = options;
    this.rows = Object.fromEntries(
      TABLE_NAMES.map((table) => [table, []]),
    ) as unknown as EstateRows["rows"];
  }

  addEstate(estate: EstatePlan, id: number): number {
    const custodyAccountId = this.#options.ids.custodyAccounts[estate.custodyAccount];
    const districtName = this.#options.ids.districtNames.get(estate.districtCode);
    if (custodyAccountId === undefined || districtName === undefined) {
      throw new Error(`estate ${estate.code} refers to reference data that is not there`);
    }
    this.rows.estate.push([
      id,
      estate.code,
      estate.name,
      estate.districtCode,
      districtName,
      estate.address,
      estate.developerName,
      estate.propertyCompanyName,
      estate.committeeName,
      estate.completedYear,
      custodyAccountId,
    ]);
    for (const { alias, source } of estate.aliases)
      this.rows.estate_alias.push([id, alias, source]);
    return custodyAccountId;
  }

  addBuilding(
    estate: EstatePlan,
    building: BuildingPlan,
    place: Place & { houseIds: IdBlock },
  ): Map<HousePlan, bigint> {
    const key = buildingKey(building.label);
    const { floors, hasLift, label } = building;
    this.rows.building.push([place.estateId, place.buildingId, key, label, floors, hasLift]);
    const ids = new Map<HousePlan, bigint>();
    for (const house of building.houses) {
      const id = place.houseIds.next();
      ids.set(house, id);
      this.#addHouse(house, { ...place, id, buildingKey: key, estateCode: estate.code });
      house.owners.forEach((owner, at) => {
        this.#addOwner(owner, place.estateId, id, at + 1);
      });
    }
    return ids;
  }

  #addHouse(
    house: HousePlan,
    at: Place & { id: bigint; buildingKey: string; estateCode: string },
  ): void {
    const unit = unitKey(house.unitLabel);
    const room = roomKey(house.roomLabel, house.floor);
    this.rows.house.push([
      at.estateId,
      at.id,
      at.buildingId,
      houseCode(at.estateCode, at.buildingKey, unit, room),
      at.buildingKey,
      unit,
      room,
      house.unitLabel,
      house.roomLabel,
      house.floor,
      house.areaHundredths,
      house.areaKind,
      house.houseUse,
      house.houseNature,
      house.standardCode === null
        ? null
        : (this.#options.ids.standards.get(house.standardCode) ?? null),
      house.standardDate,
      house.status,
      house.exemptReason,
      house.contractNo,
    ]);
  }

  #addOwner(owner: OwnerPlan, estateId: number, houseId: bigint, n: number): void {
    const { personalData } = this.#options;
    this.rows.house_owner.push([
      estateId,
      houseId,
      n,
      personalData.encrypt(owner.name),
      owner.documentKind,
      personalData.encrypt(owner.documentNo),
      personalData.hash("document", owner.documentNo),
      owner.phone === null ? null : personalData.encrypt(owner.phone),
      owner.phone === null ? null : personalData.hash("phone", owner.phone),
    ]);
  }

  addJournal(
    journal: JournalPlan,
    id: bigint,
    place: Place & { ids: Map<HousePlan, bigint> },
  ): void {
    const { kind, bookDate, idempotencyKey, depositKind, note } = journal;
    this.rows.journal.push([
      id,
      kind,
      bookDate,
      bookDate,
      idempotencyKey,
      ACTOR,
      depositKind,
      JSON.stringify(note),
    ]);
    journal.entries.forEach((entry, at) => {
      const houseId = entry.house === null ? null : (place.ids.get(entry.house) ?? null);
      this.rows.entry.push([
        id,
        at + 1,
        entry.account,
        houseId === null ? place.custodyAccountId : null,
        houseId === null ? null : place.estateId,
        houseId,
        entry.amountFen,
        entry.note === null ? null : JSON.stringify(entry.note),
      ]);
    });
  }

  addBalance(balance: HouseBalancePlan, place: Place & { ids: Map<HousePlan, bigint> }): void {
    this.rows.house_balance.push([
      place.estateId,
      place.ids.get(balance.house) ?? null,
      balance.principalFen,
      balance.interestFen,
      balance.firstPaidFen,
    ]);
  }
}
