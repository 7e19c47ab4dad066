import { sql } from "kysely";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { headerOf } from "./columns.ts";
import {
  differingHouseColumns,
  differingOwnerColumns,
  type RecordedHouse,
  type RecordedOwner,
} from "./compare-house.ts";
import { addressKey, type HouseCandidate } from "./house-candidate.ts";
import type { RegisterReference } from "./reference.ts";
import type { BadRow } from "./row.ts";

export interface StoredHouses {
  added: number;
  unchanged: number;
  bad: BadRow[];
}

/**
 * Makes the table of this connection that remembers on which line each house of the file stood. It is what
 * finds a house that stands twice, however far apart, without a list in our memory.
 */
export async function openLineTable(connection: Db): Promise<() => Promise<void>> {
  await sql`drop table if exists pg_temp.import_line`.execute(connection);
  await sql`
    create temp table import_line (
      estate_id integer not null, house_id bigint not null, line integer not null,
      primary key (estate_id, house_id)
    )`.execute(connection);
  return async () => {
    await sql`drop table if exists pg_temp.import_line`.execute(connection);
  };
}

/**
 * Records the houses that are new. A house on record is never overwritten: the same data count as
 * unchanged, other data and a house that stood in the file before make the row bad.
 */
export async function storeHouses(
  tx: Tx,
  candidates: readonly HouseCandidate[],
  reference: RegisterReference,
  personalData: PersonalData,
): Promise<StoredHouses> {
  const bad: BadRow[] = [];
  const first = new Map<string, HouseCandidate>();
  for (const candidate of candidates) {
    const key = addressKey(candidate.estateId, candidate.house);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, candidate);
    else bad.push(twice(candidate.line, earlier.line));
  }
  const ids = await insertHouses(tx, [...first.values()]);
  const added: PlacedHouse[] = [];
  const present: HouseCandidate[] = [];
  for (const [key, candidate] of first) {
    const houseId = ids.get(key);
    if (houseId === undefined) present.push(candidate);
    else added.push({ candidate, houseId });
  }
  await insertOwners(tx, added);
  const judged = await judgePresent(tx, present, reference, personalData);
  await rememberLines(tx, [...added, ...judged.unchanged]);
  return {
    added: added.length,
    unchanged: judged.unchanged.length,
    bad: [...bad, ...judged.bad],
  };
}

interface PlacedHouse {
  candidate: HouseCandidate;
  houseId: bigint;
}

interface PresentHouse extends RecordedHouse {
  estate_id: number;
  id: bigint;
  building_key: string;
  unit_key: string;
  room_key: string;
  line: number | null;
}

/** Answers with the id of each house that was new, by its address. */
async function insertHouses(
  tx: Tx,
  candidates: readonly HouseCandidate[],
): Promise<Map<string, bigint>> {
  if (candidates.length === 0) return new Map();
  const sorted = [...candidates].sort((a, b) => a.estateId - b.estateId || compareKeys(a, b));
  const houses = sorted.map((candidate) => candidate.house);
  const { rows } = await sql<
    Pick<PresentHouse, "estate_id" | "id" | "building_key" | "unit_key" | "room_key">
  >`
    insert into house (estate_id, building_id, code, standard_id, building_key, unit_key, room_key,
        unit_label, room_label, floor, area_hundredths, area_kind, house_use, house_nature,
        standard_date, price_fen, contract_no, real_estate_unit_no)
      select * from unnest(
        ${sorted.map((c) => c.estateId)}::integer[], ${sorted.map((c) => c.buildingId)}::integer[],
        ${sorted.map((c) => c.code)}::text[], ${sorted.map((c) => c.standardId)}::integer[],
        ${houses.map((h) => h.buildingKey)}::text[], ${houses.map((h) => h.unitKey)}::text[],
        ${houses.map((h) => h.roomKey)}::text[], ${houses.map((h) => h.unitLabel)}::text[],
        ${houses.map((h) => h.roomLabel)}::text[], ${houses.map((h) => h.floor)}::smallint[],
        ${houses.map((h) => h.areaHundredths)}::integer[],
        ${houses.map((h) => h.areaKind ?? "measured")}::text[],
        ${houses.map((h) => h.houseUse)}::text[],
        ${houses.map((h) => h.houseNature ?? "commodity")}::text[],
        ${houses.map((h) => h.standardDate)}::date[], ${houses.map((h) => h.priceFen)}::bigint[],
        ${houses.map((h) => h.contractNo)}::text[],
        ${houses.map((h) => h.realEstateUnitNo)}::text[])
      on conflict do nothing
      returning estate_id, id, building_key, unit_key, room_key`.execute(tx);
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

async function insertOwners(tx: Tx, added: readonly PlacedHouse[]): Promise<void> {
  const owners = added.flatMap(({ candidate, houseId }) =>
    candidate
      .sealedOwners()
      .map((owner, at) => ({ estateId: candidate.estateId, houseId, n: at + 1, ...owner })),
  );
  if (owners.length === 0) return;
  await sql`
    insert into house_owner (estate_id, house_id, n, name_cipher, document_kind, document_cipher,
        document_hash, phone_cipher, phone_hash)
      select * from unnest(
        ${owners.map((o) => o.estateId)}::integer[], ${owners.map((o) => o.houseId)}::bigint[],
        ${owners.map((o) => o.n)}::smallint[], ${owners.map((o) => o.nameCipher)}::bytea[],
        ${owners.map((o) => o.documentKind)}::text[], ${owners.map((o) => o.documentCipher)}::bytea[],
        ${owners.map((o) => o.documentHash)}::bytea[], ${owners.map((o) => o.phoneCipher)}::bytea[],
        ${owners.map((o) => o.phoneHash)}::bytea[])`.execute(tx);
}

async function rememberLines(tx: Tx, houses: readonly PlacedHouse[]): Promise<void> {
  if (houses.length === 0) return;
  await sql`
    insert into pg_temp.import_line (estate_id, house_id, line)
      select * from unnest(${houses.map((h) => h.candidate.estateId)}::integer[],
        ${houses.map((h) => h.houseId)}::bigint[],
        ${houses.map((h) => h.candidate.line)}::integer[])
      on conflict do nothing`.execute(tx);
}

async function judgePresent(
  tx: Tx,
  candidates: readonly HouseCandidate[],
  reference: RegisterReference,
  personalData: PersonalData,
): Promise<{ unchanged: PlacedHouse[]; bad: BadRow[] }> {
  const unchanged: PlacedHouse[] = [];
  const bad: BadRow[] = [];
  const recorded = await findRecorded(tx, candidates);
  const owners = await findOwners(tx, [...recorded.values()]);
  for (const candidate of candidates) {
    const { house, line } = candidate;
    const found = recorded.get(addressKey(candidate.estateId, house));
    if (found === undefined) {
      bad.push(codeTaken(candidate));
    } else if (found.line !== null) {
      bad.push(twice(line, found.line));
    } else {
      const named =
        house.standardCode === null
          ? null
          : (reference.standardsByCode.get(house.standardCode)?.id ?? null);
      const differing = [
        ...differingHouseColumns(house, named, found),
        ...differingOwnerColumns(house.owners, owners.get(found.id) ?? [], personalData),
      ];
      if (differing.length === 0) unchanged.push({ candidate, houseId: found.id });
      else bad.push(different(line, differing));
    }
  }
  return { unchanged, bad };
}

async function findRecorded(
  tx: Tx,
  candidates: readonly HouseCandidate[],
): Promise<Map<string, PresentHouse>> {
  if (candidates.length === 0) return new Map();
  const { rows } = await sql<PresentHouse>`
    select house.estate_id, house.id, house.building_key, house.unit_key, house.room_key, house.code,
        house.floor, house.area_hundredths, house.area_kind, house.house_use, house.house_nature,
        house.standard_id, house.standard_date, house.price_fen, house.contract_no,
        house.real_estate_unit_no, import_line.line
      from unnest(${candidates.map((c) => c.estateId)}::integer[],
          ${candidates.map((c) => c.house.buildingKey)}::text[],
          ${candidates.map((c) => c.house.unitKey)}::text[],
          ${candidates.map((c) => c.house.roomKey)}::text[])
        as asked (estate_id, building_key, unit_key, room_key)
      join house using (estate_id, building_key, unit_key, room_key)
      left join pg_temp.import_line
        on import_line.estate_id = house.estate_id and import_line.house_id = house.id`.execute(tx);
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function findOwners(
  tx: Tx,
  houses: readonly PresentHouse[],
): Promise<Map<bigint, RecordedOwner[]>> {
  const owners = new Map<bigint, RecordedOwner[]>();
  if (houses.length === 0) return owners;
  const { rows } = await sql<RecordedOwner & { house_id: bigint }>`
    select house_id, name_cipher, document_kind, document_hash, phone_hash
      from unnest(${houses.map((h) => h.estate_id)}::integer[], ${houses.map((h) => h.id)}::bigint[])
        as asked (estate_id, house_id)
      join house_owner using (estate_id, house_id)
      order by house_id, n`.execute(tx);
  for (const { house_id, ...owner } of rows) {
    const list = owners.get(house_id);
    if (list === undefined) owners.set(house_id, [owner]);
    else list.push(owner);
  }
  return owners;
}

function keyOf(row: {
  estate_id: number;
  building_key: string;
  unit_key: string;
  room_key: string;
}): string {
  return addressKey(row.estate_id, {
    buildingKey: row.building_key,
    unitKey: row.unit_key,
    roomKey: row.room_key,
  });
}

function compareKeys(a: HouseCandidate, b: HouseCandidate): number {
  const [left, right] = [addressKey(0, a.house), addressKey(0, b.house)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function twice(line: number, firstLine: number): BadRow {
  return {
    line,
    problems: [
      { column: headerOf("room"), reason: `和第 ${firstLine} 行是同一套房屋，请删去其中一行` },
    ],
  };
}

function codeTaken(candidate: HouseCandidate): BadRow {
  const { code, house, line } = candidate;
  const reason =
    house.code === null
      ? `自动编号 ${code} 已被另一套房屋占用，请填写房屋编号`
      : `房屋编号 ${code} 已经是另一套房屋的编号，请核对`;
  return { line, problems: [{ column: headerOf("houseCode"), reason }] };
}

function different(line: number, columns: readonly string[]): BadRow {
  return {
    line,
    problems: [
      {
        column: headerOf("room"),
        reason: `这套房屋已在册，${columns.join("、")}与登记不同。导入不改已登记的房屋，请核对`,
      },
    ],
  };
}
