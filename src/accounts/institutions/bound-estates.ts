import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";

/** An estate that an institution works for today. */
export interface BoundEstate {
  estateId: number;
  code: string;
  name: string;
  contractNo: string;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
}

/**
 * Lists the estates that an institution is bound to on a day: within the dates of contract or term, and not taken
 * back. Everything that a workbench shows or does is held to this list.
 */
export async function listBoundEstates(
  db: Db,
  institutionId: number,
  today: CalendarDate,
): Promise<BoundEstate[]> {
  const { rows } = await sql<BoundEstate>`
    select b.estate_id as "estateId", e.code, e.name, b.contract_no as "contractNo",
        b.starts_on as "startsOn", b.ends_on as "endsOn"
      from institution_estate b join estate e on e.id = b.estate_id
      where b.institution_id = ${institutionId} and ${isInForce(today)}
      order by e.code`.execute(db);
  return rows;
}

/** An estate that an institution is bound to, also before its contract or term begins and after it is over. */
export interface KeptEstate extends BoundEstate {
  isOver: boolean;
}

/**
 * Lists the estates of an institution whose binding nobody took back, whatever their dates: what is renewed, and what
 * its own page of data shows. It opens nothing.
 */
export async function listKeptEstates(
  db: Db,
  institutionId: number,
  today: CalendarDate,
): Promise<KeptEstate[]> {
  const { rows } = await sql<KeptEstate>`
    select b.estate_id as "estateId", e.code, e.name, b.contract_no as "contractNo",
        b.starts_on as "startsOn", b.ends_on as "endsOn",
        coalesce(b.ends_on < ${today}::date, false) as "isOver"
      from institution_estate b join estate e on e.id = b.estate_id
      where b.institution_id = ${institutionId} and b.ended_at is null
      order by e.code`.execute(db);
  return rows;
}

/** Finds an estate by its code if the institution is bound to it on that day; null otherwise. */
export async function findBoundEstate(
  db: Db,
  query: { institutionId: number; code: string; today: CalendarDate },
): Promise<BoundEstate | null> {
  const bound = await listBoundEstates(db, query.institutionId, query.today);
  return bound.find(({ code }) => code === query.code) ?? null;
}

function isInForce(today: CalendarDate) {
  return sql`b.ended_at is null and (b.starts_on is null or b.starts_on <= ${today}::date)
    and (b.ends_on is null or b.ends_on >= ${today}::date)`;
}
