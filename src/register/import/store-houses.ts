import { sql } from "kysely";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { addressKey, type HouseCandidate } from "./house-candidate.ts";
import { judgePresent, keyOf, type PlacedHouse, twice } from "./judge-present-houses.ts";
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
  const first = new Map<string, HouseCandidate>();
  const repeated: { line: number; earlier: HouseCandidate }[] = [];
  for (const candidate of candidates) {
    const key = addressKey(candidate.estateId, candidate.house);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, candidate);
    else repeated.push({ line: candidate.line, earlier });
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
    bad: [
      ...judged.bad,
      ...repeated.map(({ line, earlier }) =>
        twice(line, judged.firstLines.get(earlier) ?? earlier.line),
      ),
    ],
  };
}

/** Answers with the id of each house that was new, by its address. */
async function insertHouses(
  tx: Tx,
  candidates: readonly HouseCandidate[],
): Promise<Map<string, bigint>> {
  if (candidates.length === 0) return new Map();
  const sorted = [...candidates].sort((a, b) => a.estateId - b.estateId || compareKeys(a, b));
  const houses = sorted.map((candidate) => candidate.house);
  const { rows } = await sql<Parameters<typeof keyOf>[0] & { id: bigint }>`
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

function compareKeys(a: HouseCandidate, b: HouseCandidate): number {
  const [left, right] = [addressKey(0, a.house), addressKey(0, b.house)];
  return left < right ? -1 : left > right ? 1 : 0;
}
