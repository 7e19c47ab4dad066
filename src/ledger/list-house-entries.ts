import { type Selectable, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { inBatches } from "#src/platform/database/in-batches.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { JournalTable } from "#src/platform/database/tables/ledger.ts";
import type { HouseKey } from "./house-balances.ts";

/** One line of the house ledger (分户台账): what a journal did to one house. Increase is positive. */
export interface HouseLine {
  journalId: bigint;
  kind: Selectable<JournalTable>["kind"];
  depositKind: Selectable<JournalTable>["deposit_kind"];
  bookDate: CalendarDate;
  valueDate: CalendarDate;
  noticeNo: string | null;
  principalFen: Fen;
  interestFen: Fen;
  /** Principal and interest together after this line. */
  balanceFen: Fen;
  /** How the amount came about, as it was written at the time: see journal-notes.ts. */
  journalNote: unknown;
  entryNote: unknown;
}

/** A house with more lines than this is shown with its newest ones; a hundred years of interest fit. */
const LINES_MAX = 500;

const readLines = inBatches(async (db: Db, keys: readonly HouseKey[]) => {
  const { rows } = await sql<Row>`
    select wanted.n, line.* from unnest(${listParameter(
      "int",
      keys.map(({ estateId }) => estateId),
    )},
        ${listParameter(
          "bigint",
          keys.map(({ houseId }) => houseId.toString()),
        )})
        with ordinality as wanted(estate_id, house_id, n)
      cross join lateral (
        select j.id, j.kind, j.deposit_kind, j.book_date, j.value_date, j.notice_no, j.note,
            change.principal_fen, change.interest_fen, change.entry_note,
            sum(change.principal_fen + change.interest_fen)
              over (order by j.book_date, j.id)::bigint as balance_fen
          from (
            select e.journal_id,
                coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.01'), 0)::bigint as principal_fen,
                coalesce(-sum(e.amount_fen) filter (where e.account_code like '%.02'), 0)::bigint as interest_fen,
                (array_agg(e.note order by e.n) filter (where e.note is not null))[1] as entry_note
              from entry e where e.estate_id = wanted.estate_id and e.house_id = wanted.house_id
              group by e.journal_id
          ) change join journal j on j.id = change.journal_id
          order by j.book_date desc, j.id desc limit ${LINES_MAX}
      ) line order by wanted.n, line.book_date desc, line.id desc`.execute(db);
  const lines = keys.map((): Row[] => []);
  for (const row of rows) lines[Number(row.n) - 1]?.push(row);
  return lines;
});

/** Lists what happened to a house's money, newest first, each line with the balance after it. */
export async function listHouseLines(db: Db, key: HouseKey): Promise<HouseLine[]> {
  return (await readLines(db, key)).map(toLine);
}

interface Row {
  /** Which of the houses asked for, counted from 1. */
  n: bigint;
  id: bigint;
  kind: HouseLine["kind"];
  deposit_kind: HouseLine["depositKind"];
  book_date: CalendarDate;
  value_date: CalendarDate;
  notice_no: string | null;
  note: unknown;
  principal_fen: bigint;
  interest_fen: bigint;
  entry_note: unknown;
  balance_fen: bigint;
}

function toLine(row: Row): HouseLine {
  return {
    journalId: row.id,
    kind: row.kind,
    depositKind: row.deposit_kind,
    bookDate: row.book_date,
    valueDate: row.value_date,
    noticeNo: row.notice_no,
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
    balanceFen: fen(row.balance_fen),
    journalNote: row.note,
    entryNote: row.entry_note,
  };
}
