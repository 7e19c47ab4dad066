import { sql } from "kysely";
import {
  type InstitutionProfile,
  openProfile,
} from "#src/accounts/institutions/institution-profile.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { InstitutionTable } from "#src/platform/database/tables.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type InstitutionChange, openChange } from "./change.ts";

/** An institution as it is registered now, in clear: mask before showing. */
export interface RegisteredInstitution {
  id: number;
  kind: InstitutionTable["kind"];
  name: string;
  creditCode: string | null;
  recordNo: string | null;
  profile: InstitutionProfile;
}

/** Reads an institution; `isHeld` keeps everybody else from changing it until the transaction ends. */
export async function getInstitution(
  db: Db | Tx,
  personalData: PersonalData,
  id: number,
  { isHeld = false } = {},
): Promise<RegisteredInstitution> {
  const row = await db
    .selectFrom("institution")
    .select(["id", "kind", "name", "credit_code", "record_no", "profile_cipher"])
    .where("id", "=", id)
    .$if(isHeld, (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    creditCode: row.credit_code,
    recordNo: row.record_no,
    profile: openProfile(personalData, row.profile_cipher),
  };
}

/** Finds the number of the change of an institution that is under way; null for none. */
export async function findOpenChange(db: Db | Tx, institutionId: number): Promise<string | null> {
  const row = await db
    .selectFrom("institution_change as change")
    .innerJoin("application", "application.id", "change.application_id")
    .select("application.number")
    .where("change.institution_id", "=", institutionId)
    .where("change.is_open", "=", true)
    .executeTakeFirst();
  return row?.number ?? null;
}

/** Reads what an application asks to be changed, and of which institution. */
export async function getChange(
  db: Db | Tx,
  personalData: PersonalData,
  application: Pick<Application, "id">,
): Promise<{ institutionId: number; change: InstitutionChange }> {
  const row = await db
    .selectFrom("institution_change")
    .select(["institution_id", "change_cipher"])
    .where("application_id", "=", application.id)
    .executeTakeFirstOrThrow();
  return {
    institutionId: row.institution_id,
    change: openChange(personalData, row.change_cipher),
  };
}

/** Tells whether an application is a change of an institution's own. */
export async function isOwnChange(
  tx: Tx,
  institutionId: number,
  application: Pick<Application, "id">,
): Promise<boolean> {
  const row = await tx
    .selectFrom("institution_change")
    .select("application_id")
    .where("application_id", "=", application.id)
    .where("institution_id", "=", institutionId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Somebody else of the same kind who works for an estate in the days that are asked for. */
export interface OtherKeeper {
  institutionName: string;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
}

/**
 * Lists who else of its kind is bound to an estate in some days; developers may be several. A suspended company still
 * has its contract, as the database has it (`estate_bindings`).
 */
export async function listOtherKeepers(
  db: Db | Tx,
  institution: Pick<RegisteredInstitution, "id" | "kind">,
  asked: { estateId: number; startsOn: string | null; endsOn: string | null },
): Promise<OtherKeeper[]> {
  if (institution.kind === "developer") return [];
  const { rows } = await sql<OtherKeeper>`
    select i.name as "institutionName", b.starts_on as "startsOn", b.ends_on as "endsOn"
      from institution_estate b join institution i on i.id = b.institution_id
      where b.estate_id = ${asked.estateId} and i.id <> ${institution.id} and i.kind = ${institution.kind}
        and i.state in ('active', 'suspended') and b.ended_at is null
        and daterange(b.starts_on, b.ends_on, '[]') && daterange(${asked.startsOn}::date, ${asked.endsOn}::date, '[]')
      order by i.name`.execute(db);
  return rows;
}
