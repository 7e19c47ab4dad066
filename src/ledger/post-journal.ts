import { type Selectable, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { JournalTable } from "#src/platform/database/tables/ledger.ts";
import type { HouseKey } from "./house-balances.ts";

/** One leg of a journal. Debit is positive, credit negative: see docs/accounts.md. */
export type JournalEntry = { amountFen: Fen; note?: object } & (
  | { account: "1001" | "2901" | "3101"; custodyAccountId: number }
  | { account: "3001.01" | "3001.02" | "3002.01" | "3002.02"; house: HouseKey }
);

/** A journal to be written. */
export interface Journal {
  kind: Exclude<Selectable<JournalTable>["kind"], "reversal">;
  bookDate: CalendarDate;
  /** 到账日期: the day the bank had the money; interest runs from it. */
  valueDate: CalendarDate;
  /** The same key posts once, for ever. */
  idempotencyKey: string;
  actor: string;
  depositKind?: Selectable<JournalTable>["deposit_kind"];
  noticeNo?: string;
  note?: object;
  entries: readonly JournalEntry[];
}

/** What a posting answers: the journal, and whether it had been posted before. */
export interface Posted {
  journalId: bigint;
  isRepeat: boolean;
}

/**
 * Writes a journal through the ledger's one door, together with the balances of the houses it touches.
 * Throws when the entries do not sum to zero, when a house would fall below zero, or when the key was
 * used for other content (PostgreSQL error WX409).
 */
export async function postJournal(tx: Tx, journal: Journal): Promise<Posted> {
  const { entries } = journal;
  if (addFen(...entries.map((entry) => entry.amountFen)) !== ZERO_FEN) {
    throw new Error(`journal ${journal.idempotencyKey} does not sum to zero`);
  }
  const accounts = entries.map((entry) => entry.account);
  const custody = entries.map((entry) =>
    "custodyAccountId" in entry ? entry.custodyAccountId : null,
  );
  const estates = entries.map((entry) => ("house" in entry ? entry.house.estateId : null));
  const houses = entries.map((entry) => ("house" in entry ? entry.house.houseId.toString() : null));
  const amounts = entries.map((entry) => entry.amountFen.toString());
  const notes = entries.map((entry) => (entry.note ? JSON.stringify(entry.note) : null));
  const { rows } = await sql<{ journal_id: bigint; is_repeat: boolean }>`
    select journal_id, is_repeat from post_journal(
      ${journal.kind}, ${journal.bookDate}::date, ${journal.valueDate}::date, ${journal.idempotencyKey},
      ${journal.actor}, ${journal.depositKind ?? null}, ${journal.noticeNo ?? null}, null,
      ${JSON.stringify(journal.note ?? {})}::jsonb, ${accounts}::text[], ${custody}::int[],
      ${estates}::int[], ${houses}::bigint[], ${amounts}::bigint[], ${notes}::jsonb[])`.execute(tx);
  return posted(rows);
}

/**
 * Corrects a journal by its exact negation, once: asking again answers with the first reversal. A
 * reversal itself cannot be reversed.
 */
export async function reverseJournal(
  tx: Tx,
  reversal: { journalId: bigint; bookDate: CalendarDate; actor: string; note?: object },
): Promise<Posted> {
  const { rows } = await sql<{ journal_id: bigint; is_repeat: boolean }>`
    select journal_id, is_repeat from reverse_journal(${reversal.journalId.toString()}::bigint,
      ${reversal.bookDate}::date, ${reversal.actor}, ${JSON.stringify(reversal.note ?? {})}::jsonb)`.execute(
    tx,
  );
  return posted(rows);
}

function posted(rows: readonly { journal_id: bigint; is_repeat: boolean }[]): Posted {
  const [row] = rows;
  if (row === undefined) throw new Error("the posting function answered nothing");
  return { journalId: row.journal_id, isRepeat: row.is_repeat };
}
