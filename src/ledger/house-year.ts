import { sql } from "kysely";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { HouseKey } from "./house-balances.ts";
import type { HouseLine } from "./list-house-entries.ts";

/** Principal and interest of a house on one day. */
export interface HouseParts {
  principalFen: Fen;
  interestFen: Fen;
}

/** One calendar year of a house's money by book date: what it began with, every line, what it ended with. */
export interface HouseYear {
  year: number;
  opening: HouseParts;
  /** Oldest first; the balance after each counts from the opening one. */
  lines: readonly HouseLine[];
  closing: HouseParts;
}

/** Lists the years in which anything was booked on a house, newest first. */
export async function listHouseYears(db: Db, house: HouseKey): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from j.book_date)::int as year
      from entry e join journal j on j.id = e.journal_id
      where e.estate_id = ${house.estateId} and e.house_id = ${house.houseId.toString()}::bigint
      order by year desc`.execute(db);
  return rows.map(({ year }) => year);
}

/** Reads one year of a house. Lines of a year without any are none, and it ends as it began. */
export async function getHouseYear(db: Db, house: HouseKey, year: number): Promise<HouseYear> {
  const first = calendarDate(`${year}-01-01`);
  const last = calendarDate(`${year}-12-31`);
  const [opening, rows] = await Promise.all([
    readOpening(db, house, first),
    readRows(db, house, first, last),
  ]);
  let at = opening;
  const lines = rows.map((row): HouseLine => {
    at = {
      principalFen: addFen(at.principalFen, row.principal_fen),
      interestFen: addFen(at.interestFen, row.interest_fen),
    };
    return toLine(row, addFen(at.principalFen, at.interestFen));
  });
  return { year, opening, lines, closing: at };
}

async function readOpening(db: Db, house: HouseKey, first: CalendarDate): Promise<HouseParts> {
  const { rows } = await sql<{ principal_fen: bigint; interest_fen: bigint }>`
    select coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.01'), 0)::bigint as principal_fen,
        coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.02'), 0)::bigint as interest_fen
      from entry e join journal j on j.id = e.journal_id
      where e.estate_id = ${house.estateId} and e.house_id = ${house.houseId.toString()}::bigint
        and j.book_date < ${first}`.execute(db);
  const [row] = rows;
  return {
    principalFen: fen(row?.principal_fen ?? 0n),
    interestFen: fen(row?.interest_fen ?? 0n),
  };
}

interface Row {
  id: bigint;
  kind: HouseLine["kind"];
  deposit_kind: HouseLine["depositKind"];
  book_date: CalendarDate;
  value_date: CalendarDate;
  notice_no: string | null;
  note: unknown;
  entry_note: unknown;
  principal_fen: Fen;
  interest_fen: Fen;
}

async function readRows(
  db: Db,
  house: HouseKey,
  first: CalendarDate,
  last: CalendarDate,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select j.id, j.kind, j.deposit_kind, j.book_date, j.value_date, j.notice_no, j.note,
        (array_agg(e.note order by e.n) filter (where e.note is not null))[1] as entry_note,
        coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.01'), 0)::bigint as principal_fen,
        coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.02'), 0)::bigint as interest_fen
      from entry e join journal j on j.id = e.journal_id
      where e.estate_id = ${house.estateId} and e.house_id = ${house.houseId.toString()}::bigint
        and j.book_date between ${first} and ${last}
      group by j.id order by j.book_date, j.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    principal_fen: fen(row.principal_fen),
    interest_fen: fen(row.interest_fen),
  }));
}

function toLine(row: Row, balanceFen: Fen): HouseLine {
  return {
    journalId: row.id,
    kind: row.kind,
    depositKind: row.deposit_kind,
    bookDate: row.book_date,
    valueDate: row.value_date,
    noticeNo: row.notice_no,
    principalFen: row.principal_fen,
    interestFen: row.interest_fen,
    balanceFen,
    journalNote: row.note,
    entryNote: row.entry_note,
  };
}
