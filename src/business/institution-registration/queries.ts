import { sql } from "kysely";
import { listBindingConflicts } from "#src/accounts/institutions/estate-bindings.ts";
import {
  type InstitutionProfile,
  openProfile,
} from "#src/accounts/institutions/institution-profile.ts";
import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Binding, FormEstate } from "./read-form.ts";

/** Lists the districts of the city: those that have estates. */
export async function listCityDistricts(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct d.province_name || d.city_name || d.name as name
      from district d where d.code in (select district_code from estate) order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** Reads estates by their codes; unknown ones are left out. */
export async function listFormEstates(db: Db, codes: readonly string[]): Promise<FormEstate[]> {
  const wellFormed = codes.filter((code) => /^[A-Z]{2}[0-9]{4,8}$/.test(code));
  if (wellFormed.length === 0) return [];
  const rows = await db
    .selectFrom("estate")
    .select(["id", "code", "name", "district_name", "address"])
    .select(["developer_name", "property_company_name", "committee_name"])
    .where("code", "in", wellFormed)
    .orderBy("code")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    districtName: row.district_name,
    address: row.address,
    developerName: row.developer_name,
    propertyCompanyName: row.property_company_name,
    committeeName: row.committee_name,
  }));
}

/** Who has the code already, in any state but rejected or closed; null for nobody. */
export async function findSameCode(
  db: Db,
  wanted: {
    kind: InstitutionKind;
    creditCode: string | null;
    recordNo: string | null;
    exceptId: number | null;
  },
): Promise<{ state: InstitutionState } | null> {
  let query = db
    .selectFrom("institution")
    .select("state")
    .where("kind", "=", wanted.kind)
    .where("state", "not in", ["rejected", "closed"]);
  query =
    wanted.creditCode === null
      ? query.where("record_no", "=", wanted.recordNo).where("credit_code", "is", null)
      : query.where("credit_code", "=", wanted.creditCode);
  if (wanted.exceptId !== null) query = query.where("id", "<>", wanted.exceptId);
  return (await query.executeTakeFirst()) ?? null;
}

/**
 * Tells whether somebody of any institution has this user name; the case of letters does not count, nor do
 * registrations that were rejected or taken back.
 */
export async function isUsernameTaken(db: Db, username: string): Promise<boolean> {
  const row = await db
    .selectFrom("institution_user")
    .select("id")
    .where((eb) => eb(eb.fn<string>("lower", ["username"]), "=", username.toLowerCase()))
    .where("is_name_released", "=", false)
    .executeTakeFirst();
  return row !== undefined;
}

/** An institution as its registration made it. */
export interface RegisteredInstitution {
  id: number;
  kind: InstitutionKind;
  name: string;
  creditCode: string | null;
  recordNo: string | null;
  state: InstitutionState;
  profile: InstitutionProfile;
  bindings: readonly BoundEstate[];
  username: string;
}

export interface BoundEstate extends Pick<Binding, "contractNo" | "serviceKind"> {
  estate: FormEstate;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
  isEnded: boolean;
}

/** Reads the institution of a registration. */
export async function getRegisteredInstitution(
  db: Db,
  personalData: PersonalData,
  applicationId: bigint,
): Promise<RegisteredInstitution> {
  const row = await db
    .selectFrom("institution as i")
    .innerJoin("institution_user as u", "u.institution_id", "i.id")
    .select(["i.id", "i.kind", "i.name", "i.credit_code", "i.record_no", "i.state"])
    .select(["i.profile_cipher", "u.username"])
    .where("i.application_id", "=", applicationId)
    .orderBy("u.id")
    .limit(1)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    creditCode: row.credit_code,
    recordNo: row.record_no,
    state: row.state,
    profile: openProfile(personalData, row.profile_cipher),
    bindings: await listBindings(db, row.id),
    username: row.username,
  };
}

async function listBindings(db: Db, institutionId: number): Promise<BoundEstate[]> {
  const rows = await db
    .selectFrom("institution_estate as b")
    .innerJoin("estate as e", "e.id", "b.estate_id")
    .select(["e.id", "e.code", "e.name", "e.district_name", "e.address", "e.developer_name"])
    .select(["e.property_company_name", "e.committee_name"])
    .select(["b.contract_no", "b.service_kind", "b.starts_on", "b.ends_on", "b.ended_at"])
    .where("b.institution_id", "=", institutionId)
    .orderBy("e.code")
    .execute();
  return rows.map((row) => ({
    estate: {
      id: row.id,
      code: row.code,
      name: row.name,
      districtName: row.district_name,
      address: row.address,
      developerName: row.developer_name,
      propertyCompanyName: row.property_company_name,
      committeeName: row.committee_name,
    },
    contractNo: row.contract_no,
    serviceKind: row.service_kind,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    isEnded: row.ended_at !== null,
  }));
}

/** Who else works for the estates of a registered institution at the same time. */
export async function listConflictsOf(db: Db, institution: RegisteredInstitution) {
  return await listBindingConflicts(db, {
    kind: institution.kind,
    exceptInstitutionId: institution.id,
    bindings: institution.bindings
      .filter(({ isEnded }) => !isEnded)
      .map(({ estate, startsOn, endsOn }) => ({ estateId: estate.id, startsOn, endsOn })),
  });
}
