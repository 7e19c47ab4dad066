import { type RawBuilder, sql } from "kysely";
import { maskName } from "#src/kernel/masking.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { isCountedSql } from "#src/ledger/estate-figures.ts";
import { dueSql } from "#src/ledger/house-standing-sql.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { OwingKind } from "./schema.ts";

/** A house that has not made its first deposit in full. */
export interface OwingHouse {
  houseId: bigint;
  code: string;
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
  areaHundredths: number;
  dueFen: Fen;
  paidFen: Fen;
  owedFen: Fen;
  /** Masked: 王**, or 王** 等 2 人; empty where the register names nobody yet. */
  ownerWords: string;
}

/** Which houses are asked for. */
export interface OwingQuery {
  estateId: number;
  kind: OwingKind;
  /** Empty: every building. */
  buildingKey: string;
}

export const OWING_ON_PAGE = 20;

/** Lists the houses that owe of their first deposit, one page of them, with their number and what they owe together. */
export async function listOwingHouses(
  db: Db,
  personalData: PersonalData,
  query: OwingQuery & { page: number },
): Promise<{ rows: OwingHouse[]; totalCount: number; owedFen: Fen }> {
  const totals = await sql<{ count: number; owed: bigint }>`
    select count(*)::int as count, coalesce(sum(due.fen - coalesce(b.first_paid_fen, 0)), 0)::bigint as owed
      ${fromOwing(query)}`.execute(db);
  const offset = (query.page - 1) * OWING_ON_PAGE;
  const rows = await readOwing(
    db,
    personalData,
    query,
    sql`order by ${ORDER} limit ${OWING_ON_PAGE} offset ${offset}`,
  );
  const { count = 0, owed = 0n } = totals.rows[0] ?? {};
  return { rows, totalCount: count, owedFen: fen(owed) };
}

/** A file is read in pieces of so many houses. */
const HOUSES_AT_ONCE = 500;

/** Reads every house that owes, for a file, never more than some at once, in the order of the register. */
export async function* streamOwingHouses(
  db: Db,
  personalData: PersonalData,
  query: OwingQuery,
): AsyncGenerator<OwingHouse> {
  let after = 0n;
  for (;;) {
    const next = sql`and h.id > ${after.toString()}::bigint order by h.id limit ${HOUSES_AT_ONCE}`;
    const houses = await readOwing(db, personalData, query, next);
    const last = houses.at(-1);
    if (last === undefined) return;
    yield* houses;
    after = last.houseId;
  }
}

/** As people count: 2幢 before 12幢. */
const ORDER = sql`length(h.building_key), h.building_key, length(h.unit_key), h.unit_key, h.floor nulls last,
  length(h.room_key), h.room_key, h.id`;

function fromOwing({ estateId, kind, buildingKey }: OwingQuery): RawBuilder<unknown> {
  const paid = sql`coalesce(b.first_paid_fen, 0)`;
  const isOfKind = {
    all: sql`true`,
    unpaid: sql`${paid} = 0`,
    "part-paid": sql`${paid} > 0`,
  }[kind];
  const isThere = buildingKey === "" ? sql`true` : sql`h.building_key = ${buildingKey}`;
  return sql`
    from house h
      join building on building.estate_id = h.estate_id and building.id = h.building_id
      left join deposit_standard s on s.id = h.standard_id
      left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
      cross join ${dueSql} due
    where h.estate_id = ${estateId} and h.status = 'recorded' and h.exempt_reason is null
      and ${isCountedSql} and ${paid} < due.fen and ${isOfKind} and ${isThere}`;
}

async function readOwing(
  db: Db,
  personalData: PersonalData,
  query: OwingQuery,
  rest: RawBuilder<unknown>,
): Promise<OwingHouse[]> {
  const { rows } = await sql<Row>`
    select h.id as "houseId", h.code, building.label as "buildingLabel", h.unit_label as "unitLabel",
        h.room_label as "roomLabel", h.area_hundredths as "areaHundredths", due.fen as due,
        coalesce(b.first_paid_fen, 0)::bigint as paid,
        (select o.name_cipher from house_owner o where o.estate_id = h.estate_id and o.house_id = h.id
          order by o.n limit 1) as "ownerCipher",
        (select count(*)::int from house_owner o where o.estate_id = h.estate_id and o.house_id = h.id)
          as "ownerCount"
      ${fromOwing(query)} ${rest}`.execute(db);
  return rows.map(({ due, paid, ownerCipher, ownerCount, ...row }) => ({
    ...row,
    dueFen: fen(due),
    paidFen: fen(paid),
    owedFen: fen(due - paid),
    ownerWords: ownerWords(ownerCipher && personalData.decrypt(ownerCipher), ownerCount),
  }));
}

function ownerWords(name: string | null, count: number): string {
  if (name === null) return "";
  return count > 1 ? `${maskName(name)} 等 ${count} 人` : maskName(name);
}

interface Row extends Omit<OwingHouse, "dueFen" | "paidFen" | "owedFen" | "ownerWords"> {
  due: bigint;
  paid: bigint;
  ownerCipher: Buffer | null;
  ownerCount: number;
}
