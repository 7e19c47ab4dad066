import type pg from "pg";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { buildingKey, houseCode, roomKey, unitKey } from "#src/register/address/keys.ts";
import { type HouseBalancePlan, type JournalPlan, playBuilding } from "./building-history.ts";
import { type CopyValue, copyRows } from "./copy-rows.ts";
import type { BuildingPlan, EstatePlan, HousePlan, OwnerPlan } from "./plans.ts";

/** What the plans refer to by name or position, as the database numbers it. */
export interface ReferenceIds {
  custodyAccounts: readonly number[];
  standards: ReadonlyMap<string, number>;
  districtNames: ReadonlyMap<string, string>;
}

export interface WriteOptions {
  ids: ReferenceIds;
  personalData: PersonalData;
  /** No day of the history lies after this one. */
  today: CalendarDate;
  isLedgerWanted: boolean;
}

type Rows = CopyValue[][];
const TABLES = {
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
type TableName = keyof typeof TABLES;

/** In the order in which they refer to each other. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];
const ACTOR = "demo";

/**
 * Writes estates with everything below them in one transaction, so that an estate is there whole or not at
 * all. Estates whose code is taken are left as they are. The constraints of the ledger are checked at
 * commit as for any posting. Answers with the number of houses written.
 */
export async function writeEstates(
  client: pg.ClientBase,
  estates: readonly EstatePlan[],
  options: WriteOptions,
): Promise<number> {
  await client.query("begin");
  try {
    // Ids are taken in blocks below; with these locks nobody else draws from the same sequences meanwhile.
    await client.query("lock table estate, building, house, journal in share row exclusive mode");
    const taken = await client.query<{ code: string }>(
      "select code from estate where code = any($1)",
      [estates.map((estate) => estate.code)],
    );
    const known = new Set(taken.rows.map((row) => row.code));
    const fresh = estates.filter((estate) => !known.has(estate.code));
    const written = await copyEstates(client, fresh, options);
    await client.query("commit");
    return written;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function copyEstates(
  client: pg.ClientBase,
  estates: readonly EstatePlan[],
  options: WriteOptions,
): Promise<number> {
  const batch = new Batch(options);
  const buildings = estates.flatMap((estate) => estate.buildings);
  const journals = new Map(
    options.isLedgerWanted
      ? estates.flatMap((estate) =>
          estate.buildings.map((building) => [
            building,
            playBuilding(estate, building, options.today),
          ]),
        )
      : [],
  );
  const count = {
    house: sum(buildings, (building) => building.houses.length),
    journal: sum([...journals.values()], (history) => history.journals.length),
  };
  const estateIds = await reserveIds(client, "estate", estates.length);
  const buildingIds = await reserveIds(client, "building", buildings.length);
  const houseIds = await reserveIds(client, "house", count.house);
  const journalIds = await reserveIds(client, "journal", count.journal);
  for (const estate of estates) {
    const estateId = Number(estateIds.next());
    const custodyAccountId = batch.addEstate(estate, estateId);
    for (const building of estate.buildings) {
      const place = { estateId, buildingId: Number(buildingIds.next()), custodyAccountId };
      const ids = batch.addBuilding(estate, building, { ...place, houseIds });
      const history = journals.get(building);
      if (history === undefined) continue;
      for (const journal of history.journals) {
        batch.addJournal(journal, journalIds.next(), { ...place, ids });
      }
      for (const balance of history.balances) batch.addBalance(balance, { ...place, ids });
    }
  }
  for (const table of TABLE_NAMES) {
    if (batch.rows[table].length === 0) continue;
    await copyRows(client, { table, columns: TABLES[table].columns }, batch.rows[table]);
  }
  return count.house;
}

/** Hands out reserved numbers one by one. */
interface IdBlock {
  next(): bigint;
}

async function reserveIds(
  client: pg.ClientBase,
  table: TableName,
  count: number,
): Promise<IdBlock> {
  if (count === 0) return { next: () => refuseId(table) };
  const { rows } = await client.query<{ first: bigint | string }>(
    `select setval(sequence, first + $1 - 1) - $1 + 1 as first
       from (select sequence, nextval(sequence) as first
         from pg_get_serial_sequence($2, 'id') as sequence) reserved`,
    [count, table],
  );
  let next = BigInt(rows[0]?.first ?? refuseId(table));
  const end = next + BigInt(count);
  return {
    next() {
      if (next === end) refuseId(table);
      next += 1n;
      return next - 1n;
    },
  };
}

function refuseId(table: TableName): never {
  throw new Error(`more rows than ids were reserved for ${table}`);
}

interface Place {
  estateId: number;
  buildingId: number;
  custodyAccountId: number;
}

class Batch {
  readonly rows: Record<TableName, Rows>;
  readonly #options: WriteOptions;

  constructor(options: WriteOptions) {
    this.#options = options;
    this.rows = Object.fromEntries(
      TABLE_NAMES.map((table) => [table, []]),
    ) as unknown as Batch["rows"];
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

function sum<Item>(items: readonly Item[], countOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + countOf(item), 0);
}
