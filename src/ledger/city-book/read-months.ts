import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import {
  type FundMonth,
  fundMonths,
  heldWhen,
  lastMonthOf,
  type MonthMovement,
} from "./fund-months.ts";
import type { YearMovement } from "./fund-years.ts";
import { toYearMovement, type YearRow, yearSums } from "./year-rows.ts";

/** Whose months are wanted: the city's, those of some districts, or of some estates. */
export type MonthsOf =
  | { kind: "city" }
  | { kind: "districts"; codes: readonly string[] }
  | { kind: "estates"; estateIds: readonly number[] };

/** A year, and the day up to which it is told where it is not over. */
export interface MonthSpan {
  year: number;
  today: string;
}

/** What a fund moved in the months of a year, and in each year or in sum before it. */
export interface MovedMonths {
  earlier: readonly YearMovement[];
  moved: readonly MonthMovement[];
}

/**
 * Reads the months of a year of the city, of districts or of estates together. What was there before and the months are
 * one statement, so that they follow each other whatever is written meanwhile.
 */
export async function readMonths(db: Db | Tx, of: MonthsOf, span: MonthSpan): Promise<FundMonth[]> {
  const rows = await readYearRows(db, of, { year: span.year, key: sql`0` });
  return monthsOfYear([toMoved(rows)], span);
}

/** Reads what some estates moved in the months of a year, estate by estate; who never moved is left out. */
export async function readEstateMonths(
  db: Db | Tx,
  estateIds: readonly number[],
  year: number,
): Promise<ReadonlyMap<number, MovedMonths>> {
  const of = { kind: "estates", estateIds } as const;
  const rows = await readYearRows(db, of, { year, key: sql`y.estate_id` });
  const byEstate = Map.groupBy(rows, (row) => row.key);
  return new Map([...byEstate].map(([id, some]) => [id, toMoved(some)]));
}

/** Reads every month that each district ever moved anything in, by the code of the district. */
export async function readDistrictMonths(
  db: Db | Tx,
): Promise<ReadonlyMap<string, MonthMovement[]>> {
  const { rows } = await sql<MonthRow<string>>`
    select estate.district_code as key, y.year, y.month, ${yearSums}
      from estate_month y join estate on estate.id = y.estate_id
      group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  const byCode = Map.groupBy(rows, (row) => row.key);
  return new Map([...byCode].map(([code, some]) => [code, some.map(toMonthMovement)]));
}

/** Sets one fund, or several as one, together as the months of a year. */
export function monthsOfYear(
  funds: readonly MovedMonths[],
  { year, today }: MonthSpan,
): FundMonth[] {
  const held = heldWhen(
    year,
    funds.flatMap(({ earlier }) => earlier),
  );
  const moved = funds.flatMap((one) => one.moved);
  return fundMonths(held, moved, lastMonthOf(year, today));
}

interface MonthRow<Key> extends YearRow {
  key: Key;
  /** 0 for all that was before the year. */
  month: number;
}

async function readYearRows(
  db: Db | Tx,
  of: MonthsOf,
  { year, key }: { year: number; key: RawBuilder<unknown> },
): Promise<MonthRow<number>[]> {
  const { rows } = await sql<MonthRow<number>>`
    select ${key} as key, ${year - 1}::int as year, 0 as month, ${yearSums}
      from estate_year y where y.year < ${year} and ${isOf(of)} group by 1
    union all
    select ${key}, ${year}::int, y.month, ${yearSums}
      from estate_month y where y.year = ${year} and ${isOf(of)} group by 1, y.month`.execute(db);
  return rows;
}

function isOf(of: MonthsOf): RawBuilder<unknown> {
  switch (of.kind) {
    case "city":
      return sql`true`;
    case "districts":
      return sql`y.estate_id in (
        select id from estate where district_code = any(${listParameter("text", of.codes)}))`;
    case "estates":
      return sql`y.estate_id = any(${listParameter("int", of.estateIds)})`;
  }
}

function toMoved(rows: readonly MonthRow<number>[]): MovedMonths {
  return {
    earlier: rows.filter(({ month }) => month === 0).map(toYearMovement),
    moved: rows.filter(({ month }) => month > 0).map(toMonthMovement),
  };
}

function toMonthMovement(row: MonthRow<unknown>): MonthMovement {
  return { ...toYearMovement(row), month: row.month };
}
