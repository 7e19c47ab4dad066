import { listKeptEstates } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findOpenChange, getInstitution } from "./queries.ts";

/** Reads the visitor's institution with everything it is bound to, and the change that is under way. */
export async function readRegistered(
  { db, personalData }: { db: Db; personalData: PersonalData },
  visit: Visit,
) {
  const user = institutionUserOf(visit);
  const { id } = user.institution;
  const [institution, bound, openChange] = await Promise.all([
    getInstitution(db, personalData, id),
    listKeptEstates(db, id, shanghaiDate(visit.now)),
    findOpenChange(db, id),
  ]);
  return { user, institution, bound, openChange };
}
