import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { likePattern } from "#src/platform/database/like-pattern.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import { type FundNow, type FundNowRow, fundNowSums, toFundNow } from "./fund-now.ts";
import type { YearMovement } from "./fund-years.ts";
import { toYearMovement, type YearRow, yearSums } from "./year-rows.ts";

/** An estate as the city's book tells of it. */
export interface ListedEstate {
  id: number;
  code: string;
  name: string;
  districtCode: string;
  districtName: string;
  completedYear: number | null;
  now: FundNow;
}

/** How a list of estates is sorted; of equals the smaller code comes first. */
export type EstateOrder = "balance" | "sufficiency-low" | "sufficiency-high" | "houses" | "name";

const SUFFICIENCY = sql`(n.principal_fen + n.interest_fen)::numeric / nullif(n.first_paid_fen, 0)`;
const ORDERS: Readonly<Record<EstateOrder, RawBuilder<unknown>>> = {
  balance: sql`n.principal_fen + n.interest_fen desc`,
  "sufficiency-low": sql`${SUFFICIENCY} nulls last`,
  "sufficiency-high": sql`${SUFFICIENCY} desc nulls last`,
  houses: sql`n.house_count desc`,
  name: sql`estate.name`,
};

/** Which estates are wanted; null and "" leave a condition out. */
export interface EstateFilter {
  districtCodes: readonly string[] | null;
  /** A part of the name, of another name, or of the code. */
  words: string;
  /** Estates that are told only together. */
  without: readonly number[];
}

/** Lists one page of estates, with how many there are. */
export async function listEstates(
  db: Db,
  filter: EstateFilter,
  page: { order: EstateOrder; offset: number; limit: number },
): Promise<{ estates: ListedEstate[]; totalCount: number }> {
  const wanted = wantedSql(filter);
  const [found, counted] = await Promise.all([
    sql<EstateRow>`${selectEstates(wanted)}
      order by ${ORDERS[page.order]}, estate.code limit ${page.limit} offset ${page.offset}`.execute(
      db,
    ),
    sql<{ count: number }>`select count(*)::int as count
      from estate_now n join estate on estate.id = n.estate_id where ${wanted}`.execute(db),
  ]);
  return { estates: found.rows.map(toListed), totalCount: counted.rows[0]?.count ?? 0 };
}

/** Reads estates after one another, by code, never more than some at once. */
export async function* streamEstates(db: Db, filter: EstateFilter): AsyncGenerator<ListedEstate[]> {
  let after = "";
  for (;;) {
    const more = sql`${wantedSql(filter)} and estate.code > ${after}`;
    const { rows } = await sql<EstateRow>`${selectEstates(more)}
      order by estate.code limit ${ESTATES_AT_ONCE}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.code;
    yield rows.map(toListed);
  }
}

const ESTATES_AT_ONCE = 500;

/** Finds one estate by its code; null for none that the book knows. */
export async function findListedEstate(db: Db | Tx, code: string): Promise<ListedEstate | null> {
  if (!/^[A-Z]{2}[0-9]{4,8}$/.test(code)) return null;
  const { rows } = await sql<EstateRow>`${selectEstates(sql`estate.code = ${code}`)}`.execute(db);
  return rows[0] === undefined ? null : toListed(rows[0]);
}

/** Reads some estates, by code. */
export async function listEstatesById(
  db: Db,
  estateIds: readonly number[],
): Promise<ListedEstate[]> {
  const wanted = sql`estate.id = any(${listParameter("int", estateIds)})`;
  const { rows } = await sql<EstateRow>`${selectEstates(wanted)} order by estate.code`.execute(db);
  return rows.map(toListed);
}

/** Reads what some estates moved, year by year. */
export async function readEstateYears(
  db: Db | Tx,
  estateIds: readonly number[],
): Promise<ReadonlyMap<number, YearMovement[]>> {
  const { rows } = await sql<YearRow & { estate_id: number }>`
    select y.estate_id, y.year, ${yearSums} from estate_year y
      where y.estate_id = any(${listParameter("int", estateIds)}) group by 1, 2 order by 1, 2`.execute(
    db,
  );
  const byEstate = Map.groupBy(rows, (row) => row.estate_id);
  return new Map([...byEstate].map(([id, some]) => [id, some.map(toYearMovement)]));
}

interface EstateRow extends FundNowRow {
  id: number;
  code: string;
  name: string;
  district_code: string;
  district_name: string;
  completed_year: number | null;
}

function selectEstates(wanted: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select estate.id, estate.code, estate.name, estate.district_code, district.name as district_name,
        estate.completed_year, ${fundNowSums}
      from estate_now n join estate on estate.id = n.estate_id
        join district on district.code = estate.district_code
      where ${wanted} group by estate.id, district.code, n.estate_id`;
}

function wantedSql({ districtCodes, words, without }: EstateFilter): RawBuilder<unknown> {
  const pattern = likePattern(words);
  const named = sql`(estate.name ilike ${pattern} or estate.code ilike ${pattern} or exists (
    select from estate_alias a where a.estate_id = estate.id and a.alias ilike ${pattern}))`;
  return sql`${districtCodes === null ? sql`true` : sql`estate.district_code = any(${listParameter("text", districtCodes)})`}
    and ${words === "" ? sql`true` : named}
    and estate.id <> all(${listParameter("int", without)})`;
}

function toListed(row: EstateRow): ListedEstate {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    districtCode: row.district_code,
    districtName: row.district_name,
    completedYear: row.completed_year,
    now: toFundNow(row),
  };
}
