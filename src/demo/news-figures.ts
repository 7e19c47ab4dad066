import { sql } from "kysely";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { ALL_USES, type ListedUse, streamUses } from "#src/ledger/city-book/list-uses.ts";
import type { Db } from "#src/platform/database/client.ts";

/** The year that the demonstration's news tell of, up to the end of its October. */
const YEAR = 2026;
const FIRST_OF_OCTOBER = calendarDate("2026-10-01");
const LAST_OF_OCTOBER = calendarDate("2026-10-31");

/** What moved in the whole city between two days, both included, and what was there after the last. */
export interface PeriodFigures {
  depositedFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
  balanceFen: Fen;
}

/** Every figure that the demonstration's news tell, so that they say what 公示 says. */
export interface NewsFigures {
  /** January to October, the newest first. */
  uses: readonly ListedUse[];
  october: PeriodFigures;
}

/** Reads the news' figures from the city's book and its ledger, which have to be there already. */
export async function readNewsFigures(owner: Db): Promise<NewsFigures> {
  const uses: ListedUse[] = [];
  for await (const some of streamUses(owner, { ...ALL_USES, year: YEAR })) uses.push(...some);
  return {
    uses: uses
      .filter(({ bookDate }) => bookDate <= LAST_OF_OCTOBER)
      .toSorted((a, b) => (a.bookDate < b.bookDate ? 1 : -1)),
    october: await readPeriod(owner, FIRST_OF_OCTOBER, LAST_OF_OCTOBER),
  };
}

async function readPeriod(
  owner: Db,
  from: CalendarDate,
  until: CalendarDate,
): Promise<PeriodFigures> {
  const moved = (kinds: readonly string[]) => sql<bigint>`coalesce(sum(-e.amount_fen) filter (
    where j.book_date >= ${from}::date
      and coalesce(original.kind, j.kind) in (${sql.join(kinds)})), 0)::bigint`;
  const { rows } = await sql<
    Record<"deposited" | "interest" | "used" | "refunded" | "held", bigint>
  >`
    select ${moved(["deposit", "opening"])} as deposited, ${moved(["interest"])} as interest,
        -${moved(["use"])} as used, -${moved(["refund"])} as refunded,
        coalesce(sum(-e.amount_fen), 0)::bigint as held
      from entry e join journal j on j.id = e.journal_id
        left join journal original on original.id = j.reverses
      where e.house_id is not null and j.book_date <= ${until}::date`.execute(owner);
  const row = rows[0];
  return {
    depositedFen: fen(row?.deposited ?? 0n),
    interestFen: fen(row?.interest ?? 0n),
    usedFen: fen(row?.used ?? 0n),
    refundedFen: fen(row?.refunded ?? 0n),
    balanceFen: fen(row?.held ?? 0n),
  };
}
