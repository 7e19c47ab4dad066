import { sql } from "kysely";
import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { likePattern } from "#src/platform/database/like-pattern.ts";
import type { InstitutionEventTable } from "#src/platform/database/tables/accounts.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import type { InstitutionFilter } from "./schema.ts";

export const PAGE_SIZE = 20;

/** An institution as a row of the list. */
export interface ListedInstitution {
  id: number;
  kind: InstitutionKind;
  name: string;
  code: string;
  state: InstitutionState;
  estates: number;
  lastDay: CalendarDate | null;
}

/** Lists a page of institutions, found by name, code or the name of an estate, with how many there are in all. */
export async function listInstitutions(
  db: Db,
  filter: InstitutionFilter,
): Promise<{ rows: ListedInstitution[]; totalCount: number }> {
  const like = likePattern(filter.words);
  const where = sql`(${filter.words} = '' or i.name ilike ${like} or i.credit_code ilike ${like}
      or i.record_no ilike ${like} or exists (select from institution_estate b
        join estate e on e.id = b.estate_id where b.institution_id = i.id and e.name ilike ${like}))
    and (${filter.kind}::text is null or i.kind = ${filter.kind})
    and (${filter.state}::text is null or i.state = ${filter.state})`;
  const { rows: counts } = await sql<{ n: number }>`
    select count(*)::int as n from institution i where ${where}`.execute(db);
  const { rows } = await sql<ListedInstitution>`
    select i.id, i.kind, i.name, coalesce(i.credit_code, i.record_no) as code, i.state,
        (select count(*)::int from institution_estate b
          where b.institution_id = i.id and b.ended_at is null) as estates,
        (select max(b.ends_on) from institution_estate b
          where b.institution_id = i.id and b.ended_at is null) as "lastDay"
      from institution i where ${where} order by i.id desc
      limit ${PAGE_SIZE} offset ${(filter.page - 1) * PAGE_SIZE}`.execute(db);
  return { rows, totalCount: counts[0]?.n ?? 0 };
}

/** An estate of an institution as an administrator sees it. */
export interface KeptBinding {
  estateCode: string;
  estateName: string;
  contractNo: string;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
  isEnded: boolean;
}

/** What was done to an institution, the newest first. */
export interface KeptEvent {
  act: InstitutionEventTable["act"];
  estateName: string | null;
  actor: string;
  at: Date;
  reason: string;
}

/** An institution with everything that an administrator decides by. Nothing in it is personal. */
export interface KeptInstitution {
  id: number;
  kind: InstitutionKind;
  name: string;
  code: string;
  state: InstitutionState;
  applicationNumber: string | null;
  users: number;
  bindings: readonly KeptBinding[];
  events: readonly KeptEvent[];
}

/** Reads an institution; null for a number that is none's. */
export async function findKeptInstitution(db: Db, id: number): Promise<KeptInstitution | null> {
  const row = await db
    .selectFrom("institution as i")
    .leftJoin("application as a", "a.id", "i.application_id")
    .select(["i.id", "i.kind", "i.name", "i.state", "a.number as applicationNumber"])
    .select(sql<string>`coalesce(i.credit_code, i.record_no)`.as("code"))
    .select(
      sql<number>`(select count(*)::int from institution_user u
        where u.institution_id = i.id and not u.is_disabled)`.as("users"),
    )
    .where("i.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...row, bindings: await listBindings(db, id), events: await listEvents(db, id) };
}

async function listBindings(db: Db, id: number): Promise<KeptBinding[]> {
  return await db
    .selectFrom("institution_estate as b")
    .innerJoin("estate as e", "e.id", "b.estate_id")
    .select(["e.code as estateCode", "e.name as estateName", "b.contract_no as contractNo"])
    .select(["b.starts_on as startsOn", "b.ends_on as endsOn"])
    .select(sql<boolean>`b.ended_at is not null`.as("isEnded"))
    .where("b.institution_id", "=", id)
    .orderBy("e.code")
    .execute();
}

async function listEvents(db: Db, id: number): Promise<KeptEvent[]> {
  return await db
    .selectFrom("institution_event as v")
    .leftJoin("estate as e", "e.id", "v.estate_id")
    .select(["v.act", "e.name as estateName", "v.actor", "v.at", "v.reason"])
    .where("v.institution_id", "=", id)
    .orderBy("v.n", "desc")
    .limit(50)
    .execute();
}
