import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { HouseKey } from "./house-balances.ts";
import type { HouseMergeNote } from "./journal-notes.ts";

/** A provisional house that turned out to be another house on record. */
export interface HouseMerging {
  from: HouseKey;
  into: HouseKey;
  bookDate: CalendarDate;
  /** `staff:username` */
  actor: string;
  note: HouseMergeNote;
}

/** Why two houses are not merged; nothing was changed. */
export type MergeRefusal =
  | "same-house"
  | "not-provisional"
  | "target-not-recorded"
  | "other-custody"
  | "other-fund"
  | "reserved"
  | "spent"
  | "empty";

export type MergeOutcome =
  | { ok: true; journalId: bigint; superseded: string[] }
  | { ok: false; reason: MergeRefusal };

/**
 * Merges a provisional house into a house on record: principal, interest and what was paid of the first
 * deposit move in one act of the database, the provisional house is closed and names where it went, and
 * the open payment notices of both are void (`superseded`). Money between two custody accounts, or
 * between the two funds, is never moved on paper alone, and what is reserved for a refund stays where the refund expects it.
 */
export async function mergeHouse(tx: Tx, merging: HouseMerging): Promise<MergeOutcome> {
  const { from, into } = merging;
  const { rows } = await sql<Row>`
    select outcome, journal_id, superseded from merge_house(${from.estateId},
      ${from.houseId.toString()}::bigint, ${into.estateId}, ${into.houseId.toString()}::bigint,
      ${merging.bookDate}::date, ${merging.actor}, ${JSON.stringify(merging.note)}::jsonb)`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the merging function answered nothing");
  if (row.outcome !== "merged") return { ok: false, reason: row.outcome };
  return { ok: true, journalId: row.journal_id as bigint, superseded: row.superseded };
}

interface Row {
  outcome: "merged" | MergeRefusal;
  journal_id: bigint | null;
  superseded: string[];
}
