import { type RawBuilder, sql } from "kysely";
import { type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { HouseTable } from "#src/platform/database/tables/register.ts";
import { isCountedSql } from "./estate-figures.ts";
import type { HouseStanding } from "./house-standing.ts";
import { dueSql, standingKindSql } from "./house-standing-sql.ts";

/** A house of an estate with what it holds. Nobody is named. */
export interface EstateHouse {
  houseId: bigint;
  code: string;
  buildingKey: string;
  buildingLabel: string;
  unitKey: string;
  unitLabel: string;
  roomKey: string;
  roomLabel: string;
  floor: number | null;
  houseUse: HouseTable["house_use"];
  areaHundredths: number;
  /** 首期应交; null without a standard that can be computed. */
  dueFen: Fen | null;
  firstPaidFen: Fen;
  principalFen: Fen;
  interestFen: Fen;
  standing: HouseStanding["kind"];
}

/** Lists the houses of an estate whose balance is below the line of the city, in the order of their keys. */
export async function listHousesBelow(
  db: Db,
  estateId: number,
  triggerPercent: number,
): Promise<EstateHouse[]> {
  const below = sql`and ${standingKindSql(triggerPercent)} = 'below-trigger'`;
  return await readHouses(db, estateId, triggerPercent, below);
}

/** Reads some houses of an estate by their ids, in the order of the ids given; unknown ones are left out. */
export async function findEstateHouses(
  db: Db,
  estateId: number,
  triggerPercent: number,
  houseIds: readonly bigint[],
): Promise<EstateHouse[]> {
  const ids = houseIds.map(String);
  const among = sql`and h.id = any(${listParameter("bigint", ids)})`;
  const rows = await readHouses(db, estateId, triggerPercent, among);
  const byId = new Map(rows.map((house) => [house.houseId, house]));
  return houseIds.flatMap((id) => byId.get(id) ?? []);
}

/** A file of an estate is read in pieces of so many houses. */
const HOUSES_AT_ONCE = 500;

/** Reads every counted house of an estate for a file, never more than some at once. */
export async function* streamEstateHouses(
  db: Db,
  estateId: number,
  triggerPercent: number,
): AsyncGenerator<EstateHouse> {
  let after = 0n;
  for (;;) {
    const next = sql`and h.id > ${after.toString()}::bigint order by h.id limit ${HOUSES_AT_ONCE}`;
    const houses = await readHouses(db, estateId, triggerPercent, next);
    const last = houses.at(-1);
    if (last === undefined) return;
    yield* houses;
    after = last.houseId;
  }
}

async function readHouses(
  db: Db,
  estateId: number,
  triggerPercent: number,
  rest: RawBuilder<unknown>,
): Promise<EstateHouse[]> {
  const { rows } = await sql<Row>`
    select h.id as "houseId", h.code, h.building_key as "buildingKey", building.label as "buildingLabel",
        h.unit_key as "unitKey", h.unit_label as "unitLabel", h.room_key as "roomKey",
        h.room_label as "roomLabel", h.floor, h.house_use as "houseUse",
        h.area_hundredths as "areaHundredths", due.fen as "dueFen", b.first_paid_fen as "firstPaidFen",
        b.principal_fen as "principalFen", b.interest_fen as "interestFen",
        ${standingKindSql(triggerPercent)} as standing
      from house h
        join building on building.estate_id = h.estate_id and building.id = h.building_id
        left join deposit_standard s on s.id = h.standard_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
        cross join ${dueSql} due
      where h.estate_id = ${estateId} and ${isCountedSql} ${rest}`.execute(db);
  return rows.map((row) => ({
    ...row,
    dueFen: row.dueFen === null ? null : fen(row.dueFen),
    firstPaidFen: fen(row.firstPaidFen ?? ZERO_FEN),
    principalFen: fen(row.principalFen ?? ZERO_FEN),
    interestFen: fen(row.interestFen ?? ZERO_FEN),
  }));
}

interface Row
  extends Omit<EstateHouse, "dueFen" | "firstPaidFen" | "principalFen" | "interestFen"> {
  dueFen: bigint | null;
  firstPaidFen: bigint | null;
  principalFen: bigint | null;
  interestFen: bigint | null;
}
