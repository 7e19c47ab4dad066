import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type BoundEstate, findBoundEstate } from "./bound-estates.ts";
import { institutionUserOf } from "./institution-session.ts";
import type { InstitutionUser } from "./institution-user.ts";

/** Somebody of an institution at the page of an estate that it is bound to today. */
export interface VisitedEstate {
  user: InstitutionUser;
  estate: BoundEstate;
  today: CalendarDate;
}

/**
 * Finds the estate that the URL names (`:estate`) if the visitor's institution is bound to it today. Throws NotFound
 * for every other one, whether or not there is such an estate.
 */
export async function visitedEstate(db: Db, visit: Visit): Promise<VisitedEstate> {
  const user = institutionUserOf(visit);
  const today = shanghaiDate(visit.now);
  const code = visit.c.req.param("estate") ?? "";
  const estate = await findBoundEstate(db, { institutionId: user.institution.id, code, today });
  if (estate === null) throw new NotFound();
  return { user, estate, today };
}
