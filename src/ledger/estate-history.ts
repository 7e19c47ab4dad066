import { sql } from "kysely";
import { z } from "zod";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen, negateFen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";

/** What moved on an estate's house ledgers in one month, reversed amounts taken back. */
export interface EstateMonth {
  /** "2026-11" */
  month: string;
  depositedFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
  /** Whatever else the ledger knows; keeps the addition true. */
  otherFen: Fen;
  /** What all houses held at the end of the month. */
  balanceFen: Fen;
}

/** A use of funds that stands: what was repaired, for whom, what the fund paid. Nobody is named. */
export interface EstateUse {
  bookDate: CalendarDate;
  projectName: string;
  scopeWords: string;
  /** Houses whose balance paid a share. */
  houseCount: number;
  amountFen: Fen;
}

/** The story of an estate's fund, from its ledger. */
export interface EstateHistory {
  /** Months in which something moved, oldest first. */
  months: EstateMonth[];
  /** Newest first. */
  uses: EstateUse[];
  /** The newest book date; null while nothing was booked. */
  bookedUntil: CalendarDate | null;
}

/** Reads all that moved on the ledgers of an estate's houses, month by month, and each use of funds. */
export async function readEstateHistory(db: Db | Tx, estateId: number): Promise<EstateHistory> {
  const { rows } = await sql<MovedRow>`
    with moved as materialized (
      select e.journal_id, (-sum(e.amount_fen))::bigint as fen
        from entry e where e.estate_id = ${estateId} and e.house_id is not null group by e.journal_id
    )
    select to_char(j.book_date, 'YYYY-MM') as month, coalesce(original.kind, j.kind) as kind,
        sum(moved.fen)::bigint as fen, max(j.book_date) as until,
        coalesce(array_agg(j.id) filter (where j.kind = 'use'), '{}') as uses
      from moved join journal j on j.id = moved.journal_id
        left join journal original on original.id = j.reverses
      group by 1, 2 order by 1, 2`.execute(db);
  const until = rows
    .map((row) => row.until)
    .toSorted()
    .at(-1);
  return {
    months: addUp(rows),
    uses: await readUses(
      db,
      estateId,
      rows.flatMap((row) => row.uses),
    ),
    bookedUntil: until ?? null,
  };
}

interface MovedRow {
  month: string;
  kind: string;
  fen: bigint;
  until: CalendarDate;
  uses: bigint[];
}

function addUp(rows: readonly MovedRow[]): EstateMonth[] {
  let balanceFen = ZERO_FEN;
  return [...Map.groupBy(rows, (row) => row.month)].map(([month, parts]) => {
    const of = (...kinds: string[]) =>
      addFen(...parts.filter((part) => kinds.includes(part.kind)).map((part) => fen(part.fen)));
    balanceFen = addFen(balanceFen, ...parts.map((part) => fen(part.fen)));
    const named = [of("deposit", "opening"), of("interest"), of("use"), of("refund")] as const;
    const [depositedFen, interestFen, use, refund] = named;
    const rest = addFen(...parts.map((part) => fen(part.fen)), negateFen(addFen(...named)));
    return {
      month,
      depositedFen,
      interestFen,
      usedFen: negateFen(use),
      refundedFen: negateFen(refund),
      otherFen: rest,
      balanceFen,
    };
  });
}

async function readUses(
  db: Db | Tx,
  estateId: number,
  journalIds: readonly bigint[],
): Promise<EstateUse[]> {
  if (journalIds.length === 0) return [];
  const { rows } = await sql<UseRow>`
    select j.book_date, j.note, count(distinct e.house_id)::int as house_count,
        sum(e.amount_fen)::bigint as fen
      from journal j join entry e on e.journal_id = j.id
      where j.id = any(${journalIds.map(String)}::bigint[]) and e.estate_id = ${estateId}
        and not exists (select from journal contra where contra.reverses = j.id)
      group by j.id order by j.book_date desc, j.id desc`.execute(db);
  return rows.map((row) => ({
    bookDate: row.book_date,
    ...wordsOf(row.note),
    houseCount: row.house_count,
    amountFen: fen(row.fen),
  }));
}

interface UseRow {
  book_date: CalendarDate;
  note: unknown;
  house_count: number;
  fen: bigint;
}

const useNote = z.object({ projectName: z.string(), scopeWords: z.string() });

/** A note in a form that we no longer know leaves the amount without its story. */
function wordsOf(note: unknown): { projectName: string; scopeWords: string } {
  const read = useNote.safeParse(note);
  return read.success ? read.data : { projectName: "维修使用", scopeWords: "" };
}
