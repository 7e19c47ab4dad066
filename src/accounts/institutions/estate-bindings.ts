import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";

/** An estate that an institution wants to work for, and for how long; null for without end. */
export interface WantedBinding {
  estateId: number;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
}

/** Somebody else of the same kind who works for an estate at that time. */
export interface BindingConflict {
  estateId: number;
  institutionId: number;
  institutionName: string;
  contractNo: string;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
}

/**
 * Lists who already works for the wanted estates at that time: another property company with a contract that has
 * not ended, or another committee in term. Developers stand in nobody's way. The database holds the same rule
 * (WX050) against whoever writes.
 */
export async function listBindingConflicts(
  db: Db,
  wanted: {
    kind: InstitutionKind;
    bindings: readonly WantedBinding[];
    exceptInstitutionId: number | null;
  },
): Promise<BindingConflict[]> {
  if (wanted.bindings.length === 0) return [];
  const rows = wanted.bindings.map(
    ({ estateId, startsOn, endsOn }, n) =>
      sql`(${n}::int, ${estateId}::int, ${startsOn}::date, ${endsOn}::date)`,
  );
  const found = await sql<BindingConflict>`
    select w.estate_id as "estateId", b.institution_id as "institutionId", b.name as "institutionName",
        b.contract_no as "contractNo", b.starts_on as "startsOn", b.ends_on as "endsOn"
      from (values ${sql.join(rows)}) as w (n, estate_id, starts_on, ends_on),
        estate_bindings(${wanted.kind}, w.estate_id, w.starts_on, w.ends_on,
          ${wanted.exceptInstitutionId}::int) b
      order by w.n, b.institution_id`.execute(db);
  return found.rows;
}

/**
 * Holds the estates of an institution, and those it is about to get, still until the transaction ends, so that two
 * approvals for one estate are judged one after the other.
 */
export async function holdInstitutionEstates(
  tx: Tx,
  institutionId: number,
  also: readonly number[] = [],
): Promise<void> {
  await sql`select hold_institution_estates(${institutionId}::int, ${[...also]}::int[])`.execute(
    tx,
  );
}
