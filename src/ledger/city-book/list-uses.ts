import { type RawBuilder, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { likePattern } from "#src/platform/database/like-pattern.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";

/** A use of funds that stands: what was repaired, for whom, what the fund paid. Nobody is named. */
export interface ListedUse {
  estateId: number;
  estateCode: string;
  estateName: string;
  districtName: string;
  bookDate: CalendarDate;
  projectName: string;
  scopeWords: string;
  /** Houses whose balance paid a share. */
  houseCount: number;
  amountFen: Fen;
}

/** Which uses are wanted; null and "" leave a condition out. */
export interface UseFilter {
  districtCodes: readonly string[] | null;
  estateId: number | null;
  year: number | null;
  /** A part of the project's name or of the estate's. */
  words: string;
  /** Estates that are told only together: words do not find their uses. */
  without: readonly number[];
}

/** Every use of the city. */
export const ALL_USES: UseFilter = {
  districtCodes: null,
  estateId: null,
  year: null,
  words: "",
  without: [],
};

/** Lists one page of uses, the newest first, with how many there are and what they sum to. */
export async function listUses(
  db: Db,
  filter: UseFilter,
  page: { offset: number; limit: number },
): Promise<{ uses: ListedUse[]; totalCount: number; totalFen: Fen }> {
  const from = fromSql(filter);
  const [found, summed] = await Promise.all([
    sql<UseRow>`select ${COLUMNS} ${from} order by u.book_date desc, u.estate_id, u.n desc
      limit ${page.limit} offset ${page.offset}`.execute(db),
    sql<{ count: number; fen: bigint }>`select count(*)::int as count,
      coalesce(sum(u.amount_fen), 0)::bigint as fen ${from}`.execute(db),
  ]);
  return {
    uses: found.rows.map(toUse),
    totalCount: summed.rows[0]?.count ?? 0,
    totalFen: fen(summed.rows[0]?.fen ?? 0n),
  };
}

const USES_AT_ONCE = 1_000;

/** Reads uses after one another, by estate and from the oldest on, never more than some at once. */
export async function* streamUses(
  db: Db | Tx,
  filter: UseFilter = ALL_USES,
): AsyncGenerator<ListedUse[]> {
  let after = { estateId: 0, n: 0 };
  for (;;) {
    const { rows } = await sql<UseRow>`select ${COLUMNS} ${fromSql(filter)}
        and (u.estate_id, u.n) > (${after.estateId}, ${after.n})
      order by u.estate_id, u.n limit ${USES_AT_ONCE}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { estateId: last.estate_id, n: last.n };
    yield rows.map(toUse);
  }
}

const COLUMNS = sql`u.estate_id, u.n, estate.code, estate.name, district.name as district_name, u.book_date,
  u.project_name, u.scope_words, u.house_count, u.amount_fen`;

function fromSql({
  districtCodes,
  estateId,
  year,
  words,
  without,
}: UseFilter): RawBuilder<unknown> {
  const pattern = likePattern(words);
  const told = sql`estate.id <> all(${listParameter("int", without)})`;
  const conditions = [
    districtCodes && sql`estate.district_code = any(${listParameter("text", districtCodes)})`,
    estateId && sql`u.estate_id = ${estateId}`,
    year &&
      sql`u.book_date between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)`,
    words !== "" &&
      sql`(u.project_name ilike ${pattern} or estate.name ilike ${pattern} and ${told})`,
  ].filter((one) => one !== null && one !== 0 && one !== false);
  return sql`from estate_use u join estate on estate.id = u.estate_id
      join district on district.code = estate.district_code
      where ${sql.join([sql`true`, ...(conditions as RawBuilder<unknown>[])], sql` and `)}`;
}

interface UseRow {
  estate_id: number;
  n: number;
  code: string;
  name: string;
  district_name: string;
  book_date: CalendarDate;
  project_name: string;
  scope_words: string;
  house_count: number;
  amount_fen: bigint;
}

function toUse(row: UseRow): ListedUse {
  return {
    estateId: row.estate_id,
    estateCode: row.code,
    estateName: row.name,
    districtName: row.district_name,
    bookDate: row.book_date,
    projectName: row.project_name,
    scopeWords: row.scope_words,
    houseCount: row.house_count,
    amountFen: fen(row.amount_fen),
  };
}
