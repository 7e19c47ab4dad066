import { sql } from "kysely";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { HouseStanding } from "./house-standing.ts";
import { dueSql, standingKindSql } from "./house-standing-sql.ts";

/** How many houses stand in each way; what nobody stands in is left out. */
export type StandingCounts = ReadonlyMap<HouseStanding["kind"], number>;

/** What the houses of one building hold together. */
export interface BuildingFigures {
  buildingId: number;
  houseCount: number;
  areaHundredths: bigint;
  principalFen: Fen;
  interestFen: Fen;
  /** Deposited towards first deposits by houses that are not closed: what a balance is measured against. */
  firstPaidFen: Fen;
  standings: StandingCounts;
}

/**
 * Houses that an applicant added and nobody has verified count only once money is there: an estate's
 * figures must add up to its ledger, and nobody may fill a building with inventions. A house that was merged
 * into another is that other one: its money and its history have moved there.
 */
export const isCountedSql = sql<boolean>`(coalesce(b.principal_fen + b.interest_fen, 0) > 0
  or h.is_listed and h.status <> 'provisional' and h.merged_into_house_id is null)`;

/**
 * Reads a mark that changes whenever what any house of the estate holds changes. It costs a fraction of the
 * figures, so that they can be kept exactly as long as they are true.
 */
export async function readHoldingsMark(db: Db, estateId: number): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select count(*) || '/' || coalesce(sum(
        hashint8extended(principal_fen, house_id) # hashint8extended(interest_fen, house_id + 1)
          # hashint8extended(first_paid_fen, house_id + 2)), 0) as mark
      from house_balance where estate_id = ${estateId}`.execute(db);
  return rows[0]?.mark ?? "";
}

/** Sums the houses of an estate by building and standing, in one pass of the database. */
export async function readEstateFigures(
  db: Db | Tx,
  estateId: number,
  triggerPercent: number,
): Promise<BuildingFigures[]> {
  const { rows } = await sql<Row>`
    select h.building_id, ${standingKindSql(triggerPercent)} as standing,
        count(*)::int as house_count, sum(h.area_hundredths)::bigint as area_hundredths,
        coalesce(sum(b.principal_fen), 0)::bigint as principal_fen,
        coalesce(sum(b.interest_fen), 0)::bigint as interest_fen,
        coalesce(sum(b.first_paid_fen) filter (where h.status <> 'closed'), 0)::bigint as first_paid_fen
      from house h
        left join deposit_standard s on s.id = h.standard_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
        cross join ${dueSql} due
      where h.estate_id = ${estateId} and ${isCountedSql}
      group by 1, 2 order by 1, 2`.execute(db);
  const buildings = Map.groupBy(rows, (row) => row.building_id);
  return [...buildings].map(([buildingId, parts]) => ({ buildingId, ...addParts(parts) }));
}

interface Row {
  building_id: number;
  standing: HouseStanding["kind"];
  house_count: number;
  area_hundredths: bigint;
  principal_fen: bigint;
  interest_fen: bigint;
  first_paid_fen: bigint;
}

function addParts(parts: readonly Row[]): Omit<BuildingFigures, "buildingId"> {
  const add = (of: (row: Row) => bigint) => parts.reduce((sum, row) => sum + of(row), 0n);
  return {
    houseCount: parts.reduce((sum, row) => sum + row.house_count, 0),
    areaHundredths: add((row) => row.area_hundredths),
    principalFen: fen(add((row) => row.principal_fen)),
    interestFen: fen(add((row) => row.interest_fen)),
    firstPaidFen: fen(add((row) => row.first_paid_fen)),
    standings: new Map(parts.map((row) => [row.standing, row.house_count])),
  };
}
