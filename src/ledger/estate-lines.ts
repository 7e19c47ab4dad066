import { type RawBuilder, type Selectable, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { JournalTable } from "#src/platform/database/tables/ledger.ts";

/** What a journal did to one house of an estate. Increase is positive; nobody is named. */
export interface EstateLine {
  journalId: bigint;
  /** Of a reversal, the kind of what it takes back. */
  kind: Selectable<JournalTable>["kind"];
  isReversal: boolean;
  depositKind: Selectable<JournalTable>["deposit_kind"];
  bookDate: CalendarDate;
  valueDate: CalendarDate;
  houseCode: string;
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
  principalFen: Fen;
  interestFen: Fen;
}

/** Kinds of lines that are looked at together. */
export const LINE_GROUPS = {
  "deposits-and-refunds": ["deposit", "opening", "refund"],
  deposits: ["deposit", "opening"],
  refunds: ["refund"],
  uses: ["use"],
  interest: ["interest"],
  all: ["deposit", "opening", "refund", "use", "interest", "house-merge"],
} as const;

export type LineGroup = keyof typeof LINE_GROUPS;

/** Which lines of an estate are wanted; null leaves a condition out. */
export interface LineFilter {
  group: LineGroup;
  buildingKey: string | null;
  houseCode: string | null;
  since: CalendarDate | null;
  until: CalendarDate | null;
}

export type LineOrder = "newest" | "oldest" | "largest";

const ORDERS: Readonly<Record<LineOrder, RawBuilder<unknown>>> = {
  newest: sql`book_date desc, journal_id desc, house_code`,
  oldest: sql`book_date, journal_id, house_code`,
  largest: sql`abs(principal_fen + interest_fen) desc, book_date desc, journal_id desc, house_code`,
};

/** Lists one page of an estate's lines, with how many there are and what they sum to. */
export async function listEstateLines(
  db: Db,
  estateId: number,
  query: LineFilter & { order: LineOrder; offset: number; limit: number },
): Promise<{ lines: EstateLine[]; totalCount: number; totalFen: Fen }> {
  const lines = linesSql(estateId, query, sql``);
  const [found, summed] = await Promise.all([
    sql<Row>`select * from (${lines}) line order by ${ORDERS[query.order]}
      limit ${query.limit} offset ${query.offset}`.execute(db),
    sql<{ count: number; fen: bigint }>`select count(*)::int as count,
      coalesce(sum(principal_fen + interest_fen), 0)::bigint as fen from (${lines}) line`.execute(
      db,
    ),
  ]);
  return {
    lines: found.rows.map(toLine),
    totalCount: summed.rows[0]?.count ?? 0,
    totalFen: fen(summed.rows[0]?.fen ?? 0n),
  };
}

/** So many houses are read at once: some thousand lines. */
const HOUSES_AT_ONCE = 100;

/** Reads an estate's lines house by house for a file, each house's oldest first; never more than some at once. */
export async function* streamEstateLines(
  db: Db,
  estateId: number,
  filter: LineFilter,
): AsyncGenerator<EstateLine> {
  let after = 0n;
  for (;;) {
    const houses = await db
      .selectFrom("house")
      .select("id")
      .where("estate_id", "=", estateId)
      .where("id", ">", after)
      .orderBy("id")
      .limit(HOUSES_AT_ONCE)
      .execute();
    const last = houses.at(-1);
    if (last === undefined) return;
    after = last.id;
    const ids = houses.map(({ id }) => id.toString());
    const among = sql`and e.house_id = any(${listParameter("bigint", ids)})`;
    const { rows } = await sql<Row>`select * from (${linesSql(estateId, filter, among)}) line
      order by house_id, book_date, journal_id`.execute(db);
    for (const row of rows) yield toLine(row);
  }
}

function linesSql(estateId: number, filter: LineFilter, among: RawBuilder<unknown>) {
  const { group, buildingKey, houseCode, since, until } = filter;
  const when = <T>(value: T | null, condition: (given: T) => RawBuilder<unknown>) =>
    value === null ? sql`` : condition(value);
  return sql<Row>`
    select e.journal_id, e.house_id, coalesce(original.kind, j.kind) as kind,
        j.reverses is not null as is_reversal, j.deposit_kind, j.book_date, j.value_date,
        h.code as house_code, b.label as building_label, h.unit_label, h.room_label,
        coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.01'), 0)::bigint as principal_fen,
        coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.02'), 0)::bigint as interest_fen
      from entry e
        join journal j on j.id = e.journal_id
        left join journal original on original.id = j.reverses
        join house h on h.estate_id = e.estate_id and h.id = e.house_id
        join building b on b.estate_id = h.estate_id and b.id = h.building_id
      where e.estate_id = ${estateId} and e.house_id is not null ${among}
        and coalesce(original.kind, j.kind) = any(${listParameter("text", [...LINE_GROUPS[group]])})
        ${when(buildingKey, (key) => sql`and h.building_key = ${key}`)}
        ${when(houseCode, (code) => sql`and h.code = ${code}`)}
        ${when(since, (day) => sql`and j.book_date >= ${day}::date`)}
        ${when(until, (day) => sql`and j.book_date <= ${day}::date`)}
      group by e.journal_id, e.house_id, j.id, original.kind, h.estate_id, h.id, b.estate_id, b.id`;
}

interface Row {
  journal_id: bigint;
  kind: EstateLine["kind"];
  is_reversal: boolean;
  deposit_kind: EstateLine["depositKind"];
  book_date: CalendarDate;
  value_date: CalendarDate;
  house_code: string;
  building_label: string;
  unit_label: string;
  room_label: string;
  principal_fen: bigint;
  interest_fen: bigint;
}

function toLine(row: Row): EstateLine {
  return {
    journalId: row.journal_id,
    kind: row.kind,
    isReversal: row.is_reversal,
    depositKind: row.deposit_kind,
    bookDate: row.book_date,
    valueDate: row.value_date,
    houseCode: row.house_code,
    buildingLabel: row.building_label,
    unitLabel: row.unit_label,
    roomLabel: row.room_label,
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
  };
}
