import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";
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

/** A house of the file with its number in the register. */
export interface PlacedHouse {
  candidate: HouseCandidate;
  houseId: bigint;
}

/** What became of rows whose house, or whose code, was in the register before. */
export interface JudgedHouses {
  unchanged: PlacedHouse[];
  bad: BadRow[];
  /** Where a house stood in an earlier batch of the file. */
  firstLines: Map<HouseCandidate, number>;
}

interface PresentHouse extends RecordedHouse {
  estate_id: number;
  id: bigint;
  building_key: string;
  unit_key: string;
  room_key: string;
  /** Where the file named it before; null: this is the first time. */
  line: number | null;
}

/**
 * Judges rows whose house was not new: unchanged, other data, named in the file before, or another house
 * with the same code. Nothing on record is touched.
 */
export async function judgePresent(
  tx: Tx,
  candidates: readonly HouseCandidate[],
  reference: RegisterReference,
  personalData: PersonalData,
): Promise<JudgedHouses> {
  const firstLines = new Map<HouseCandidate, number>();
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
      firstLines.set(candidate, found.line);
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
  return { unchanged, bad, firstLines };
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

/** The address of a row of the table, as candidates write theirs. */
export function keyOf(row: {
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

/** The finding that a row names a house that an earlier line named. */
export function twice(line: number, firstLine: number): BadRow {
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
