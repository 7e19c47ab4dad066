import { sql } from "kysely";
import {
  type InstitutionProfile,
  openProfile,
} from "#src/accounts/institutions/institution-profile.ts";
import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { InstitutionTable } from "#src/platform/database/tables/accounts.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type InstitutionChange, openChange } from "./change.ts";

/** An institution as it is registered now, in clear: mask before showing. */
export interface RegisteredInstitution {
  id: number;
  kind: InstitutionTable["kind"];
  state: InstitutionState;
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
    .select(["id", "kind", "state", "name", "credit_code", "record_no", "profile_cipher"])
    .where("id", "=", id)
    .$if(isHeld, (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    name: row.name,
    creditCode: row.credit_code,
    recordNo: row.record_no,
    profile: openProfile(personalData, row.profile_cipher),
  };
}

/** The change of an institution that is under way. */
export interface OpenChange {
  number: string;
  /** It was sent back: its administrator has to correct it. */
  isCorrecting: boolean;
}

/** Finds the change of an institution that is under way; null for none. */
export async function findOpenChange(
  db: Db | Tx,
  institutionId: number,
): Promise<OpenChange | null> {
  const row = await db
    .selectFrom("institution_change as change")
    .innerJoin("application", "application.id", "change.application_id")
    .select(["application.number", "application.state"])
    .where("change.institution_id", "=", institutionId)
    .where("change.is_open", "=", true)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { number: row.number, isCorrecting: row.state === "correcting" };
}

/** Reads what an application asks to be changed, of which institution, and how often it was handed in. */
export async function getChange(
  db: Db | Tx,
  personalData: PersonalData,
  application: Pick<Application, "id">,
): Promise<{ institutionId: number; change: InstitutionChange; rounds: number }> {
  const row = await db
    .selectFrom("institution_change")
    .select(["institution_id", "change_cipher"])
    .select(sql<number>`cardinality(earlier_change_ciphers) + 1`.as("rounds"))
    .where("application_id", "=", application.id)
    .executeTakeFirstOrThrow();
  return {
    institutionId: row.institution_id,
    change: openChange(personalData, row.change_cipher),
    rounds: row.rounds,
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
